//! One binary with a module per feature.

mod bad_input;
mod body;
mod calendar;
mod catalogs;
mod commands;
mod disk;
mod every_fault;
mod examples;
mod git;
mod layers;
mod links;
mod lines;
mod matcher;
mod own_book;
mod reading;
mod report;
mod robust;
mod rule_list;
mod serve;
mod site;
mod soa;
mod support;
mod time;
