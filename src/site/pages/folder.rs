//! `FOLDER/index.html` of a folder without a page of its own, and what every folder's page lists.

use serde::Serialize;

use crate::site::context::Context;
use crate::site::page::{Branch, Page};
use crate::site::parts::listing::{Listing, listing};
use crate::site::parts::trail::trail;
use crate::site::theme::Values;

#[derive(Debug, Serialize)]
struct FolderView {
    title: String,
    listing: Listing,
}

pub(in crate::site) fn page(context: &Context<'_>, at: usize) -> Page {
    let title = context.folder_title(at);
    let view = FolderView { title: title.clone(), listing: listing(context, at) };
    Page {
        description: String::new(),
        template: "folder.html",
        breadcrumb: trail(context, &context.book().folders[at].path, true),
        branch: Branch::Folder(at, None),
        previous: None,
        next: None,
        values: Values::new(&view),
        title,
    }
}
