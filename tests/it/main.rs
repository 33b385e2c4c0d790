//! One binary with a module per feature.

mod body;
mod catalogs;
mod examples;
mod layers;
mod lines;
mod matcher;
mod own_book;
mod soa;
mod support;
