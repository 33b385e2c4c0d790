//! One binary with a module per feature.

mod bad_input;
mod body;
mod catalogs;
mod commands;
mod disk;
mod examples;
mod layers;
mod links;
mod lines;
mod matcher;
mod own_book;
mod reading;
mod report;
mod serve;
mod soa;
mod support;
