//! The text of documents: HTML that is left out, links that are not safe, images, fences and headings.

pub(super) mod dropped_html;
pub(super) mod image_without_alternative;
pub(super) mod remote_resource;
pub(super) mod skipped_heading_level;
pub(super) mod tangled_text;
pub(super) mod unclosed_fence;
pub(super) mod unsafe_link;
