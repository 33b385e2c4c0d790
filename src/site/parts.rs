//! What several kinds of pages show.

pub(super) mod action;
pub(super) mod cloud;
pub(super) mod conflict;
pub(super) mod covering;
pub(super) mod dashboard;
pub(super) mod details;
pub(super) mod due;
pub(super) mod excerpt;
pub(super) mod glossary;
pub(super) mod head;
pub(super) mod item;
pub(super) mod line;
pub(super) mod listing;
pub(super) mod mappings;
pub(super) mod notice;
pub(super) mod progress;
pub(super) mod proof;
pub(super) mod statement;
pub(super) mod trail;
