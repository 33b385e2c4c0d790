//! Front matter: found, read, and given its aliases and defaults.

mod fences;
mod salvage;

use std::collections::BTreeSet;

use fences::{Fences, Head, bom, key_of};

use super::types::{self, Details, type_words};
use super::{ControlEntry, DocumentType, Evidence, Metadata, Revision};
use crate::config::Config;
use crate::files::FilePath;
use crate::finding::{Change, Finding, Place, Remedy};
use crate::text::{Span, Spanned};
use crate::value::{Asked, Fields, Key, Node, Report, Shape, UnknownKey, Value, localized, scalar};
use crate::yaml;

/// What the head of a file gave.
#[derive(Debug)]
pub(super) struct Front {
    pub(super) metadata: Metadata,
    pub(super) details: Details,
    pub(super) node: Node,
    pub(super) span: Span,
    pub(super) body_start: usize,
    pub(super) findings: Vec<Finding>,
    pub(super) unknown: Vec<UnknownKey>,
    pub(super) people: Vec<Spanned<String>>,
}

/// An empty map.
pub(super) fn empty_map() -> Node {
    Node { value: Value::Map(Vec::new()), span: Span::default() }
}

/// Reads the front matter of a file; a file without any has an empty one.
pub(super) fn read(path: &FilePath, text: &str, config: &Config) -> Front {
    let report = Report::new(path, "DOC003");
    let (mut node, fences) = match fences::head(text) {
        Head::Fences(fences) => (parse(path, text, &fences, &report), Some(fences)),
        Head::Unclear(fences) => {
            parse(path, text, &fences, &report);
            (empty_map(), None)
        }
        Head::Text => {
            report_missing_fence(path, text, &report);
            if let Some(found) = fences::misplaced(text) {
                let finding = Finding::new("DOC022", Place::new(path, found.span)).variant(found.cause);
                let remedy = Remedy::safe(Change::Lift, finding.place.clone());
                report.add(finding.remedy_some(found.can_be_lifted().then_some(remedy)));
            }
            (empty_map(), None)
        }
    };
    let inner = fences.as_ref().map_or(Span::default(), |fences| fences.inner);
    apply_aliases(&mut node, config);
    apply_defaults(&mut node, path, config, inner);
    report_cut(path, text, &node, &report);
    let fields = Fields::new("front matter", &node, &report);
    let metadata = metadata(&fields, config, &report);
    let details = metadata.kind.as_ref().map_or(Details::None, |kind| Details::read(&kind.value, &fields));
    fields.finish(&own_fields(&metadata, config));
    let people = report.people();
    let (findings, unknown) = report.finish();
    Front {
        metadata,
        details,
        node,
        span: fences.as_ref().map_or(Span::default(), |fences| fences.outer),
        body_start: fences.map_or_else(|| bom(text), |fences| fences.outer.end),
        findings,
        unknown,
        people,
    }
}

/// Where the YAML between the fences of a file stands; none where it has no front matter.
///
/// # Errors
/// The place of fences that are torn, or of what may be meant for a front matter and is none.
pub fn inner(text: &str) -> Result<Option<Span>, Span> {
    match fences::head(text) {
        Head::Fences(fences) if fences.closed => Ok(Some(fences.inner)),
        Head::Fences(fences) | Head::Unclear(fences) => Err(Span::new(fences.outer.start, fences.inner.start)),
        Head::Text => Ok(None),
    }
}

/// The line that opens keys which do not count, whatever is in their way.
pub fn misplaced_keys(text: &str) -> Option<Span> {
    fences::misplaced(text).map(|found| found.span)
}

/// Where a front matter in YAML stands that does not count, since something stands above it: from its first fence to the end
/// of its last.
pub fn misplaced(text: &str) -> Option<Span> {
    let found = fences::misplaced(text).filter(fences::Misplaced::can_be_lifted)?;
    fences::between(text, found.span.start).map(|fences| fences.outer)
}

/// The fields that the book's own type of a document requires.
fn own_fields<'a>(metadata: &Metadata, config: &'a Config) -> Vec<&'a str> {
    match metadata.kind.as_ref().map(|kind| &kind.value) {
        Some(DocumentType::Own(name)) => {
            config.types.get(name).into_iter().flat_map(|own| &own.required).map(String::as_str).collect()
        }
        _ => Vec::new(),
    }
}

