//! Proposals: controls for documents, by what their texts name and what their titles are about; controls for risks, by their
//! sources. A person accepts them; nothing that the statement excludes is ever proposed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::control::KEYS;
use super::decide::own_key;
use super::front_matter::FrontMatter;
use super::yaml::Step;
use super::{Data, Denied, Draft};
use crate::book::{Book, Document, DocumentKey, ReferenceKind, Target};
use crate::catalog::{Item, ItemKind};
use crate::derive::{Applicability, RiskEntry};
use crate::document::DocumentType;
use crate::document::types::Treatment;
use crate::files::FilePath;
use crate::finding::Place;
use crate::id::ItemId;
use crate::project::Snapshot;
use crate::text::{Span, bare};
use crate::value::Node;
use crate::yaml;

/// A control that a document may implement, or that a risk may need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The document.
    pub document: DocumentKey,
    /// The control.
    pub item: ItemId,
    /// What speaks for it.
    pub why: Why,
    /// Where that stands.
    pub place: Place,
}

/// What speaks for a proposal; the strongest last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A heading bears the title of the control.
    Heading(String),
    /// The title is about what the control is about.
    Topic(String),
    /// The title holds that of the control.
    Title,
    /// A source of the risk has it among its usual treatments.
    Source(ItemId),
    /// The text names it, so often.
    Mentioned(usize),
}

/// The topics of `suggest.yaml`: the words of a title, and controls.
static TOPICS: LazyLock<Vec<(Vec<String>, Vec<String>)>> = LazyLock::new(|| {
    let source = yaml::parse(include_str!("suggest.yaml")).expect("the topics are YAML; a test proves it");
    source.items().iter().map(|topic| (texts(topic, "words"), texts(topic, "controls"))).collect()
});

fn texts(topic: &Node, key: &str) -> Vec<String> {
    topic.get(key).map(Node::texts).unwrap_or_default()
}

/// Every proposal for a book: by document, the strongest first.
pub fn proposals(snapshot: &Snapshot) -> Vec<Proposal> {
    let book = &snapshot.book;
    let mut found = Found { snapshot, proposals: BTreeMap::new() };
    let controls: Vec<(&Item, Vec<String>)> = controls(book);
    for document in book.living().filter(|document| implements(document)) {
        found.by_title(document, &controls);
        found.by_headings(document, &controls);
    }
    found.by_mention();
    // What is kept, avoided or shared needs no control.
    let treated = |risk: &&RiskEntry| risk.treatment.is_none_or(|treatment| treatment == Treatment::Modify);
    for risk in snapshot.derived.risks.iter().filter(treated) {
        found.by_sources(book.document(risk.document));
    }
    let mut proposals: Vec<Proposal> = found.proposals.into_values().collect();
    proposals.sort_by(|one, other| {
        let path = |proposal: &Proposal| &book.document(proposal.document).original.path;
        path(one).cmp(path(other)).then_with(|| other.why.cmp(&one.why)).then_with(|| one.item.cmp(&other.item))
    });
    proposals
}

/// The controls in use with their titles, in letters and digits alone. A title of two or three letters says nothing.
fn controls(book: &Book) -> Vec<(&Item, Vec<String>)> {
    let catalogs = book.config.isms.controls.iter().filter_map(|id| book.catalogs.get(id.value.as_str()));
    let items = catalogs.flat_map(|catalog| catalog.items_of(ItemKind::Control)).filter(|item| !item.heading);
    let titles = |item: &Item| -> Vec<String> {
        let titles = item.title.values().map(bare);
        titles.filter(|title| title.chars().count() >= if title.is_ascii() { 6 } else { 3 }).collect()
    };
    items.map(|item| (&**item, titles(item))).collect()
}

/// Whether a document is of a kind that implements controls. What only records, decides or measures does not.
fn implements(document: &Document) -> bool {
    match &document.kind {
        None | Some(DocumentType::Own(_)) => true,
        Some(DocumentType::Common(word)) => *word != "record",
        Some(_) => false,
    }
}

