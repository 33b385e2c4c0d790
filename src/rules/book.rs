//! `book.toml` and the files of the book.

pub(super) mod broken_template;
pub(super) mod expired_acceptance;
pub(super) mod idle_acceptance;
pub(super) mod missing_content;
pub(super) mod oversized_file;
pub(super) mod path_clash;
pub(super) mod path_outside_book;
pub(super) mod unknown_setting;
pub(super) mod unread_history;
pub(super) mod unreadable_file;
pub(super) mod wrong_setting;
