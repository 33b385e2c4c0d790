//! A book as an audience sees it: the documents that are left out are not in it at all, so nothing of them can show.
//! What they decided stays decided: a control does not become undecided because its risk is confidential.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Inputs, Project, Snapshot};
use crate::book::history::History;
use crate::book::link::{LinkTarget, resolve};
use crate::book::{Book, Document};
use crate::config::Audience;
use crate::document::Manuscript;
use crate::files::FilePath;
use crate::finding::Finding;
use crate::rules::Checked;
use crate::value::word_of;

/// The snapshot of what `audience` may see.
pub fn shown_to(snapshot: &Snapshot, audience: &Audience) -> Snapshot {
    let book = &snapshot.book;
    let (shown, left_out): (Vec<&Document>, Vec<&Document>) =
        book.documents.iter().partition(|document| admits(audience, document));
    let mut files = book.files.clone();
    for path in left_out.iter().flat_map(|document| document.manuscripts()).map(|(_, manuscript)| &manuscript.path) {
        files.remove(path);
    }
    let kept = attachments(book, &shown);
    for path in attachments(book, &left_out).difference(&kept) {
        files.remove(path);
    }
    let mut history = History::clone(&book.history);
    history.retain(|path, _| files.get(path).is_some());
    let inputs =
        Inputs { files, today: snapshot.derived.today, commit: book.commit.clone(), history: Arc::new(history) };
    let mut cut = Project::new().snapshot(inputs).expect("the settings are those that were read before");
    cut.derived.keep_decided(&snapshot.derived);
    let traces = traces(&left_out);
    cut.book.config.accepted.clear();
    cut.checked = Checked::default();
    for finding in snapshot.checked.findings.iter().filter(|finding| !names(finding, &traces)) {
        cut.checked.findings.push(finding.clone());
    }
    for (finding, at) in snapshot.checked.accepted.iter().filter(|(finding, _)| !names(finding, &traces)) {
        let Some(accepted) = book.config.accepted.get(*at) else { continue };
        if accepted.reason.values().any(|text| traces.iter().any(|trace| text.contains(trace))) {
            continue;
        }
        let kept = &mut cut.book.config.accepted;
        let place = kept.iter().position(|other| other == accepted).unwrap_or_else(|| {
            kept.push(accepted.clone());
            kept.len() - 1
        });
        cut.checked.accepted.push((finding.clone(), place));
    }
    cut
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
    let of_manuscript = |manuscript: &Manuscript| {
        let links = manuscript.body.links.iter().map(|link| link.destination.clone());
        let metadata = &manuscript.metadata;
        let evidence = metadata.evidence.iter().chain(metadata.controls.iter().flat_map(|control| &control.evidence));
        let paths = evidence.filter_map(|evidence| evidence.path.as_ref()).map(|path| path.value.clone());
        let targets: Vec<LinkTarget> =
            links.chain(paths).map(|destination| resolve(book, &manuscript.path, &destination)).collect();
        targets
    };
    let targets = documents
        .iter()
        .flat_map(|document| document.manuscripts())
        .flat_map(|(_, manuscript)| of_manuscript(manuscript));
    targets.filter_map(|target| if let LinkTarget::Asset(path) = target { Some(path) } else { None }).collect()
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
