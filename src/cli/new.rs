//! `ismsbook new`: a document with the next free id and a safe name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Outcome, Session};
use crate::address::safe_name;
use crate::book::{Book, Document};
use crate::date::Date;
use crate::disk::{Failure, file};
use crate::document::types::{TYPES, Type, type_words};
use crate::document::{DocumentType, Metadata};
use crate::edit::control::{KEYS, next_review};
use crate::edit::front_matter::FrontMatter;
use crate::edit::{Data, Draft};
use crate::files::{FilePath, Files};
use crate::text::{Spanned, nearest};

/// The arguments of `new`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "TYPE")]
    kind: String,
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_name = "TITLE")]
    title: String,
}

/// Starting texts: the type, or empty for all others, with the English and the Japanese text.
const TEXTS: [(&str, &str, &str); 8] = [
    ("risk", include_str!("new/risk.en.md"), include_str!("new/risk.ja.md")),
    ("decision", include_str!("new/decision.en.md"), include_str!("new/decision.ja.md")),
    ("applicability", include_str!("new/applicability.en.md"), include_str!("new/applicability.ja.md")),
    ("obligation", include_str!("new/obligation.en.md"), include_str!("new/obligation.ja.md")),
    ("audit", include_str!("new/audit.en.md"), include_str!("new/audit.ja.md")),
    ("objective", include_str!("new/objective.en.md"), include_str!("new/objective.ja.md")),
    ("scope", include_str!("new/scope.en.md"), include_str!("new/scope.ja.md")),
    ("", include_str!("new/document.en.md"), include_str!("new/document.ja.md")),
];

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let opened = session.open(arguments.dir.as_deref())?;
    let book = &opened.snapshot.book;
    let title = arguments.title.trim();
    if title.is_empty() || title.contains(char::is_control) {
        return Err(Failure::new("empty-title").into());
    }
    let kind = known_type(&arguments.kind, book)?;
    let alike: Vec<&Document> = book.documents_of(&kind).collect();
    let id = next_id(&kind, &alike, book);
    let folder = folder(&kind, &alike);
    // At the top, a title such as "Scope" would meet the page that is made of it.
    let named_by_id =
        if alike.is_empty() { folder.is_empty() } else { alike.iter().all(|document| is_named_by_id(document)) };
    let name = if named_by_id { id.to_lowercase() } else { file_name(title, &id) };
    let language = book.config.default_language();
    let japanese = session.asked.as_ref().unwrap_or(language).code() == "ja";
    let text = controlled(&text(&kind, &id, title, book, japanese), &kind, book, session.day());
    let content = opened.root().join("content");
    let content = if folder.is_empty() { content } else { content.join(folder) };
    let path = free(&content, &name);
    file::create(&path, text.as_bytes())?;
    let shown = path.strip_prefix(opened.root()).unwrap_or(&path).display().to_string();
    session.say("cli.new.done", &[("id", &id), ("path", &shown)])?;
    Ok(Outcome::Done)
}

fn known_type(word: &str, book: &Book) -> anyhow::Result<DocumentType> {
    let own = book.config.types.keys().map(String::as_str);
    let known: Vec<&str> = type_words().chain(own).collect();
    DocumentType::from_word(word, &book.config).ok_or_else(|| {
        let near = nearest(word, known.iter().copied());
        let failure = Failure::new(if near.is_some() { "unknown-type-near" } else { "unknown-type" });
        failure.with("kind", word).with_list("known", &known).with("nearest", near.unwrap_or_default()).into()
    })
}

/// Numbers from here on are no running ones, and could not be counted on from.
const HIGHEST: u64 = 1_000_000_000_000_000_000;

/// The id after the highest of those that most documents of the type share the beginning of.
fn next_id(kind: &DocumentType, alike: &[&Document], book: &Book) -> String {
    let mut series: BTreeMap<&str, (usize, usize, u64)> = BTreeMap::new();
    for id in alike.iter().filter_map(|document| document.id.as_deref()) {
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
        if let Some(number) = id[stem.len()..].parse::<u64>().ok().filter(|number| *number < HIGHEST) {
            let (count, width, highest) = series.entry(stem).or_default();
            (*count, *width, *highest) = (*count + 1, (*width).max(id.len() - stem.len()), number.max(*highest));
        }
    }
    let commonest = series.into_iter().max_by_key(|(_, (count, ..))| *count);
    let (stem, width, highest) = match commonest {
        Some((stem, (_, width, highest))) => (stem.to_owned(), width, highest),
        None => (shipped(kind).map_or_else(|| own_stem(kind.word()), |of| of.stem.to_owned()), 3, 0),
    };
    let ids = (highest + 1..).map(|number| format!("{stem}{number:0width$}"));
    ids.into_iter()
        .find(|id| book.document_with_id(id).is_none())
        .expect("a book has fewer documents than there are numbers")
}

fn shipped(kind: &DocumentType) -> Option<&'static Type> {
    TYPES.iter().find(|of| of.kind == *kind)
}

/// `CHE-` for a type of the user's own called `checklist`.
fn own_stem(word: &str) -> String {
    let letters: String = word.chars().filter(char::is_ascii_alphabetic).take(3).collect();
    if letters.is_empty() { "DOC-".to_owned() } else { format!("{}-", letters.to_uppercase()) }
}

