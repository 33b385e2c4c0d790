//! The only door to the file system: a book's folder in, a site out.
#![expect(clippy::disallowed_methods, reason = "this is the place that the others leave the file system to")]

pub mod browser;
mod failure;
pub mod file;
pub mod git;
mod leftover;
pub mod publish;
pub mod read;
pub mod rewrite;
pub mod tree;
pub mod write;

pub use failure::{Failure, argument};
