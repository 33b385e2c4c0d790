//! ISMS documentation as a book: read, linked, checked, computed and published.
//!
//! ```text
//! book.toml  catalogs/  content/  themes/        today
//!       └────────┬─────────┴──────────┘            │
//!              Files            in memory, plain values
//!                │ parse        one file at a time, pure, never fails, remembered by content hash
//!      Config  Catalogs  Manuscripts
//!                │ assemble     translations paired, every id and link resolved, both directions
//!               Book
//!                │ derive       SoA lines, risk register, coverage, calendar
//!             Derived ──────────── check ──▶ Findings
//!                └───────┬────────────────────┘
//!                    Snapshot                      immutable, shared by Arc
//!                        │ render(route)           one output at a time, pure
//!               bytes of one page or export
//!         build: every route to disk   ·   serve: the route asked for   ·   check: findings only
//! ```
//!
//! The modules are listed in reading order; each imports only from those above it (`tests/it/layers.rs` proves it).

pub mod date;
pub mod id;
pub mod language;
pub mod text;

pub mod files;
pub mod finding;

pub mod catalog;
pub mod config;
pub mod document;
pub mod value;
pub mod words;
pub mod yaml;

pub mod address;

pub mod book;

pub mod derive;
pub mod phrase;

pub mod rules;

pub mod project;

pub mod changes;

pub mod edit;

pub mod import;

pub mod disk;

pub mod workspace;

pub mod export;

pub mod report;

pub mod site;

pub mod serve;

pub mod cli;
