//! Fixes: what a rule says may be done about a finding, as edits; and a book mended by them, in rounds.

use std::collections::BTreeMap;

use super::front_matter::FrontMatter;
use super::yaml::{Step, Yaml};
use super::{Data, Edit, Piece, Reason, Refusal, Refused, apply, apply_to};
use crate::config::parse_toml;
use crate::date::Date;
use crate::document::front_matter;
use crate::files::{FilePath, Files};
use crate::finding::{Change, Finding, Place, Remedy};
use crate::project::Snapshot;
use crate::text::Span;
use crate::value::{Node, Value};
use crate::words::Words;

/// What a machine can do about a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does: its words stand under `fix.TITLE`.
    pub title: &'static str,
    /// What will stand there, where it is a text.
    pub text: String,
    /// Whether nobody needs to look at the outcome.
    pub safe: bool,
    /// How.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// What it does, in words.
    pub fn said(&self, words: &Words) -> String {
        words.fill(&format!("fix.{}", self.title), &[("text", self.text.trim())])
    }
}

/// Rounds after which a book is left as it is.
const ROUNDS: usize = 10;

/// The fixes of a finding that can be made of the files as they are, and why others cannot.
pub fn of(files: &Files, finding: &Finding) -> (Vec<Fix>, Vec<Refusal>) {
    let (mut fixes, mut refused) = (Vec::new(), Vec::new());
    for remedy in &finding.remedies {
        match edits(files, remedy) {
            Ok(edits) => {
                let change = remedy.changes.first().map_or(&Change::Remove, |(change, _)| change);
                let (title, text) = (title(change), text_of(change).to_owned());
                fixes.push(Fix { title, text, safe: remedy.safe, edits });
            }
            Err(refusal) => refused.push(refusal),
        }
    }
    (fixes, refused)
}

fn title(change: &Change) -> &'static str {
    match change {
        Change::Say(_) => "say",
        Change::Rename(_) => "rename",
        Change::Write(text) if text.trim().is_empty() => "remove",
        Change::Write(_) => "write",
        Change::Remove | Change::RemoveMap => "remove",
        Change::Lift => "lift",
    }
}

fn text_of(change: &Change) -> &str {
    match change {
        Change::Say(text) | Change::Rename(text) | Change::Write(text) => text,
        Change::Remove | Change::RemoveMap | Change::Lift => "",
    }
}

