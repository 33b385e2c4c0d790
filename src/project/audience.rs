//! A book as an audience sees it: the documents that are left out are not in it at all, so nothing of them can show.
//! What they decided stays decided: a control does not become undecided because its risk is confidential.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::mask::Masks;
use super::{Inputs, Project, Snapshot};
use crate::book::history::History;
use crate::book::link::{LinkTarget, resolve};
use crate::book::{Book, Document, DocumentKey, content_files};
use crate::config::Audience;
use crate::derive::evidence::evidence_of;
use crate::files::{FilePath, Files};
use crate::finding::Finding;
use crate::rules::Checked;
use crate::value::word_of;

/// The snapshot of what `audience` may see.
pub fn shown_to(snapshot: &Snapshot, audience: &Audience) -> Snapshot {
    cut(snapshot, |document| admits(audience, document))
}

/// What `audience` may see of an older state: what it was shown then, as far as it may see it in the newer state, too.
pub fn shown_before(old: &Snapshot, new: &Snapshot, audience: &Audience) -> Snapshot {
    let hidden: Vec<&Document> = new.book.documents.iter().filter(|document| !admits(audience, document)).collect();
    let ids: BTreeSet<&str> = hidden.iter().filter_map(|document| document.id.as_deref()).collect();
    let paths: BTreeSet<&FilePath> = hidden.iter().map(|document| &document.original.path).collect();
    let is_hidden = |document: &Document| {
        document.id.as_deref().is_some_and(|id| ids.contains(id)) || paths.contains(&document.original.path)
    };
    cut(old, |document| admits(audience, document) && !is_hidden(document))
}

/// The snapshot without what does not show.
fn cut(snapshot: &Snapshot, shows: impl Fn(&Document) -> bool) -> Snapshot {
    let book = &snapshot.book;
    let (shown, left_out): (Vec<&Document>, Vec<&Document>) =
        book.documents.iter().partition(|document| shows(document));
    let masks = Masks::of(book, &shown, &left_out.iter().map(|document| document.key).collect());
    let mut files = files_of(book, &shown, &left_out);
    masks.apply(&mut files);
    let mut history = History::clone(&book.history);
    history.files.retain(|path, _| files.get(path).is_some());
    let inputs =
        Inputs { files, today: snapshot.derived.today, commit: book.commit.clone(), history: Arc::new(history) };
    let mut cut = Project::new().snapshot(inputs).expect("the settings are those that were read before");
    cut.derived.keep_decided(&snapshot.derived);
    take_findings(&mut cut, snapshot, &traces(&left_out), &masks);
    cut
}

/// The files without those of the documents that are left out, and without the attachments that are theirs: those that they
/// alone name, and those that no document shown names and that lie beside one that is left out.
fn files_of(book: &Book, shown: &[&Document], left_out: &[&Document]) -> Files {
    let mut files = book.files.clone();
    for path in left_out.iter().flat_map(|document| document.manuscripts()).map(|(_, manuscript)| &manuscript.path) {
        files.remove(path);
    }
    let (kept, theirs) = (attachments(book, shown), attachments(book, left_out));
    let closed: BTreeSet<&str> = left_out.iter().map(|document| document.folder.as_str()).collect();
    let open: BTreeSet<&str> = shown.iter().map(|document| document.folder.as_str()).collect();
    let beside = |path: &FilePath| {
        let below = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
        let mut folder = below;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            if closed.contains(folder) || open.contains(folder) {
                return closed.contains(folder);
            }
        }
        closed.contains("")
    };
    let others = content_files(&book.files).filter(|(path, _)| !path.is_markdown());
    for (path, _) in others.filter(|(path, _)| !kept.contains(*path) && (theirs.contains(*path) || beside(path))) {
        files.remove(path);
    }
    files
}

/// The findings are those of the whole book, without what would give a left-out document away.
fn take_findings(cut: &mut Snapshot, whole: &Snapshot, traces: &BTreeSet<String>, masks: &Masks) {
    let moved = |finding: &Finding| {
        let mut finding = finding.clone();
        masks.moved(&mut finding.place);
        finding.related.iter_mut().for_each(|place| masks.moved(place));
        finding
    };
    cut.book.config.accepted.clear();
    cut.checked = Checked::default();
    for finding in whole.checked.findings.iter().filter(|finding| !names(finding, traces)) {
        cut.checked.findings.push(moved(finding));
    }
    for (finding, at) in whole.checked.accepted.iter().filter(|(finding, _)| !names(finding, traces)) {
        let Some(accepted) = whole.book.config.accepted.get(*at) else { continue };
        if accepted.reason.values().any(|text| traces.iter().any(|trace| text.contains(trace))) {
            continue;
        }
        let kept = &mut cut.book.config.accepted;
        let place = kept.iter().position(|other| other == accepted).unwrap_or_else(|| {
            kept.push(accepted.clone());
            kept.len() - 1
        });
        cut.checked.accepted.push((moved(finding), place));
    }
}

/// Whether an audience sees a document. What a list does not name is left out, and so is a document that does not say.
fn admits(audience: &Audience, document: &Document) -> bool {
    let fits = |admitted: &[String], word: Option<&str>| {
        admitted.is_empty() || word.is_some_and(|word| admitted.iter().any(|other| other == word))
    };
    let classification =
        document.metadata().classification.as_ref().map(|classification| classification.value.as_str());
    fits(&audience.status, document.status().map(word_of)) && fits(&audience.classification, classification)
}

/// The files that documents link to, show or name as evidence.
fn attachments(book: &Book, documents: &[&Document]) -> BTreeSet<FilePath> {
    let keys: BTreeSet<DocumentKey> = documents.iter().map(|document| document.key).collect();
    let linked = book.links.iter().filter(|link| keys.contains(&link.from)).map(|link| link.target.clone());
    let named = documents.iter().flat_map(|document| {
        let paths = evidence_of(document).filter_map(|evidence| evidence.path.as_ref());
        paths.map(|path| resolve(book, &document.original.path, &path.value)).collect::<Vec<_>>()
    });
    linked
        .chain(named)
        .filter_map(|target| if let LinkTarget::Asset(path) = target { Some(path) } else { None })
        .collect()
}

/// What would give a document away: its id, its titles, its files.
fn traces(documents: &[&Document]) -> BTreeSet<String> {
    let of_document = |document: &Document| {
        let titles = document.title.values().map(str::to_owned);
        let paths = document.manuscripts().map(|(_, manuscript)| manuscript.path.to_string());
        let all: Vec<String> =
            document.id.iter().cloned().chain(titles).chain(paths).filter(|trace| !trace.is_empty()).collect();
        all
    };
    documents.iter().flat_map(|document| of_document(document)).collect()
}

/// Whether a finding stands in a document that is left out, points at it, or says something of it.
fn names(finding: &Finding, traces: &BTreeSet<String>) -> bool {
    let places = std::iter::once(&finding.place).chain(&finding.related);
    let gives_away = |text: &str| traces.iter().any(|trace| text.contains(trace));
    places.into_iter().any(|place| traces.contains(place.path.as_str()))
        || finding.document.as_deref().is_some_and(gives_away)
        || finding.values.values().any(|value| value.values().any(gives_away))
}