/// The folder that holds most documents of the type.
fn folder<'a>(kind: &'a DocumentType, alike: &[&'a Document]) -> &'a str {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for document in alike {
        *counts.entry(&document.folder).or_default() += 1;
    }
    let commonest = counts.into_iter().max_by_key(|(_, count)| *count).map(|(folder, _)| folder);
    commonest.or_else(|| shipped(kind).map(|of| of.folder)).unwrap_or_else(|| kind.word())
}

fn is_named_by_id(document: &Document) -> bool {
    let stem = document.original.path.markdown_stem().map(|stem| stem.rsplit('/').next().unwrap_or(stem));
    document.id.as_ref().zip(stem).is_some_and(|(id, stem)| stem.eq_ignore_ascii_case(id))
}

/// A file name made of the title: Japanese stays, blanks and what a system cannot hold become hyphens.
fn file_name(title: &str, id: &str) -> String {
    let joined: String = title
        .to_lowercase()
        .chars()
        .map(|c| if c.is_whitespace() || "/\\.:\"<>|?*#%&'`,;()[]{}".contains(c) { '-' } else { c })
        .collect();
    let parts: Vec<&str> = joined.split('-').filter(|part| !part.is_empty()).collect();
    let mut name = safe_name(&parts.join("-")).trim_matches(['-', '_', '.', ' ']).to_owned();
    // A name may take 255 bytes on most systems; the page's name and a language's code need some of them.
    while name.len() > 120 {
        name.pop();
    }
    let reserved = matches!(name.as_str(), "" | "index" | "readme");
    if reserved { id.to_lowercase() } else { name }
}

/// The first path of the name, its number counted up, that nothing stands at.
fn free(folder: &Path, name: &str) -> PathBuf {
    let numbered = (2..).map(|number| format!("{name}-{number}.md"));
    let mut names = std::iter::once(format!("{name}.md")).chain(numbered);
    let path = names.find(|name| !file::exists(&folder.join(name)));
    folder.join(path.expect("one number of all is free"))
}

/// The starting text with the document control that the book's other documents of the type have; for the common types, those
/// of all of them.
fn controlled(text: &str, kind: &DocumentType, book: &Book, today: Date) -> String {
    let is_common = |kind: &DocumentType| matches!(kind, DocumentType::Common(_));
    let alike = book
        .living()
        .filter(|document| document.kind.as_ref().is_some_and(|own| own == kind || is_common(own) && is_common(kind)));
    let alike: Vec<&Document> = alike.collect();
    let usual = |value: &dyn Fn(&Metadata) -> Option<&Spanned<String>>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for value in alike.iter().filter_map(|document| value(document.metadata())) {
            *counts.entry(&value.value).or_default() += 1;
        }
        let usual = counts.into_iter().filter(|(value, _)| !value.contains("{{")).max_by_key(|(_, count)| *count);
        usual.map(|(value, _)| Data::text(value))
    };
    let mut fields: Vec<(&str, Option<Data>)> = Vec::new();
    if is_common(kind) {
        fields.push(("owner", usual(&|metadata| metadata.owner.as_ref())));
        fields.push(("approver", usual(&|metadata| metadata.approver.as_ref())));
    }
    // A record says what was, and is not reviewed.
    if is_common(kind) && *kind != DocumentType::Common("record") {
        fields.push(("next_review", Some(Data::date(next_review(book, today)))));
    }
    fields.push(("classification", usual(&|metadata| metadata.classification.as_ref())));
    let path = FilePath::new("new.md");
    let mut draft = Draft::new(&Files::new());
    draft.create(&path, text);
    for (key, data) in fields {
        if let Some(data) = data {
            let set = |front: &FrontMatter<'_>| front.set_ordered(&[], key, &data, &KEYS);
            draft.change(&path, set).expect("the starting texts can be edited; a test makes one of each type");
        }
    }
    draft.text(&path).unwrap_or_default().to_owned()
}

/// The starting text, with what a type of the user's own demands.
fn text(kind: &DocumentType, id: &str, title: &str, book: &Book, japanese: bool) -> String {
    let of_type =
        TEXTS.iter().find(|(word, ..)| *word == kind.word()).or(TEXTS.last()).expect("the last serves all types");
    let source = if japanese { of_type.2 } else { of_type.1 };
    let mut fields = String::new();
    let mut headings = String::new();
    if let Some(own) = book.config.types.get(kind.word()) {
        for field in own.required.iter().filter(|field| !source.contains(&format!("\n{field}:"))) {
            fields.push_str(&format!("{field}: \"\"\n"));
        }
        for heading in &own.headings {
            headings.push_str(&format!("\n## {heading}\n"));
        }
    }
    // In double quotes, JSON and YAML write a text alike.
    let quoted = serde_json::to_string(title).expect("a text is always JSON");
    let text = source
        .replace("@id@", id)
        .replace("@type@", kind.word())
        .replace("@title@", &quoted)
        .replace("@fields@\n", &fields);
    format!("{}{headings}", text.trim_end_matches('\n').to_owned() + "\n")
}
