//! A book as an audience sees it: the documents that are left out are not in it at all, so nothing of them can show.
//! What they decided stays decided: a control does not become undecided because its risk is confidential.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::mask::{Ids, Mask, Masks, Phrases};
use super::{Inputs, Project, Snapshot};
use crate::book::history::History;
use crate::book::link::{LinkTarget, resolve};
use crate::book::{Book, Document, DocumentKey, content_files};
use crate::config::Audience;
use crate::derive::evidence::evidence_of;
use crate::document::{Manuscript, Metadata};
use crate::files::{FilePath, Files};
use crate::finding::Finding;
use crate::rules::Checked;
use crate::value::word_of;

/// What an audience sees of a book.
#[derive(Debug)]
pub struct Shown {
    /// The book without what is left out.
    pub snapshot: Snapshot,
    /// Where the rest names what is left out, and what became of it.
    pub masks: Vec<Mask>,
    /// How many translations are left out of documents that are not.
    pub translations: usize,
}

/// What `audience` may see of a book.
pub fn shown_to(snapshot: &Snapshot, audience: &Audience) -> Shown {
    cut(snapshot, &Hidden::of(&snapshot.book, audience))
}

/// What `audience` may see of an older state: what it was shown then, as far as it may see it in the newer state, too.
pub fn shown_before(old: &Snapshot, new: &Snapshot, audience: &Audience) -> Snapshot {
    let mut hidden = Hidden::of(&old.book, audience);
    let now = Hidden::of(&new.book, audience);
    hidden.ids.extend(now.ids);
    hidden.paths.extend(now.paths);
    cut(old, &hidden).snapshot
}

/// What does not show.
#[derive(Debug, Default)]
struct Hidden {
    ids: BTreeSet<String>,
    /// The files of documents that are left out whole, and of single translations.
    paths: BTreeSet<FilePath>,
}

impl Hidden {
    /// A document that is left out takes its translations with it; a translation may be left out alone.
    fn of(book: &Book, audience: &Audience) -> Self {
        let mut hidden = Self::default();
        for document in &book.documents {
            // What a front matter that cannot be read says of who may see the text is not known.
            if !admits(audience, document.metadata()) || document.original.is_front_unread() {
                hidden.ids.extend(document.id.clone());
                hidden.paths.extend(document.manuscripts().map(|(_, manuscript)| manuscript.path.clone()));
            }
            for (language, manuscript) in &document.translations {
                if !admits(audience, document.control(language)) || manuscript.is_front_unread() {
                    hidden.ids.extend(other_id(document, manuscript));
                    hidden.paths.insert(manuscript.path.clone());
                }
            }
        }
        hidden
    }

    fn has(&self, document: &Document) -> bool {
        document.id.as_ref().is_some_and(|id| self.ids.contains(id)) || self.paths.contains(&document.original.path)
    }

    /// The ids as they are looked for: an id that something else bears, too, is no secret.
    fn ids(&self, book: &Book, shown: &[&Document]) -> Ids {
        let items = book.catalogs.iter().flat_map(|catalog| catalog.items.iter().map(|item| &*item.id.id));
        let shown = shown.iter().filter_map(|document| document.id.as_deref());
        Ids::new(&self.ids, &shown.chain(items).collect())
    }
}

/// The id that a translation gives itself against its original.
fn other_id(document: &Document, translation: &Manuscript) -> Option<String> {
    translation.metadata.id.as_ref().map(|id| id.value.clone()).filter(|id| document.id.as_ref() != Some(id))
}

/// The snapshot without what does not show.
fn cut(snapshot: &Snapshot, hidden: &Hidden) -> Shown {
    let book = &snapshot.book;
    let (left_out, shown): (Vec<&Document>, Vec<&Document>) =
        book.documents.iter().partition(|document| hidden.has(document));
    let ids = hidden.ids(book, &shown);
    let names = Names::of(&left_out, &shown, hidden);
    let mut masks = Masks::of(book, &shown, &left_out.iter().map(|document| document.key).collect(), &ids);
    let mut files = files_of(book, &shown, &left_out, hidden);
    masks.cover(book, &files, &ids, &names.phrases);
    masks.apply(&mut files);
    let known = book.history.files.iter().map(|(path, history)| (masks.path(path), history.clone()));
    let known = known.filter(|(path, _)| files.get(path).is_some()).collect();
    let history = History { files: known, unread: book.history.unread.clone() };
    let inputs =
        Inputs { files, today: snapshot.derived.today, commit: book.commit.clone(), history: Arc::new(history) };
    let mut cut = Project::new().snapshot(inputs).expect("the settings are those that were read before");
    cut.derived.keep_decided(&snapshot.derived, &cut.book);
    take_findings(&mut cut, snapshot, &names, &ids, &masks);
    let translations = shown.iter().flat_map(|document| document.translations.values());
    let translations = translations.filter(|translation| hidden.paths.contains(&translation.path)).count();
    Shown { snapshot: cut, masks: masks.report(), translations }
}