struct Found<'s> {
    snapshot: &'s Snapshot,
    proposals: BTreeMap<(DocumentKey, ItemId), Proposal>,
}

impl Found<'_> {
    /// Adds a proposal, unless the document names the control, the statement excludes it for any role, or something stronger speaks for it.
    fn propose(&mut self, document: &Document, item: &ItemId, why: Why, place: Place) {
        let book = &self.snapshot.book;
        let named = book.references_to(item).any(|reference| {
            reference.from == document.key
                && matches!(reference.kind, ReferenceKind::Implements | ReferenceKind::Selects)
        });
        let mut lines = self.snapshot.derived.soa.lines_of(item).peekable();
        let excluded = lines.peek().is_none() || lines.any(|line| line.applicability == Applicability::Excluded);
        if named || excluded {
            return;
        }
        let key = (document.key, item.clone());
        if self.proposals.get(&key).is_none_or(|known| known.why < why) {
            self.proposals.insert(key, Proposal { document: document.key, item: item.clone(), why, place });
        }
    }

    fn by_title(&mut self, document: &Document, controls: &[(&Item, Vec<String>)]) {
        let place = title_place(document);
        let titles: Vec<&str> = document.title.values().collect();
        let folded: Vec<String> = titles.iter().map(|title| bare(title)).collect();
        for (item, names) in controls {
            if names.iter().any(|name| folded.iter().any(|title| title.contains(name.as_str()))) {
                self.propose(document, &item.id, Why::Title, place.clone());
            }
        }
        let resolver = self.snapshot.book.resolver();
        for (words, ids) in TOPICS.iter() {
            let Some(word) = words.iter().find(|word| titles.iter().any(|title| concerns(title, word))) else {
                continue;
            };
            for target in ids.iter().map(|id| resolver.item(id, ItemKind::Control)) {
                if let Target::Item { item, .. } = target {
                    self.propose(document, &item, Why::Topic(word.clone()), place.clone());
                }
            }
        }
    }

    fn by_headings(&mut self, document: &Document, controls: &[(&Item, Vec<String>)]) {
        let manuscript = &document.original;
        for heading in &manuscript.body.headings {
            let text = bare(&heading.text);
            for (item, names) in controls {
                if names.iter().any(|name| text.contains(name.as_str())) {
                    let place = Place::new(&manuscript.path, heading.span);
                    self.propose(document, &item.id, Why::Heading(heading.text.clone()), place);
                }
            }
        }
    }

    fn by_mention(&mut self) {
        let book = &self.snapshot.book;
        let mut times: BTreeMap<(DocumentKey, &ItemId), (usize, &Place)> = BTreeMap::new();
        for reference in book.references.iter().filter(|reference| reference.kind == ReferenceKind::Mentions) {
            if let Target::Item { item, .. } = &reference.target
                && book.item(item).is_some_and(|item| item.kind == ItemKind::Control)
            {
                times.entry((reference.from, item)).or_insert((0, &reference.place)).0 += 1;
            }
        }
        for ((key, item), (times, place)) in times {
            let document = book.document(key);
            if document.is_living() && implements(document) {
                self.propose(document, item, Why::Mentioned(times), place.clone());
            }
        }
    }

    /// What the sources of a risk that is to be treated suggest.
    fn by_sources(&mut self, document: &Document) {
        let book = &self.snapshot.book;
        let catalogs: Vec<_> =
            book.config.isms.controls.iter().filter_map(|id| book.catalogs.get(id.value.as_str())).collect();
        let considered = book
            .references
            .iter()
            .filter(|reference| reference.from == document.key && reference.kind == ReferenceKind::Considers);
        for reference in considered {
            let Target::Item { item: source, .. } = &reference.target else { continue };
            for (item, _) in catalogs.iter().flat_map(|catalog| book.catalogs.mapped(source, catalog)) {
                self.propose(document, &item.id, Why::Source(source.clone()), reference.place.clone());
            }
        }
    }
}