fn parse(path: &FilePath, text: &str, fences: &Fences, report: &Report) -> Node {
    if !fences.closed {
        let opening = Span::new(fences.outer.start, fences.outer.start + 3);
        let end = Place::new(path, Span::new(fences.inner.end, fences.inner.end));
        let open = !fences.inner.of(text).ends_with('\n');
        let fence = if open { "\n---\n" } else { "---\n" };
        let remedy = Remedy::doubtful(Change::Write(fence.to_owned()), end);
        report.add(Finding::new("DOC001", Place::new(path, opening)).variant("unclosed").remedy(remedy));
    }
    let inner = fences.inner.of(text);
    match yaml::parse(inner) {
        Ok(mut node) => {
            shift(&mut node, fences.inner.start);
            if matches!(node.value, Value::Map(_)) {
                return node;
            }
            if let Some(at) = inner.find('：') {
                let span = Span::new(fences.inner.start + at, fences.inner.start + at + '：'.len_utf8());
                let finding = Finding::new("DOC001", Place::new(path, span)).variant("full-width-colon");
                let remedy = Remedy::safe(Change::Write(": ".to_owned()), finding.place.clone());
                report.add(finding.with("found", "：").remedy(remedy));
            }
            salvage::salvage(inner, fences.inner.start).0
        }
        Err(fault) => {
            let (node, mut faults) = salvage::salvage(inner, fences.inner.start);
            faults.retain(|other| other.span.start != fault.span.start);
            faults.insert(0, fault);
            // Where the fences are torn the YAML goes on into the text: the missing fence is the one slip to tell.
            if fences.closed {
                for fault in faults {
                    report.add(fault.finding("DOC001", path, fences.inner.start));
                }
            }
            node
        }
    }
}

