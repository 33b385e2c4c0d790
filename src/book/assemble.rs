//! Putting the book together: translations to their originals, pages to documents, ids to what they mean.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::history::History;
use super::matcher::{Found, Matcher};
use super::places::{self, Clash, Thing, is_below};
use super::resolve::{Resolver, Target};
use super::translation::{self, Edition};
use super::{Book, Document, DocumentKey, Folder, Reference, ReferenceKind};
use crate::address;
use crate::catalog::{Catalogs, ItemKind};
use crate::config::Config;
use crate::document::types::Details;
use crate::document::{DocumentType, LinkKind, Manuscript};
use crate::files::{FilePath, Files, Hash, hash_of};
use crate::finding::{Finding, Place};
use crate::id::{CatalogId, Role, natural_order};
use crate::language::Localized;
use crate::text::Spanned;
use crate::value::{Fields, Report};

/// What the book is made of.
#[derive(Debug, Clone)]
pub struct Sources {
    /// `book.toml`.
    pub config: Config,
    /// The shipped catalogs and the book's own.
    pub catalogs: Catalogs,
    /// Every Markdown file of the book, in the order of paths.
    pub manuscripts: Vec<Arc<Manuscript>>,
    /// Every file.
    pub files: Files,
    /// What reading configuration and catalogs found.
    pub findings: Vec<Finding>,
    /// The commit that the files stand at.
    pub commit: Option<String>,
    /// What git remembers of the files.
    pub history: Arc<History>,
}

/// The bare ids of one file: the run they stand in, and what was found.
pub type Scanned = Arc<Vec<(usize, Found)>>;

/// A hash of all that the bare ids of a text depend on but the text itself: as long as it stays, so do they.
fn vocabulary(ids: &BTreeMap<String, DocumentKey>, sources: &Sources) -> Hash {
    let config = &sources.config;
    let own_catalogs: Vec<_> = sources.files.under("catalogs/").map(|(path, file)| (path, file.hash)).collect();
    hash_of(format!("{ids:?}{own_catalogs:?}{:?}{}", config.isms, config.build.autolink).as_bytes())
}

