//! One binary with a module per feature.

mod examples;
mod own_book;
mod support;