/// The files without those of the documents that are left out, and without the attachments that are theirs: those that they
/// alone name, and those that no document shown names and that lie beside one that is left out.
fn files_of(book: &Book, shown: &[&Document], left_out: &[&Document], hidden: &Hidden) -> Files {
    let mut files = book.files.clone();
    for document in left_out {
        document.manuscripts().for_each(|(_, manuscript)| files.remove(&manuscript.path));
    }
    for path in &hidden.paths {
        files.remove(path);
    }
    let (kept, theirs) = attachments(book, shown, hidden);
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
fn take_findings(cut: &mut Snapshot, whole: &Snapshot, names: &Names, ids: &Ids, masks: &Masks) {
    let moved = |finding: &Finding| {
        let mut finding = finding.clone();
        // Of a text in several languages, that of a left-out translation goes alone.
        finding.values.values_mut().for_each(|value| value.retain(|text| !names.say(text, ids)));
        masks.moved(&mut finding.place);
        finding.related.iter_mut().for_each(|place| masks.moved(place));
        finding.document = finding.document.map(|name| masks.path(&FilePath::new(&name)).to_string());
        finding
    };
    let told = |finding: &Finding| {
        let moved = moved(finding);
        (!names.are_in(finding, &moved, ids)).then_some(moved)
    };
    // The acceptances as they were read from the masked settings, in the same order.
    let settings = std::mem::take(&mut cut.book.config.accepted);
    cut.checked = Checked::default();
    cut.checked.findings.extend(whole.checked.findings.iter().filter_map(told));
    for (finding, at) in &whole.checked.accepted {
        let Some(finding) = told(finding) else { continue };
        let written = whole.book.config.accepted.get(*at).zip(settings.get(*at));
        let Some((_, accepted)) = written.filter(|(whole, _)| !whole.reason.values().any(|text| names.say(text, ids)))
        else {
            continue;
        };
        let kept = &mut cut.book.config.accepted;
        let place = kept.iter().position(|other| other == accepted).unwrap_or_else(|| {
            kept.push(accepted.clone());
            kept.len() - 1
        });
        cut.checked.accepted.push((finding, place));
    }
}

/// Whether an audience sees what has this front matter. What a list does not name is left out, and so is what does not say.
fn admits(audience: &Audience, metadata: &Metadata) -> bool {
    let fits = |admitted: &[String], word: Option<&str>| {
        admitted.is_empty() || word.is_some_and(|word| admitted.iter().any(|other| other == word))
    };
    let classification = metadata.classification.as_ref().map(|classification| classification.value.as_str());
    let status = metadata.status.as_ref().map(|status| word_of(status.value));
    fits(&audience.status, status) && fits(&audience.classification, classification)
}

/// The files that shown texts link to, show or name as evidence, and those that texts do which are left out.
fn attachments(book: &Book, shown: &[&Document], hidden: &Hidden) -> (BTreeSet<FilePath>, BTreeSet<FilePath>) {
    let keys: BTreeSet<DocumentKey> = shown.iter().map(|document| document.key).collect();
    let (mut kept, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    let mut add = |document: &Document, from: &FilePath, target: LinkTarget| {
        if let LinkTarget::Asset(path) = target {
            let seen = keys.contains(&document.key) && !hidden.paths.contains(from);
            if seen {
                kept.insert(path)
            } else {
                theirs.insert(path)
            };
        }
    };
    for link in &book.links {
        add(book.document(link.from), &link.path, link.target.clone());
    }
    for document in &book.documents {
        for path in evidence_of(document).filter_map(|evidence| evidence.path.as_ref()) {
            let from = &document.original.path;
            add(document, from, resolve(book, from, &path.value));
        }
    }
    (kept, theirs)
}

/// What would give something away that is left out, its id apart.
#[derive(Debug, Default)]
struct Names {
    /// The titles, and the paths below `content/`.
    phrases: Phrases,
    paths: BTreeSet<FilePath>,
}

impl Names {
    /// The titles and files of what is left out; a title that something shown has, too, tells nothing.
    fn of(left_out: &[&Document], shown: &[&Document], hidden: &Hidden) -> Self {
        let mut paths = hidden.paths.clone();
        let mut titles = BTreeSet::new();
        for document in left_out {
            titles.extend(document.title.values().map(str::to_owned));
            paths.extend(document.manuscripts().map(|(_, manuscript)| manuscript.path.clone()));
        }
        let mut known = BTreeSet::new();
        for document in shown {
            for (language, manuscript) in document.manuscripts() {
                let titles = if hidden.paths.contains(&manuscript.path) { &mut titles } else { &mut known };
                titles.insert(document.title.get(language).to_owned());
            }
        }
        let below = paths.iter().map(|path| path.as_str().trim_start_matches("content/").to_owned());
        let phrases = titles.into_iter().filter(|title| !known.contains(title)).chain(below).collect();
        Self { phrases: Phrases::new(phrases), paths }
    }

    /// Whether a text says one of them, or an id.
    fn say(&self, text: &str, ids: &Ids) -> bool {
        self.phrases.are_in(text) || ids.are_in(text)
    }

    /// Whether a finding stands in something that is left out, points at it, or says something of it.
    fn are_in(&self, finding: &Finding, moved: &Finding, ids: &Ids) -> bool {
        let mut places = std::iter::once(&finding.place).chain(&finding.related);
        places.any(|place| self.paths.contains(&place.path))
            || moved.document.as_ref().is_some_and(|name| self.say(name, ids))
            || moved.values.values().any(|value| value.values().any(|text| self.say(text, ids)))
    }
}