/// Puts the book together. `scan` gives the bare ids of a file, by a matcher and the hash of its vocabulary.
pub fn assemble(sources: Sources, scan: impl Fn(&Manuscript, &Matcher<'_>, &Hash) -> Scanned + Sync) -> Book {
    let editions = sorted(translation::pair(&sources.manuscripts, &sources.config));
    let ids = ids_of(&editions);
    let vocabulary = vocabulary(&ids, &sources);
    let mut findings = sources.findings.clone();
    findings.extend(sources.manuscripts.iter().flat_map(|manuscript| manuscript.findings.iter().cloned()));
    let mut documents = documents(&editions, &sources.config);
    findings.extend(language_folders(&documents, &sources.config));
    let folders = folders(&documents, &sources.files);
    let twins =
        editions.iter().enumerate().filter_map(|(key, edition)| Some((DocumentKey(key), edition.twin.clone()?)));
    let Sources { catalogs, files, config, .. } = &sources;
    let mut places = places::give(&mut documents, &folders, &twins.collect(), catalogs, files, config);
    let shortened = documents.iter().zip(&editions).filter_map(|(document, edition)| {
        let wanted = address::too_long(&edition.stem)?;
        Some(Clash { thing: Thing::Document(document.key), wanted, moved: document.page.clone(), by: None })
    });
    places.clashes.extend(shortened);
    for (document, edition) in documents.iter().zip(&editions).filter(|(_, edition)| edition.orphan) {
        let finding = Finding::new("TRN703", document.place()).document(Some(document.name()));
        findings.push(finding.with("original", &*edition.missing));
    }
    let mut by_path = BTreeMap::new();
    for document in &documents {
        for (_, manuscript) in document.manuscripts() {
            by_path.insert(manuscript.path.clone(), document.key);
        }
    }
    let mut book = Book {
        config: sources.config,
        catalogs: sources.catalogs,
        documents,
        folders,
        places,
        references: Vec::new(),
        links: Vec::new(),
        findings,
        files: sources.files,
        commit: sources.commit,
        history: sources.history,
        scanned: BTreeMap::new(),
        by_id: ids,
        by_path,
        to_item: BTreeMap::new(),
        to_document: BTreeMap::new(),
        from_document: Vec::new(),
    };
    link(&mut book, |manuscript, matcher| scan(manuscript, matcher, &vocabulary));
    book.links = super::link::collect(&book);
    book
}

/// The editions in the order of the navigation: by folder, then by `order`, then naturally by id or name; a folder's page
/// comes first.
fn sorted(mut editions: Vec<Edition>) -> Vec<Edition> {
    let order = |edition: &Edition| edition.original.metadata.order.unwrap_or(i64::MAX);
    editions.sort_by(|left, right| {
        natural_order(folder_of(&left.stem), folder_of(&right.stem))
            .then_with(|| is_index(right).cmp(&is_index(left)))
            .then_with(|| order(left).cmp(&order(right)))
            .then_with(|| natural_order(name_of(left), name_of(right)))
            .then_with(|| left.stem.cmp(&right.stem))
    });
    editions
}

fn name_of(edition: &Edition) -> &str {
    edition.original.metadata.id.as_ref().map_or(&edition.stem, |id| &id.value)
}

fn is_index(edition: &Edition) -> bool {
    edition.stem == "index" || edition.stem.ends_with("/index")
}

/// The documents by id; of two with one id the first counts.
fn ids_of(editions: &[Edition]) -> BTreeMap<String, DocumentKey> {
    let mut ids = BTreeMap::new();
    for (key, edition) in editions.iter().enumerate() {
        if let Some(id) = &edition.original.metadata.id {
            ids.entry(id.value.clone()).or_insert(DocumentKey(key));
        }
    }
    ids
}

fn documents(editions: &[Edition], config: &Config) -> Vec<Document> {
    let indexed = editions.iter().filter(|edition| is_index(edition));
    let index_folders: BTreeSet<&str> = indexed.map(|edition| folder_of(&edition.stem)).collect();
    let numbered = editions.iter().enumerate();
    numbered.map(|(key, edition)| document(DocumentKey(key), edition, &index_folders, config)).collect()
}

fn folder_of(stem: &str) -> &str {
    stem.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn document(key: DocumentKey, edition: &Edition, index_folders: &BTreeSet<&str>, config: &Config) -> Document {
    let original = &edition.original;
    let folder = folder_of(&edition.stem);
    let name = edition.stem.rsplit('/').next().unwrap_or_default();
    let readme = name.eq_ignore_ascii_case("readme") && !index_folders.contains(folder);
    let stem = if readme {
        format!("{}index", edition.stem.strip_suffix(name).unwrap_or_default())
    } else {
        edition.stem.clone()
    };
    let mut title = Localized::plain(&original.title(&edition.language));
    title.insert(edition.language.clone(), &original.title(&edition.language));
    if let Some(given) = &original.metadata.title {
        title.translate(&edition.language, given);
    }
    let given = original.metadata.summary.clone().unwrap_or_default();
    let mut summary = given.clone();
    // What the original says plainly is said in its language, so that a page of another language can say which it is.
    summary.translate(&edition.language, &given);
    let mut details = original.details.clone();
    details.translate(&edition.language, &original.details);
    for (language, translation) in &edition.translations {
        if translation.metadata.title.is_some() || original.metadata.title.is_none() {
            title.insert(language.clone(), &translation.title(language));
        }
        if let Some(translated) = &translation.metadata.summary {
            summary.translate(language, translated);
        }
        if let Some(kind) = &original.metadata.kind {
            details.translate(language, &translated_details(translation, &kind.value));
        }
    }
    Document {
        key,
        id: original.metadata.id.as_ref().map(|id| id.value.clone()),
        kind: original.metadata.kind.as_ref().map(|kind| kind.value.clone()),
        title,
        summary,
        page: address::document(&stem),
        folder: folder.to_owned(),
        is_index: readme || is_index(edition),
        language: edition.language.clone(),
        original: Arc::clone(original),
        translations: edition.translations.clone(),
        details,
        editions: super::control::editions(edition, config),
    }
}

/// The fields of the original's type that a translation repeats in its own language.
fn translated_details(translation: &Manuscript, kind: &DocumentType) -> Details {
    let quiet = Report::new(&translation.path, "DOC003");
    Details::read(kind, &Fields::new("front matter", &translation.front, &quiet))
}

/// A folder that is named like another language of the book: the pages of that language stand there (BOK005).
fn language_folders(documents: &[Document], config: &Config) -> Vec<Finding> {
    let other_languages = config.languages.iter().skip(1);
    let first = other_languages.filter_map(|language| {
        let document = documents.iter().find(|document| is_below(&document.page, language.code()))?;
        let finding = Finding::new("BOK005", document.place()).variant("language");
        Some(finding.with("folder", language.code()).document(Some(document.name())))
    });
    first.collect()
}

/// The folders: those of the documents make the navigation; one that holds other files only can be linked to.
fn folders(documents: &[Document], files: &Files) -> Vec<Folder> {
    let mut by_path: BTreeMap<String, Folder> = BTreeMap::from([(String::new(), Folder::default())]);
    for document in documents {
        add_folder(&mut by_path, &document.folder);
        let folder = by_path.entry(document.folder.clone()).or_default();
        if document.is_index && folder.index.is_none() {
            folder.index = Some(document.key);
        } else {
            folder.documents.push(document.key);
        }
    }
    let in_navigation: BTreeSet<String> = by_path.keys().cloned().collect();
    for (path, _) in content_files(files).filter(|(path, _)| !path.is_markdown()) {
        let folder = path.folder().strip_prefix("content").unwrap_or_default().trim_start_matches('/');
        add_folder(&mut by_path, folder);
        by_path.entry(folder.to_owned()).or_default().files.push(path.clone());
    }
    let paths: Vec<String> = by_path.keys().cloned().collect();
    let at: BTreeMap<&str, usize> = paths.iter().enumerate().map(|(at, path)| (path.as_str(), at)).collect();
    let mut folders: Vec<Folder> = by_path.into_values().collect();
    let mut order: Vec<usize> = (1..folders.len()).filter(|at| in_navigation.contains(&paths[*at])).collect();
    let rank = |folder: &Folder| folder.index.and_then(|key| documents[key.0].metadata().order).unwrap_or(i64::MAX);
    order.sort_by(|a, b| {
        rank(&folders[*a]).cmp(&rank(&folders[*b])).then_with(|| natural_order(&paths[*a], &paths[*b]))
    });
    for child in order {
        if let Some(parent) = at.get(folder_of(&paths[child])) {
            folders[*parent].folders.push(child);
        }
    }
    folders
}

/// The folders that have a page made for them: those without one of their own. In a folder that is named like a language,
/// the pages of that language's own folders have their place.
pub fn bare_folders<'a>(folders: &'a [Folder], config: &'a Config) -> impl Iterator<Item = (usize, &'a Folder)> {
    let known = |path: &str| folders.binary_search_by(|folder| folder.path.as_str().cmp(path)).is_ok();
    let of_language = move |path: &str| {
        let (folder, rest) = path.split_once('/').unwrap_or((path, ""));
        let mut others = config.languages.iter().skip(1);
        others.any(|other| folder.eq_ignore_ascii_case(other.code())) && known(rest)
    };
    let bare = folders.iter().enumerate().filter(|(_, folder)| folder.index.is_none() && !folder.path.is_empty());
    bare.filter(move |(_, folder)| !of_language(&folder.path))
}

/// Adds a folder and those that hold it.
fn add_folder(by_path: &mut BTreeMap<String, Folder>, path: &str) {
    let mut path = path;
    while !by_path.contains_key(path) {
        by_path.insert(path.to_owned(), Folder { path: path.to_owned(), ..Folder::default() });
        path = folder_of(path);
    }
}

/// An item as plain texts, which compare faster than natural ids.
type ItemKey = (CatalogId, Arc<str>);

/// What one document names.
struct Named {
    references: Vec<Reference>,
    /// The bare ids of its files.
    scans: Vec<(FilePath, Scanned)>,
    /// Which of the references name an item, by the item.
    to_item: BTreeMap<ItemKey, Vec<usize>>,
}

/// Resolves every naming of an item or a document, and notes it at both ends.
fn link(book: &mut Book, scan: impl Fn(&Manuscript, &Matcher<'_>) -> Scanned + Sync) {
    use rayon::prelude::*;
    let resolver = Resolver { catalogs: &book.catalogs, config: &book.config, documents: &book.by_id };
    let matcher = Matcher::new(&book.catalogs, &book.config, &book.by_id);
    let reference_book = &*book;
    let named = |document: &Document| {
        let mut references = named_in_front_matter(document, resolver);
        let mut scans = Vec::new();
        for (_, manuscript) in document.manuscripts() {
            let scanned = scan(manuscript, &matcher);
            named_in_text(document.key, manuscript, resolver, reference_book, &mut references);
            found_in_text(document.key, manuscript, &scanned, &mut references);
            scans.push((manuscript.path.clone(), scanned));
        }
        let to_item = by_item(&references);
        Named { references, scans, to_item }
    };
    let collected: Vec<Named> = book.documents.par_iter().map(named).collect();
    let mut references = Vec::with_capacity(collected.iter().map(|named| named.references.len()).sum());
    for named in collected {
        let start = references.len();
        for (item, at) in named.to_item {
            book.to_item.entry(item).or_default().extend(at.into_iter().map(|at| start + at));
        }
        references.extend(named.references);
        book.from_document.push(start..references.len());
        book.scanned.extend(named.scans);
    }
    for (at, reference) in references.iter().enumerate() {
        if let Some(key) = reference.target.document() {
            book.to_document.entry(key).or_default().push(at);
        }
    }
    book.references = references;
}

/// The places of the references to each item.
fn by_item(references: &[Reference]) -> BTreeMap<ItemKey, Vec<usize>> {
    let mut places: BTreeMap<(&CatalogId, &Arc<str>), Vec<usize>> = BTreeMap::new();
    for (at, reference) in references.iter().enumerate() {
        if let Some(item) = reference.target.item() {
            places.entry((&item.catalog, &item.id)).or_default().push(at);
        }
    }
    places.into_iter().map(|((catalog, id), at)| ((catalog.clone(), Arc::clone(id)), at)).collect()
}

fn named_in_front_matter(document: &Document, resolver: Resolver<'_>) -> Vec<Reference> {
    let metadata = document.metadata();
    let path = &document.original.path;
    let reference = |kind, written: &Spanned<String>, target, roles: &[Spanned<Role>], entry| Reference {
        from: document.key,
        kind,
        text: written.value.clone(),
        place: Place::new(path, written.span),
        target,
        roles: roles.iter().map(|role| role.value.clone()).collect(),
        entry,
        anchor: None,
    };
    let mut references = Vec::new();
    let kind = match document.kind {
        Some(DocumentType::Risk | DocumentType::Decision) => ReferenceKind::Selects,
        Some(DocumentType::Obligation) => ReferenceKind::Obliges,
        Some(DocumentType::Audit) => ReferenceKind::Audits,
        _ => ReferenceKind::Implements,
    };
    for (entry, control) in metadata.controls.iter().enumerate() {
        for target in resolver.items(&control.id.value, ItemKind::Control) {
            references.push(reference(kind, &control.id, target, &control.roles, entry));
        }
    }
    let audits = kind == ReferenceKind::Audits;
    for (entry, written) in metadata.requirements.iter().enumerate() {
        let kind = if audits { ReferenceKind::Audits } else { ReferenceKind::Proves };
        for target in resolver.items(&written.value, ItemKind::Requirement) {
            references.push(reference(kind, written, target, &[], entry));
        }
    }
    for (entry, written) in metadata.related.iter().enumerate() {
        for target in related(&written.value, resolver) {
            references.push(reference(ReferenceKind::Related, written, target, &[], entry));
        }
    }
    match &document.details {
        Details::Risk(risk) => {
            for (entry, written) in risk.sources.iter().enumerate() {
                for target in resolver.items(&written.value, ItemKind::RiskSource) {
                    references.push(reference(ReferenceKind::Considers, written, target, &[], entry));
                }
            }
        }
        Details::Decision(decision) => {
            for (entry, written) in decision.risks.iter().enumerate() {
                for target in resolver.listed_documents(&written.value) {
                    references.push(reference(ReferenceKind::Treats, written, target, &[], entry));
                }
            }
        }
        Details::Applicability(applicability) => {
            for (entry, line) in applicability.decisions.iter().enumerate() {
                for written in &line.controls {
                    for target in resolver.items(&written.value, ItemKind::Control) {
                        references.push(reference(ReferenceKind::Decides, written, target, &line.roles, entry));
                    }
                }
            }
        }
        Details::Audit(audit) => {
            for (entry, nonconformity) in audit.nonconformities.iter().enumerate() {
                let named =
                    [(&nonconformity.control, ItemKind::Control), (&nonconformity.requirement, ItemKind::Requirement)];
                for (written, kind) in named {
                    let Some(written) = written else { continue };
                    references.push(reference(
                        ReferenceKind::Nonconforms,
                        written,
                        resolver.item(&written.value, kind),
                        &[],
                        entry,
                    ));
                }
            }
        }
        _ => {}
    }
    references
}

/// What a value under `related` means: what `[[…]]` would, or a range of items of any kind, or of documents.
fn related(written: &str, resolver: Resolver<'_>) -> Vec<Target> {
    let target = resolver.wiki(written);
    if !matches!(target, Target::Unknown { .. } | Target::UnknownDocument) {
        return vec![target];
    }
    let kinds = [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource];
    let ranges = kinds.into_iter().map(|kind| resolver.items(written, kind));
    let mut ranges = ranges.chain([resolver.listed_documents(written)]);
    let known = |targets: &Vec<Target>| !matches!(targets[..], [Target::Unknown { .. } | Target::UnknownDocument]);
    ranges.find(known).unwrap_or_else(|| vec![target])
}

/// Wiki links, and links that lead to a document of the book.
fn named_in_text(
    from: DocumentKey,
    manuscript: &Manuscript,
    resolver: Resolver<'_>,
    book: &Book,
    references: &mut Vec<Reference>,
) {
    for (entry, link) in manuscript.body.links.iter().enumerate() {
        let (target, anchor) = match link.kind {
            LinkKind::Image => continue,
            LinkKind::Wiki => match wiki_parts(&link.destination) {
                Some((name, anchor)) => (resolver.wiki(name), anchor.map(str::to_owned)),
                None => continue,
            },
            LinkKind::Link => match super::link::resolve(book, &manuscript.path, &link.destination) {
                super::link::LinkTarget::Document(key, anchor) => (Target::Document(key), anchor),
                _ => continue,
            },
        };
        references.push(Reference {
            from,
            kind: ReferenceKind::Mentions,
            text: link.destination.clone(),
            place: Place::new(&manuscript.path, link.span),
            target,
            roles: Vec::new(),
            entry,
            anchor,
        });
    }
}

/// The name and the anchor of a wiki link; none for `[[_TOC_]]` and the like, which are no references.
pub fn wiki_parts(destination: &str) -> Option<(&str, Option<&str>)> {
    let destination = destination.trim();
    if destination.is_empty() || destination.starts_with('_') {
        return None;
    }
    let (name, anchor) = destination.split_once('#').map_or((destination, None), |(name, anchor)| (name, Some(anchor)));
    Some((name.trim(), anchor.map(str::trim)))
}

fn found_in_text(
    from: DocumentKey,
    manuscript: &Manuscript,
    scanned: &[(usize, Found)],
    references: &mut Vec<Reference>,
) {
    references.reserve(scanned.len());
    for (run, found) in scanned {
        let run = &manuscript.body.runs[*run];
        let place = Place::new(&manuscript.path, run.span(found.start, found.end));
        let mention = |target: Target| Reference {
            from,
            kind: ReferenceKind::Mentions,
            text: run.text[found.start..found.end].to_owned(),
            place: place.clone(),
            target,
            roles: Vec::new(),
            entry: usize::MAX,
            anchor: None,
        };
        references.push(mention(found.target.clone()));
        references.extend(found.between.iter().map(|item| mention(Target::Item { item: item.clone(), part: None })));
    }
}

/// The files below `content/` that are built: no name on their path begins with `_` or `.`.
pub fn content_files(files: &Files) -> impl Iterator<Item = (&FilePath, &crate::files::File)> {
    files.under("content/").filter(|(path, _)| !path.is_unbuilt())
}