/// Where the title of a document stands: in its front matter, else at its first heading, else at the top.
fn title_place(document: &Document) -> Place {
    let manuscript = &document.original;
    let written = manuscript.front.entries().iter().find(|(key, _)| key.value == "title").map(|(_, node)| node.span);
    let heading = || manuscript.body.headings.first().map(|heading| heading.span);
    Place::new(&manuscript.path, written.or_else(heading).unwrap_or(Span::default()))
}

/// Whether a title is about a topic: English words whole, perhaps in the plural; Japanese ones anywhere.
fn concerns(title: &str, topic: &str) -> bool {
    if !topic.is_ascii() {
        return bare(title).contains(&bare(topic));
    }
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| word.strip_suffix('s').filter(|word| word.len() > 2).unwrap_or(word).to_owned()).collect()
    };
    let (title, topic) = (words(title), words(topic));
    title.windows(topic.len().max(1)).any(|part| part == topic)
}

/// The files with some proposals in the `controls` of their documents.
///
/// # Errors
/// Where a front matter cannot be edited.
pub fn accept(snapshot: &Snapshot, proposals: &[&Proposal]) -> Result<Draft, Denied> {
    let book = &snapshot.book;
    let mut draft = Draft::new(&book.files);
    let mut by_path: BTreeMap<&FilePath, Vec<Data>> = BTreeMap::new();
    for proposal in proposals {
        let path = &book.document(proposal.document).original.path;
        by_path.entry(path).or_default().push(Data::text(&book.short_id(&proposal.item)));
    }
    for (path, ids) in by_path {
        let key = own_key(book, path, "controls");
        draft.change(path, |front| match front.get(&key) {
            None if key == [Step::key("controls")] => {
                front.set_ordered(&[], "controls", &Data::List(ids.clone()), &KEYS)
            }
            None | Some(Data::Null) => front.set(&key, &Data::List(ids.clone())),
            // One id, or a list of them as one text, is the first of the list.
            Some(Data::List(known)) if known.is_empty() => front.set(&key, &Data::List(ids.clone())),
            Some(Data::List(_)) => Ok(Vec::new()),
            Some(one) => front.set(&key, &Data::List([vec![one], ids.clone()].concat())),
        })?;
        let listed = |front: &FrontMatter<'_>| match front.get(&key) {
            Some(Data::List(known)) => ids.iter().filter(|id| !known.contains(id)).cloned().collect(),
            _ => Vec::new(),
        };
        let text = draft.text(path).unwrap_or_default().to_owned();
        for id in listed(&FrontMatter::read(path, &text)?) {
            draft.change(path, |front| front.insert(&key, usize::MAX, &id))?;
        }
    }
    Ok(draft)
}

/// The controls of proposals that their documents do not name afterwards.
pub fn unmet(after: &Snapshot, before: &Snapshot, proposals: &[&Proposal]) -> Vec<String> {
    let named = |proposal: &&&Proposal| {
        let path = &before.book.document(proposal.document).original.path;
        let Some(document) = after.book.document_at(path) else { return false };
        after.book.references_to(&proposal.item).any(|reference| {
            reference.from == document.key
                && matches!(reference.kind, ReferenceKind::Implements | ReferenceKind::Selects)
        })
    };
    proposals.iter().filter(|proposal| !named(proposal)).map(|proposal| after.book.short_id(&proposal.item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_name_controls_that_there_are() {
        let catalog = crate::catalog::shipped().get("iso27001-2022").expect("it is shipped");
        assert!(TOPICS.len() > 30);
        for (words, controls) in TOPICS.iter() {
            assert!(!words.is_empty() && !controls.is_empty(), "{words:?}");
            for control in controls {
                assert!(catalog.item(control).is_some(), "{words:?}: {control}");
            }
        }
    }

    #[test]
    fn a_title_is_about_its_words_and_no_parts_of_them() {
        for (title, topic, about) in [
            ("Access Control Policy", "access control", true),
            ("Handling of incidents", "incident", true),
            ("Catalogue", "log", false),
            ("パスワード管理規程", "パスワード", true),
            ("個人情報の取扱い", "個人情報", true),
            ("Policy", "access control", false),
        ] {
            assert_eq!(concerns(title, topic), about, "{title}: {topic}");
        }
    }
}