/// The edits that a remedy asks for.
///
/// # Errors
/// Where they cannot be made safely.
pub fn edits(files: &Files, remedy: &Remedy) -> Result<Vec<Edit>, Refusal> {
    let edits = remedy.changes.iter().map(|(change, place)| edits_of(files, change, place));
    Ok(edits.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn edits_of(files: &Files, change: &Change, place: &Place) -> Result<Vec<Edit>, Refusal> {
    let Place { path, span } = place;
    let text = files.text(path).ok_or_else(|| Reason::NoText.at(*span).of(path))?;
    let of = |pieces: Result<Vec<Piece>, Refused>| {
        pieces.map(|pieces| Edit::of(path, pieces, 0)).map_err(|refused| refused.of(path))
    };
    match change {
        Change::Write(new) => of(written(path, text, *span, new)),
        Change::Lift => of(lifted(text)),
        _ if path.as_str().ends_with(".toml") => of(in_toml(text, *span, change)),
        _ if path.is_markdown() => {
            // A front matter that cannot be read has no values; the text below it can be mended all the same.
            if front_matter::inner(text).is_ok_and(|inner| inner.is_none_or(|inner| inner.end <= span.start)) {
                return of(in_text(text, *span, change));
            }
            let front = FrontMatter::read(path, text)?;
            let offset = front.offset().unwrap_or_default();
            let own = Span::new(span.start.saturating_sub(offset), span.end.saturating_sub(offset));
            let pieces = in_yaml(front.yaml(), own, change);
            of(pieces.map_err(|refused| refused.moved(offset)).map(|pieces| moved(pieces, offset)))
        }
        _ => {
            let offset = text.len() - text.trim_start_matches('\u{feff}').len();
            let own = Span::new(span.start.saturating_sub(offset), span.end.saturating_sub(offset));
            let pieces = Yaml::read(&text[offset..], text).and_then(|yaml| in_yaml(&yaml, own, change));
            of(pieces.map_err(|refused| refused.moved(offset)).map(|pieces| moved(pieces, offset)))
        }
    }
}

fn moved(pieces: Vec<Piece>, offset: usize) -> Vec<Piece> {
    pieces.into_iter().map(|piece| Piece { span: piece.span.moved(offset), ..piece }).collect()
}

/// Letters at a place; what they stand in must be readable afterwards where it was before, or where they are to mend it.
fn written(path: &FilePath, text: &str, span: Span, new: &str) -> Result<Vec<Piece>, Refused> {
    // A blank that stands there already is enough.
    let blank = text.get(span.end..).is_some_and(|rest| rest.starts_with(' '));
    let pieces = super::markdown::replace(text, span, if blank { new.trim_end_matches(' ') } else { new })?;
    let made = apply_to(text, &pieces)?;
    if path.is_markdown() {
        let reads = |text: &str| {
            front_matter::inner(text)
                .is_ok_and(|inner| inner.is_none_or(|inner| crate::yaml::parse(inner.of(text)).is_ok()))
        };
        let within = front_matter::inner(text).ok().flatten().is_some_and(|inner| span.start < inner.end);
        if !reads(&made) && (within || reads(text)) {
            return Err(Reason::Odd.at(span));
        }
    }
    Ok(pieces)
}

fn in_text(text: &str, span: Span, change: &Change) -> Result<Vec<Piece>, Refused> {
    match change {
        Change::Say(new) if !new.contains('\n') => super::markdown::replace(text, span, new),
        _ => Err(Reason::Odd.at(span)),
    }
}

fn in_yaml(yaml: &Yaml<'_>, span: Span, change: &Change) -> Result<Vec<Piece>, Refused> {
    let missing = || Reason::Missing.at(span);
    match change {
        Change::Say(new) => {
            let (path, place) = yaml.at(span).ok_or_else(missing)?;
            let data =
                if place == span { data(new) } else { yaml.part(&path, place, span, new).ok_or_else(missing)? };
            yaml.set(&path, &data)
        }
        Change::Rename(name) => yaml.rename(&yaml.at_key(span).ok_or_else(missing)?, name),
        Change::Remove => {
            let path = yaml.at_key(span).or_else(|| yaml.at(span).map(|(path, _)| path)).ok_or_else(missing)?;
            yaml.remove(&path)
        }
        Change::RemoveMap => {
            let (path, _) = yaml.at(span).ok_or_else(missing)?;
            let keys = path.iter().rposition(|step| matches!(step, Step::Key(_))).ok_or_else(missing)?;
            yaml.remove(&path[..keys])
        }
        Change::Write(_) | Change::Lift => Err(missing()),
    }
}

fn data(text: &str) -> Data {
    match text {
        "true" | "false" => Data::Bool(text == "true"),
        _ if Date::parse(text).is_some() => Data::Plain(text.to_owned()),
        _ => Data::text(text),
    }
}

/// A change of the settings, whose only mended values and keys are single words.
fn in_toml(text: &str, span: Span, change: &Change) -> Result<Vec<Piece>, Refused> {
    let odd = || Reason::Odd.at(span);
    let (Change::Say(new) | Change::Rename(new)) = change else { return Err(odd()) };
    let old = parse_toml(text).map_err(|fault| Reason::Broken.at(fault.span))?;
    let quoted = text.get(span.end..).is_some_and(|rest| rest.starts_with(['"', '\'']));
    let bare = new.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if new.contains(['"', '\'', '\\']) || new.chars().any(char::is_control) || !quoted && !bare {
        return Err(odd());
    }
    let pieces = super::markdown::replace(text, span, new)?;
    let read = parse_toml(&apply_to(text, &pieces)?).map_err(|_| odd())?;
    let asked = told(&old, span, new);
    if asked.is_read_as(&Data::from(&read)) { Ok(pieces) } else { Err(odd()) }
}

/// The values of a tree with the key or the value at a place said otherwise.
fn told(node: &Node, span: Span, new: &str) -> Data {
    match &node.value {
        Value::Map(entries) => {
            let key = |key: &crate::value::Key| if key.span == span { new.to_owned() } else { key.value.clone() };
            Data::Map(entries.iter().map(|(name, node)| (key(name), told(node, span, new))).collect())
        }
        Value::List(nodes) => Data::List(nodes.iter().map(|node| told(node, span, new)).collect()),
        _ if node.span == span => Data::text(new),
        _ => Data::from(node),
    }
}

/// A front matter moved to the top of its file; what stood above it, below. Blank lines alone go.
fn lifted(text: &str) -> Result<Vec<Piece>, Refused> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let outer = front_matter::misplaced(text).ok_or_else(|| Reason::Missing.at(Span::new(start, start)))?;
    let keys = outer.of(text);
    let above = &text[start..outer.start];
    let pieces = if above.trim().is_empty() {
        vec![Piece { span: Span::new(start, outer.start), text: String::new() }]
    } else {
        let gap = if keys.ends_with('\n') { "" } else { super::line_end(text) };
        let lifted = Piece { span: Span::new(start, start), text: format!("{keys}{gap}") };
        vec![lifted, Piece { span: outer, text: String::new() }]
    };
    let made = apply_to(text, &pieces)?;
    let same = front_matter::inner(&made).ok().flatten().is_some_and(|inner| keys.contains(inner.of(&made)));
    if same { Ok(pieces) } else { Err(Reason::Odd.at(outer)) }
}

/// A book that was mended.
#[derive(Debug)]
pub struct Mended {
    /// The book as it is then.
    pub snapshot: Snapshot,
    /// What was mended, round by round, each with the finding as it stood then.
    pub fixed: Vec<(Finding, Fix)>,
    /// What was refused in the last round.
    pub refused: Vec<Refusal>,
}

/// Applies fixes until none is left: of two that meet, the later one waits for the next round.
///
/// # Errors
/// Where the edits of one fix do not fit their file.
pub fn mend<E>(
    snapshot: &Snapshot,
    unsafe_too: bool,
    mut read: impl FnMut(Files) -> Result<Snapshot, E>,
) -> Result<Mended, E> {
    let mut mended = Mended { snapshot: snapshot.clone(), fixed: Vec::new(), refused: Vec::new() };
    for _ in 0..ROUNDS {
        let (round, refused) = round(&mended.snapshot, unsafe_too);
        mended.refused = refused;
        if round.is_empty() {
            break;
        }
        let Some((next, fixed)) = step(&mended.snapshot, round, &mut read)? else { break };
        mended.snapshot = next;
        mended.fixed.extend(fixed);
    }
    Ok(mended)
}

type Round = Vec<(Finding, Fix)>;

/// The book after a round. Where the fixes of a round together spoil what each leaves whole, one a file is applied.
fn step<E>(
    snapshot: &Snapshot,
    round: Round,
    read: &mut impl FnMut(Files) -> Result<Snapshot, E>,
) -> Result<Option<(Snapshot, Round)>, E> {
    let mut paths: Vec<FilePath> = Vec::new();
    let alone = |(_, fix): &&(Finding, Fix)| {
        let own: Vec<FilePath> = fix.edits.iter().map(|edit| edit.path.clone()).collect();
        let free = own.iter().all(|path| !paths.contains(path));
        paths.extend(own.into_iter().filter(|_| free));
        free
    };
    let single: Round = round.iter().filter(alone).cloned().collect();
    for round in [round, single] {
        let edits: Vec<Edit> = round.iter().flat_map(|(_, fix)| fix.edits.clone()).collect();
        let Ok(files) = apply(&snapshot.book.files, &edits) else { continue };
        let next = read(files)?;
        if !is_spoilt(snapshot, &next) {
            return Ok(Some((next, round)));
        }
    }
    Ok(None)
}

/// Whether more files cannot be read than before.
fn is_spoilt(before: &Snapshot, after: &Snapshot) -> bool {
    let broken = |snapshot: &Snapshot| {
        let mut broken: BTreeMap<FilePath, usize> = BTreeMap::new();
        for finding in snapshot.checked.findings.iter().filter(|finding| ["DOC001", "CAT801"].contains(&finding.code)) {
            *broken.entry(finding.place.path.clone()).or_default() += 1;
        }
        broken
    };
    let old = broken(before);
    broken(after).iter().any(|(path, count)| *count > old.get(path).copied().unwrap_or_default())
}

/// The fixes that can be applied together, the first of each finding.
fn round(snapshot: &Snapshot, unsafe_too: bool) -> (Round, Vec<Refusal>) {
    let mut taken: Round = Vec::new();
    let mut touched: BTreeMap<FilePath, Vec<Edit>> = BTreeMap::new();
    let mut refusals = Vec::new();
    for finding in snapshot.checked.findings.iter().filter(|finding| !finding.remedies.is_empty()) {
        let (fixes, refused) = of(&snapshot.book.files, finding);
        refusals.extend(refused);
        let Some(fix) = fixes.into_iter().find(|fix| fix.safe || unsafe_too) else { continue };
        let meets = |edit: &Edit| touched.get(&edit.path).is_some_and(|own| own.iter().any(|other| edit.meets(other)));
        if fix.edits.iter().any(meets) {
            continue;
        }
        for edit in &fix.edits {
            touched.entry(edit.path.clone()).or_default().push(edit.clone());
        }
        taken.push((finding.clone(), fix));
    }
    refusals.dedup();
    (taken, refusals)
}

impl Yaml<'_> {
    /// The text of a value with a part of it said otherwise; none where escapes make it another than what is written.
    fn part(&self, path: &[Step], place: Span, part: Span, new: &str) -> Option<Data> {
        let (Data::Text(text) | Data::Plain(text)) = self.get(path)? else { return None };
        let exact = text.len() == place.end - place.start;
        let (start, end) = (part.start.checked_sub(place.start)?, part.end.checked_sub(place.start)?);
        let (before, after) = (text.get(..start)?, text.get(end..)?);
        exact.then(|| Data::Text(format!("{before}{new}{after}")))
    }
}
