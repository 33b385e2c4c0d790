//! The way to a document: the pages of the folders above it.

use crate::address::View;
use crate::site::context::Context;
use crate::site::view::Link;

/// Links to the pages of the folders that lead to `folder`, from the home page on. `own` says that the page is the folder's
/// own, which then does not stand on the way to itself.
pub(in crate::site) fn trail(context: &Context<'_>, folder: &str, own: bool) -> Vec<Link> {
    let book = context.book();
    let mut links = vec![context.to_view(View::Home)];
    let ends = folder.match_indices('/').map(|(at, _)| at).chain((!own && !folder.is_empty()).then_some(folder.len()));
    for end in ends {
        let Some(at) = context.shared.folders.get(&folder[..end]) else { continue };
        let link = match book.folders[*at].index {
            Some(key) => Link { id: String::new(), ..context.to_document(key) },
            None => Link::new(context.links.folder(&folder[..end], book), &context.folder_title(*at)),
        };
        links.push(link);
    }
    links
}
