//! One binary with a module per feature.

mod audiences;
mod bad_input;
mod body;
mod books;
mod calendar;
mod catalogs;
mod commands;
mod content;
mod dialects;
mod diff;
mod differential;
mod disk;
mod every_fault;
mod examples;
mod exports;
mod first_hour;
mod git;
#[cfg(unix)]
mod git_silent;
mod item_pages;
mod languages;
mod layers;
mod lines;
mod links;
mod matcher;
mod own_book;
mod places;
mod publishing;
mod reading;
mod report;
mod risk_pages;
mod robust;
mod rule_list;
mod schemas;
mod serve;
mod site;
mod soa;
mod soa_formats;
mod soa_pages;
#[cfg(unix)]
mod steering;
mod support;
mod themes;
mod time;
mod vocabulary;
mod ways;
