//! `FOLDER/index.html` of a folder without a page of its own, and what every folder's page lists.

use serde::Serialize;

use super::super::context::Context;
use super::super::listing::{Listing, listing};
use super::super::theme::View;
use super::super::trail::trail;
use super::{Branch, Page};

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
        view: View::new(&view),
        title,
    }
}