/// Values that YAML ends before a `#` that stands close to what follows it: `Policy #3` is `Policy` and a comment.
fn report_cut(path: &FilePath, text: &str, node: &Node, report: &Report) {
    match &node.value {
        Value::List(nodes) => nodes.iter().for_each(|node| report_cut(path, text, node, report)),
        Value::Map(entries) => entries.iter().for_each(|(_, node)| report_cut(path, text, node, report)),
        Value::Text(value) | Value::Literal(value) => {
            let Some(rest) = text.get(node.span.end..).and_then(|rest| rest.lines().next()) else { return };
            let bare = rest.trim();
            let close = bare.strip_prefix('#').is_some_and(|behind| behind.starts_with(|c: char| c.is_alphanumeric()));
            if !close || node.span.start == node.span.end || !rest.starts_with(' ') {
                return;
            }
            let start = node.span.end + (bare.as_ptr() as usize - rest.as_ptr() as usize);
            let end = start + bare.len();
            let finding = Finding::new("DOC003", Place::new(path, Span::new(start, end))).variant("cut");
            let whole = format!("{value}{}", rest.trim_end());
            let place = Place::new(path, Span::new(node.span.start, end));
            let plain = !whole.contains(['"', '\\']);
            let remedy = plain.then(|| Remedy::doubtful(Change::Write(format!("\"{whole}\"")), place));
            report.add(finding.with("found", value.as_str()).with("whole", whole).remedy_some(remedy));
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn shift(node: &mut Node, offset: usize) {
    node.span = node.span.moved(offset);
    match &mut node.value {
        Value::List(nodes) => nodes.iter_mut().for_each(|node| shift(node, offset)),
        Value::Map(entries) => {
            for (key, node) in entries {
                key.span = key.span.moved(offset);
                shift(node, offset);
            }
        }
        _ => {}
    }
}

/// A header whose opening `---` is missing: keys that we know, then a closing `---`.
fn report_missing_fence(path: &FilePath, text: &str, report: &Report) {
    let start = bom(text);
    let mut known = 0;
    for line in text[start..].lines().take(30) {
        if line.trim_end() == "---" {
            if known >= 2 {
                let first = text[start..].lines().next().unwrap_or_default();
                let span = Span::new(start, start + first.len());
                let above = Place::new(path, Span::new(start, start));
                let remedy = Remedy::doubtful(Change::Write("---\n".to_owned()), above);
                report.add(Finding::new("DOC001", Place::new(path, span)).variant("unopened").remedy(remedy));
            }
            return;
        }
        match key_of(line) {
            Some((key, _)) if key.is_ascii() => known += 1,
            _ if line.starts_with([' ', '-']) => {}
            _ => return,
        }
    }
}

fn apply_aliases(node: &mut Node, config: &Config) {
    let Value::Map(entries) = &mut node.value else { return };
    for (alias, name) in &config.aliases {
        if entries.iter().any(|(key, node)| key.value == *name && !node.is_empty()) {
            continue;
        }
        let Some((key, found)) = take(entries, alias) else { continue };
        entries.retain(|(key, _)| key.value != *name);
        entries.push((Spanned::new(name.clone(), key.span), found));
    }
}

/// Takes the value under a key, or under a dotted path of keys, out of the entries.
fn take(entries: &mut Vec<(Key, Node)>, path: &str) -> Option<(Key, Node)> {
    if let Some(at) = entries.iter().position(|(key, _)| key.value == path) {
        return Some(entries.remove(at));
    }
    let (first, rest) = path.split_once('.')?;
    let at = entries.iter().position(|(key, _)| key.value == first)?;
    let Value::Map(inner) = &mut entries[at].1.value else { return None };
    let found = take(inner, rest)?;
    if inner.is_empty() {
        entries.remove(at);
    }
    Some(found)
}

fn apply_defaults(node: &mut Node, path: &FilePath, config: &Config, inner: Span) {
    let Value::Map(entries) = &mut node.value else { return };
    let relative = path.as_str().strip_prefix("content/").unwrap_or(path.as_str());
    for defaults in config.defaults.iter().filter(|defaults| glob_matches(&defaults.path, relative)) {
        for (name, value) in &defaults.values {
            let place = Span::new(inner.start, inner.start);
            let mut value = value.clone();
            place_all(&mut value, place);
            match entries.iter_mut().find(|(key, _)| key.value == *name) {
                Some((_, old)) if old.is_empty() => *old = value,
                Some(_) => {}
                None => entries.push((Spanned::new(name.clone(), place), value)),
            }
        }
    }
}

fn place_all(node: &mut Node, place: Span) {
    node.span = place;
    match &mut node.value {
        Value::List(nodes) => nodes.iter_mut().for_each(|node| place_all(node, place)),
        Value::Map(entries) => {
            for (key, node) in entries {
                key.span = place;
                place_all(node, place);
            }
        }
        _ => {}
    }
}

/// Whether a path fits a pattern: `*` within a name, `**` across folders.
pub fn glob_matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.strip_prefix("content/").unwrap_or(pattern);
    let mut pattern: Vec<&str> = pattern.split('/').collect();
    pattern.dedup_by(|one, other| *one == "**" && *other == "**");
    let path: Vec<&str> = path.split('/').collect();
    parts_match(&pattern, &path)
}

fn parts_match(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            parts_match(rest, path) || path.split_first().is_some_and(|(_, path)| parts_match(pattern, path))
        }
        (Some((part, pattern)), Some((name, path))) => name_matches(part, name) && parts_match(pattern, path),
        _ => false,
    }
}

fn name_matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut remaining) = name.strip_prefix(first) else { return false };
    let parts: Vec<&str> = rest.split('*').collect();
    let (last, middle) = parts.split_last().map_or(("", &[][..]), |(last, middle)| (*last, middle));
    for part in middle {
        match remaining.find(part) {
            Some(at) => remaining = &remaining[at + part.len()..],
            None => return false,
        }
    }
    remaining.len() >= last.len() && remaining.ends_with(last)
}

fn metadata(fields: &Fields<'_>, config: &Config, report: &Report) -> Metadata {
    Metadata {
        id: fields.text("id"),
        kind: document_type(fields, config, report),
        title: fields.localized("title"),
        owner: fields.person("owner"),
        approver: fields.person("approver"),
        status: fields.choice("status"),
        version: fields.text("version"),
        approved: fields.date("approved"),
        effective: fields.date("effective"),
        reviewed: fields.date("reviewed"),
        next_review: fields.date("next_review"),
        classification: fields.text("classification"),
        summary: fields.localized("summary"),
        tags: fields.texts("tags").into_iter().map(|tag| tag.value).collect(),
        order: fields.number("order").map(|order| order.value),
        controls: control_entries(fields),
        requirements: fields.ids("requirements"),
        related: fields.ids("related"),
        evidence: fields.list("evidence", evidence),
        revisions: fields.list("revisions", revision),
    }
}

