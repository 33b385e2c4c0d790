//! A page before it is framed.

use super::context::Context;
use super::theme::Values;
use super::view::Link;
use crate::address::View;
use crate::book::DocumentKey;
use crate::catalog::ItemKind;
use crate::id::ItemId;

/// A page before it is framed.
#[derive(Debug)]
pub(super) struct Page {
    /// What the page is called.
    pub(super) title: String,
    /// The template that shows it.
    pub(super) template: &'static str,
    /// What it says, in a sentence.
    pub(super) description: String,
    /// The pages above it, from the home page on.
    pub(super) breadcrumb: Vec<Link>,
    /// Which branch of the navigation is open.
    pub(super) branch: Branch,
    /// The page before it.
    pub(super) previous: Option<Link>,
    /// The page after it.
    pub(super) next: Option<Link>,
    /// What its template is given.
    pub(super) values: Values,
}

/// A branch of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Branch {
    /// A generated page, which stands at the top.
    Top,
    /// A folder, and the document in it.
    Folder(usize, Option<DocumentKey>),
    /// A catalog's items of one kind, and the item.
    Catalog(ItemKind, String, Option<ItemId>),
}

/// A generated page at the top: its title and lead are the words under `NAME.title` and `NAME.lead`.
pub(super) fn top_page(context: &Context<'_>, view: View, values: Values) -> Page {
    Page {
        title: context.title(view),
        template: view.file(),
        description: context.say(&format!("{}.lead", view.name())),
        breadcrumb: vec![context.to_view(View::Home)],
        branch: Branch::Top,
        previous: None,
        next: None,
        values,
    }
}

/// The files for other programs that stand beside a page.
pub(super) fn downloads(context: &Context<'_>, name: &str) -> Vec<Link> {
    let export = crate::export::Export::named(name);
    let files = export.into_iter().flat_map(|export| export.published().map(move |format| (export, format)));
    files
        .map(|(export, format)| Link::new(context.links.below(&export.file(format)), &format.ending().to_uppercase()))
        .collect()
}
