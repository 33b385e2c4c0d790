//! What contradicts an exclusion, on both pages that disagree: each leads to the other.

use serde::Serialize;

use crate::address::View;
use crate::book::{Document, DocumentKey, ReferenceKind};
use crate::derive::{Conflict, SoaLine};
use crate::phrase;
use crate::site::context::Context;
use crate::site::parts::line::anchor;
use crate::site::view::Link;

/// A disagreement in a sentence, with links to the other half.
#[derive(Debug, Serialize)]
pub(in crate::site) struct ConflictView {
    /// The sentence.
    pub(in crate::site) text: String,
    /// Where the other half stands.
    pub(in crate::site) links: Vec<Link>,
}

/// What contradicts a line, with the documents that do and those that exclude the control.
pub(in crate::site) fn of_line(context: &Context<'_>, line: &SoaLine) -> Option<ConflictView> {
    let conflict = line.conflict.as_ref()?;
    let Conflict { risks, obligations, documents } = conflict;
    let mut other: Vec<DocumentKey> = [risks, obligations, documents].into_iter().flatten().copied().collect();
    other.extend(line.explicit.iter().map(|explicit| explicit.document));
    other.dedup();
    let text = phrase::conflict(context.book(), conflict, context.words);
    Some(ConflictView { text, links: context.to_documents(&other) })
}

/// The exclusions that a document contradicts, with the lines and the controls, and the documents that exclude them.
pub(in crate::site) fn of_document(context: &Context<'_>, document: &Document) -> Vec<ConflictView> {
    let lines = &context.derived().soa.lines;
    let contradicted = lines
        .iter()
        .filter(|line| line.conflict.as_ref().is_some_and(|conflict| contradicts(context, document, line, conflict)));
    let view = |line: &SoaLine| {
        let control = phrase::control(context.book(), &line.item.id, line.role.as_ref());
        let statement = Link::new(context.links.view(View::Soa), &context.say("document.excluded-line"));
        let mut links = vec![statement.at(&anchor(context, line)), context.to_item(&line.item.id)];
        let explicit: Vec<DocumentKey> = line.explicit.iter().map(|explicit| explicit.document).collect();
        links.extend(context.to_documents(&explicit));
        ConflictView { text: context.fill("document.excluded", &[("control", control.get(context.language))]), links }
    };
    contradicted.map(view).collect()
}

/// Whether a document is one of those that contradict an exclusion, or a decision about one of the risks that does.
fn contradicts(context: &Context<'_>, document: &Document, line: &SoaLine, conflict: &Conflict) -> bool {
    let Conflict { risks, obligations, documents } = conflict;
    let key = document.key;
    let decides = |risk: &DocumentKey| {
        context.derived().risk(*risk).is_some_and(|risk| risk.decisions.contains(&key))
            && context.book().references_from(key).any(|reference| {
                reference.kind == ReferenceKind::Selects && reference.target.item() == Some(&line.item.id)
            })
    };
    [risks, obligations, documents].into_iter().any(|keys| keys.contains(&key)) || risks.iter().any(decides)
}