/// The fields that every document may have, as the reader asks for them.
pub fn common_fields() -> Vec<Asked> {
    let report = Report::noting();
    let nothing = empty_map();
    let fields = Fields::new("front matter", &nothing, &report);
    metadata(&fields, &Config::default(), &report);
    fields.finish(&[]);
    report.asked()
}

/// The places of the values in a front matter that are words for readers: what they say depends on the language.
pub fn texts(path: &FilePath, front: &Node, kind: Option<&DocumentType>, config: &Config) -> BTreeSet<Span> {
    let quiet = Report::new(path, "DOC003");
    let fields = Fields::new("front matter", front, &quiet);
    metadata(&fields, config, &quiet);
    if let Some(kind) = kind {
        Details::read(kind, &fields);
    }
    quiet.texts()
}

fn document_type(fields: &Fields<'_>, config: &Config, report: &Report) -> Option<Spanned<DocumentType>> {
    fields.note("type", || Shape::Choice(type_words().map(str::to_owned).collect()));
    let node = fields.node("type")?;
    let word = node.scalar().unwrap_or_default();
    if let Some(kind) = DocumentType::from_word(word, config) {
        return Some(Spanned::new(kind, node.span));
    }
    let own = config.types.keys().map(String::as_str);
    let words: Vec<&str> = type_words().chain(own).collect();
    report.not_in("type", node, &words);
    None
}

/// The `controls` of a document: ids, or maps with an id and more.
pub(super) fn control_entries(fields: &Fields<'_>) -> Vec<ControlEntry> {
    fields.ids_with("controls", control_entry)
}

fn control_entry(node: &Node, report: &Report) -> Option<ControlEntry> {
    if !matches!(node.value, Value::Map(_)) {
        let id = Spanned::new(scalar("controls", node, report)?, node.span);
        return Some(ControlEntry {
            id,
            roles: Vec::new(),
            status: None,
            due: None,
            section: None,
            note: None,
            evidence: Vec::new(),
        });
    }
    let fields = Fields::new("controls", node, report);
    let id = fields.required_text("id", node);
    let roles = types::roles(&fields);
    let (status, due, section) = (fields.choice("status"), fields.date("due"), fields.text("section"));
    let (note, evidence) = (fields.localized("note"), fields.list("evidence", evidence));
    fields.finish(&[]);
    Some(ControlEntry { id: id?, roles, status, due, section, note, evidence })
}

/// One entry of `evidence`: a title alone, or a map.
pub(super) fn evidence(node: &Node, report: &Report) -> Option<Evidence> {
    if !matches!(node.value, Value::Map(_)) {
        let title = localized("evidence", node, report)?;
        return Some(Evidence {
            title,
            path: None,
            url: None,
            owner: None,
            date: None,
            valid_until: None,
            span: node.span,
        });
    }
    let fields = Fields::new("evidence", node, report);
    let (path, url) = (fields.text("path"), fields.text("url"));
    let title =
        fields.localized("title").or_else(|| path.as_ref().or(url.as_ref()).map(|place| place.value.as_str().into()));
    let evidence = Evidence {
        title: title.unwrap_or_default(),
        path,
        url,
        owner: fields.person("owner").map(|owner| owner.value),
        date: fields.date("date"),
        valid_until: fields.date("valid_until"),
        span: node.span,
    };
    fields.finish(&[]);
    Some(evidence)
}

fn revision(node: &Node, report: &Report) -> Option<Revision> {
    let fields = Fields::new("revisions", node, report);
    let revision = Revision {
        version: fields.text("version"),
        date: fields.date("date"),
        author: fields.text("author").map(|author| author.value),
        summary: fields.localized("summary").unwrap_or_default(),
        approver: fields.person("approver").map(|approver| approver.value),
    };
    fields.finish(&[]);
    Some(revision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_names_and_folders() {
        assert!(glob_matches("policies/**", "policies/a/b.md"));
        assert!(glob_matches("**/*.en.md", "a/b/c.en.md"));
        assert!(glob_matches("*.md", "a.md"));
        assert!(!glob_matches("*.md", "a/b.md"));
        assert!(!glob_matches("policies/*", "procedures/a.md"));
        // Two wildcards over folders in a row are one: each more would double the ways to try.
        let (pattern, deep) = ("**/".repeat(60) + "b", "a/".repeat(60) + "a");
        assert!(!glob_matches(&pattern, &deep) && glob_matches(&pattern, "x/y/b") && glob_matches("**/**", "a/b"));
    }
}
