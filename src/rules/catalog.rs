//! Catalogs of the book's own.

pub(super) mod broken_catalog;
pub(super) mod duplicate_item;
pub(super) mod missing_item_title;
pub(super) mod unknown_mapping_target;
