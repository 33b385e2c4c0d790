//! Pictures made of what the book holds, each with its text beside it.

pub(super) mod graph;
pub(super) mod heatmap;
pub(super) mod movement;
