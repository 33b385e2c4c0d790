//! Edits of YAML on the places of its values: one value is set, taken out or put in, and every other byte stays.

use super::data::Data;
use super::lexis::{
    Below, anchor, column, comment, dashes, entry_end, flow_end, line_start, line_stop, next_line, tab,
};
use super::spell::{behind, inline, item_line, map_lines, spell_key, within};
use super::{Piece, Reason, Refused, apply_to, line_end};
use crate::text::Span;
use crate::value::{Node, Value};
use crate::yaml;

/// A step from a value to one within it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To the value under a key of a map.
    Key(String),
    /// To an entry of a list, counted from 0.
    At(usize),
}

impl Step {
    /// To the value under a key.
    pub fn key(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

/// A YAML text that is edited.
#[derive(Debug)]
pub struct Yaml<'t> {
    text: &'t str,
    root: Node,
    eol: &'static str,
}

/// Where a value stands.
#[derive(Debug, Clone, Copy)]
struct Slot<'n> {
    node: &'n Node,
    /// Where its key or its dash begins.
    start: usize,
    /// Just behind the colon of its key or behind its dash; where it begins itself between brackets.
    lead: usize,
    /// The column of its key or dash.
    column: usize,
    /// The end of the last line that belongs to it; of itself between brackets.
    end: usize,
    /// Whether it stands between brackets.
    flow: bool,
}

impl<'t> Yaml<'t> {
    /// Reads a text whose lines end as in `around`, the file that it is a part of.
    ///
    /// # Errors
    /// Where it is no YAML, or neither a map nor empty.
    pub fn read(text: &'t str, around: &str) -> Result<Self, Refused> {
        let root = yaml::parse(text).map_err(|fault| Reason::Broken.at(fault.span))?;
        // Two keys that only their tags tell apart are one to who reads their names.
        if let Some(span) = twin(&root) {
            return Err(Reason::Odd.at(span));
        }
        match root.value {
            Value::Map(_) | Value::Null | Value::List(_) => Ok(Self { text, root, eol: line_end(around) }),
            _ => Err(Reason::Broken.at(root.span)),
        }
    }

    /// The value at a path.
    pub fn get(&self, path: &[Step]) -> Option<Data> {
        find(&self.root, path).map(Data::from)
    }

    /// The steps to the innermost value whose place holds a span, and that place.
    pub fn at(&self, span: Span) -> Option<(Vec<Step>, Span)> {
        let mut path = Vec::new();
        let place = descend(&self.root, span, &mut path)?;
        Some((path, place))
    }

    /// The steps to the value whose key stands at a span.
    pub fn at_key(&self, span: Span) -> Option<Vec<Step>> {
        fn search(node: &Node, span: Span, path: &mut Vec<Step>) -> bool {
            let entries = node.entries().iter().map(|(key, node)| (Step::key(&key.value), key.span == span, node));
            let items = match &node.value {
                Value::List(nodes) => &nodes[..],
                _ => &[],
            };
            let items = items.iter().enumerate().map(|(at, node)| (Step::At(at), false, node));
            for (step, own, node) in entries.chain(items) {
                path.push(step);
                if own || search(node, span, path) {
                    return true;
                }
                path.pop();
            }
            false
        }
        let mut path = Vec::new();
        search(&self.root, span, &mut path).then_some(path)
    }

    /// Sets the value at a path; a key that is not there yet is added to its map.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn set(&self, path: &[Step], data: &Data) -> Result<Vec<Piece>, Refused> {
        let Some((Step::Key(key), parent)) = path.split_last() else {
            let slot = self.slot(path)?;
            return self.checked(self.replaced(&slot, data)?, &self.asked(path, Some(data))?);
        };
        match find(&self.root, parent) {
            Some(map) if map.get(key).is_some() => {
                let slot = self.slot(path)?;
                self.checked(self.replaced(&slot, data)?, &self.asked(path, Some(data))?)
            }
            Some(_) => self.add(parent, key, data, None),
            None => self.set(parent, &Data::Map(vec![(key.clone(), data.clone())])),
        }
    }

    /// Adds a key to the map at a path, behind the key `after` where that is there, else at its end.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn add(&self, path: &[Step], key: &str, data: &Data, after: Option<&str>) -> Result<Vec<Piece>, Refused> {
        let parent = find(&self.root, path).ok_or_else(|| self.missing())?;
        let entries = parent.entries();
        if !matches!(parent.value, Value::Map(_) | Value::Null) || parent.get(key).is_some() {
            return Err(Reason::Odd.at(parent.span));
        }
        let entry = (key.to_owned(), data.clone());
        let at = after.and_then(|after| entries.iter().position(|(name, _)| name.value == after));
        let at = at.map_or(entries.len(), |at| at + 1);
        let asked = self.changed(path, |old| {
            let mut new = match old {
                Data::Map(entries) => entries,
                _ => Vec::new(),
            };
            new.insert(at, entry.clone());
            Some(Data::Map(new))
        })?;
        let pieces = if self.is_flow(parent) && !entries.is_empty() {
            let text = format!("{}: {}", spell_key(key, true), inline(data, true));
            let slot = self.slot_of_entry(parent, at - 1, true)?;
            vec![Piece { span: Span::new(slot.end, slot.end), text: format!(", {text}") }]
        } else if entries.is_empty() && path.is_empty() {
            let end = self.text.len();
            let gap = if self.text.is_empty() || self.text.ends_with('\n') { "" } else { self.eol };
            let text = format!("{gap}{}{}", map_lines(&[entry], 0, self.eol), self.eol);
            vec![Piece { span: Span::new(end, end), text }]
        } else if entries.is_empty() {
            self.replaced(&self.slot(path)?, &Data::Map(vec![entry]))?
        } else {
            let slot = self.slot_of_entry(parent, at - 1, false)?;
            vec![self.line_after(slot.end, &map_lines(&[entry], slot.column, self.eol))]
        };
        self.checked(pieces, &asked)
    }

    /// Takes out the key or the entry at a path.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn remove(&self, path: &[Step]) -> Result<Vec<Piece>, Refused> {
        let (last, parent_path) = path.split_last().ok_or_else(|| self.missing())?;
        let parent = find(&self.root, parent_path).ok_or_else(|| self.missing())?;
        find(parent, std::slice::from_ref(last)).ok_or_else(|| self.missing())?;
        let (at, count) = position(parent, last);
        let asked = self.asked(path, None)?;
        let flow = self.is_flow(parent);
        let pieces = if count == 1 && !parent_path.is_empty() {
            let empty = if matches!(last, Step::Key(_)) { Data::Map(Vec::new()) } else { Data::List(Vec::new()) };
            self.replaced(&self.slot(parent_path)?, &empty)?
        } else {
            let slot = |at| self.slot_of_entry(parent, at, flow);
            let own = slot(at)?;
            vec![Piece { span: self.span_of_entry(&own, at, count, flow, slot)?, text: String::new() }]
        };
        self.checked(pieces, &asked)
    }

    /// Puts an entry into the list at a path, before the entry `at`, or at its end.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn insert(&self, path: &[Step], at: usize, data: &Data) -> Result<Vec<Piece>, Refused> {
        let Some(parent) = find(&self.root, path) else {
            return self.set(path, &Data::List(vec![data.clone()]));
        };
        let items = match &parent.value {
            Value::List(items) => items.as_slice(),
            Value::Null => &[],
            _ => return self.set(path, &Data::List(vec![Data::from(parent), data.clone()])),
        };
        let at = at.min(items.len());
        if items.is_empty() {
            return self.set(path, &Data::List(vec![data.clone()]));
        }
        let asked = self.changed(path, |old| {
            let mut new = match old {
                Data::List(items) => items,
                _ => Vec::new(),
            };
            new.insert(at, data.clone());
            Some(Data::List(new))
        })?;
        let flow = self.is_flow(parent);
        let piece = match (flow, at) {
            (true, 0) => {
                let start = self.slot_of_entry(parent, 0, true)?.lead;
                Piece { span: Span::new(start, start), text: format!("{}, ", inline(data, true)) }
            }
            (true, _) => {
                let end = self.slot_of_entry(parent, at - 1, true)?.end;
                let gap = self.gap_of(parent, at)?;
                Piece { span: Span::new(end, end), text: format!(",{gap}{}", inline(data, true)) }
            }
            (false, 0) => {
                let first = self.slot_of_entry(parent, 0, false)?;
                let line = item_line(data, first.column, self.eol);
                let pad = " ".repeat(first.column);
                Piece { span: Span::new(first.start, first.start), text: format!("{line}{}{pad}", self.eol) }
            }
            (false, _) => {
                let before = self.slot_of_entry(parent, at - 1, false)?;
                let pad = " ".repeat(before.column);
                self.line_after(before.end, &format!("{pad}{}", item_line(data, before.column, self.eol)))
            }
        };
        self.checked(vec![piece], &asked)
    }

    /// Gives the key at a path another name.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn rename(&self, path: &[Step], name: &str) -> Result<Vec<Piece>, Refused> {
        let Some((Step::Key(old), parent)) = path.split_last() else { return Err(self.missing()) };
        let map = find(&self.root, parent).ok_or_else(|| self.missing())?;
        let (key, _) = map.entries().iter().find(|(key, _)| key.value == *old).ok_or_else(|| self.missing())?;
        let asked = self.changed(parent, |data| {
            let Data::Map(entries) = data else { return None };
            let renamed = |(key, data)| (if key == *old { name.to_owned() } else { key }, data);
            Some(Data::Map(entries.into_iter().map(renamed).collect()))
        })?;
        self.checked(vec![Piece { span: key.span, text: spell_key(name, self.is_flow(map)) }], &asked)
    }

    /// The line break and blanks between two entries of a list in brackets, as its author sets them.
    fn gap_of(&self, list: &Node, at: usize) -> Result<String, Refused> {
        let behind = if at > 1 { at - 1 } else { at };
        let Value::List(items) = &list.value else { return Ok(" ".to_owned()) };
        if behind == 0 || behind >= items.len() {
            return Ok(" ".to_owned());
        }
        let from = self.slot_of_entry(list, behind - 1, true)?.end;
        let to = self.slot_of_entry(list, behind, true)?.lead;
        let gap = self.text[from..to].trim_start_matches(',');
        Ok(if gap.trim().is_empty() { gap.to_owned() } else { " ".to_owned() })
    }

    /// A line of its own behind the line that ends at an offset.
    fn line_after(&self, end: usize, line: &str) -> Piece {
        let at = next_line(self.text, end);
        if self.text[..at].ends_with('\n') {
            return Piece { span: Span::new(at, at), text: format!("{line}{}", self.eol) };
        }
        Piece { span: Span::new(at, at), text: format!("{}{line}", self.eol) }
    }

    /// What goes with an entry: its comma, or the line that it stands on.
    fn span_of_entry<'n>(
        &self,
        own: &Slot<'n>,
        at: usize,
        count: usize,
        flow: bool,
        slot: impl Fn(usize) -> Result<Slot<'n>, Refused>,
    ) -> Result<Span, Refused> {
        if flow {
            let span = match at {
                0 if count == 1 => Span::new(own.start, own.end),
                0 => Span::new(own.start, slot(1)?.start),
                _ => Span::new(slot(at - 1)?.end, own.end),
            };
            return match comment(self.text, span) {
                Some(comment) => Err(Reason::Comment.at(comment)),
                None => Ok(span),
            };
        }
        let start = line_start(self.text, own.start);
        if !self.text[start..own.start].trim_matches([' ']).is_empty() {
            // The first key behind a dash: the next one takes its place.
            return if at + 1 < count { Ok(Span::new(own.start, slot(at + 1)?.start)) } else { Err(self.odd(own)) };
        }
        let end = next_line(self.text, own.end);
        let last = !self.text[..end].ends_with('\n');
        let start = if last { self.text[..start].trim_end_matches('\n').trim_end_matches('\r').len() } else { start };
        Ok(Span::new(start, end))
    }

    /// The pieces that put another value in the place of one.
    fn replaced(&self, slot: &Slot<'_>, data: &Data) -> Result<Vec<Piece>, Refused> {
        let one = |span: Span, text: String| Ok(vec![Piece { span, text }]);
        let Slot { node, .. } = *slot;
        let written = self.written(slot);
        let scalar = !matches!(node.value, Value::List(_) | Value::Map(_));
        let header = !slot.flow && self.is_literal(slot.lead);
        let simple = data.is_scalar() && !matches!(data, Data::Text(text) if text.contains('\n') && !slot.flow);
        match written {
            None if slot.flow => one(Span::new(slot.lead, slot.lead), format!(" {}", inline(data, true))),
            None if simple || comment(self.text, Span::new(slot.lead, slot.end)).is_none() => {
                let stop = slot.lead + self.blanks_behind(slot.lead);
                one(Span::new(slot.lead, stop), behind(data, slot.column, self.eol))
            }
            Some(span) if scalar && simple && !header => {
                let before = self.text[..span.start].chars().next_back().filter(|letter| matches!(letter, '"' | '\''));
                let quote = before.filter(|letter| self.text[span.end..].starts_with(*letter));
                let quoted = quote.filter(|_| node.span == span).and_then(|quote| match data {
                    Data::Text(text) | Data::Plain(text) => within(text, quote),
                    _ => None,
                });
                match quoted {
                    Some(text) => one(span, text),
                    None => one(self.outer(span), inline(data, slot.flow)),
                }
            }
            // What is written below an empty list is written as its author would, one entry a line.
            Some(span) if !slot.flow && node.is_hollow() && self.is_flow(node) => {
                let whole = Span::new(slot.lead, span.end);
                match comment(self.text, whole) {
                    Some(comment) => Err(Reason::Comment.at(comment)),
                    None => one(whole, behind(data, slot.column, self.eol)),
                }
            }
            Some(span) if slot.flow || self.is_flow(node) && !matches!(data, Data::Text(_)) => {
                let whole = self.outer(span);
                match comment(self.text, whole) {
                    Some(comment) => Err(Reason::Comment.at(comment)),
                    None => one(whole, inline(data, slot.flow || !data.is_scalar())),
                }
            }
            _ => {
                let whole = Span::new(slot.lead, slot.end);
                match comment(self.text, whole).filter(|_| !header) {
                    Some(comment) => Err(Reason::Comment.at(comment)),
                    None => one(whole, behind(data, slot.column, self.eol)),
                }
            }
        }
    }

    fn blanks_behind(&self, at: usize) -> usize {
        let rest = &self.text[at..line_stop(self.text, at)];
        if rest.trim().is_empty() { rest.len() } else { 0 }
    }

    /// The place of what is written for a value; none where nothing is.
    fn written(&self, slot: &Slot<'_>) -> Option<Span> {
        let node = slot.node;
        match &node.value {
            Value::Null => {
                let rest = &self.text[slot.lead..slot.end.max(slot.lead)];
                let word = rest.trim_start();
                let start = slot.lead + (rest.len() - word.len());
                let word = word.split([',', ']', '}', '\n', '\r', ' ']).next().unwrap_or_default();
                (!word.is_empty() && !word.starts_with('#')).then(|| Span::new(start, start + word.len()))
            }
            Value::List(_) | Value::Map(_) if self.is_flow(node) => {
                let end = flow_end(self.text, node.span.start)?;
                Some(Span::new(node.span.start, end))
            }
            Value::List(_) | Value::Map(_) => Some(Span::new(slot.lead, slot.end)),
            _ => Some(node.span),
        }
    }

    /// A span with the quotes around it.
    fn outer(&self, span: Span) -> Span {
        let quote = self.text[..span.start].chars().next_back().filter(|letter| matches!(letter, '"' | '\''));
        match quote.filter(|letter| self.text[span.end..].starts_with(*letter)) {
            Some(_) => Span::new(span.start - 1, span.end + 1),
            None => span,
        }
    }

    fn is_flow(&self, node: &Node) -> bool {
        matches!(node.value, Value::List(_) | Value::Map(_)) && matches!(node.span.of(self.text), "[" | "{")
    }

    /// Where the value at a path stands.
    fn slot(&self, path: &[Step]) -> Result<Slot<'_>, Refused> {
        let Some((last, parent)) = path.split_last() else {
            let end = self.text.len();
            return Ok(Slot { node: &self.root, start: 0, lead: 0, column: 0, end, flow: false });
        };
        let parent = find(&self.root, parent).ok_or_else(|| self.missing())?;
        find(parent, std::slice::from_ref(last)).ok_or_else(|| self.missing())?;
        self.slot_of_entry(parent, position(parent, last).0, self.is_flow(parent))
    }

    fn slot_of_entry<'n>(&self, parent: &'n Node, at: usize, flow: bool) -> Result<Slot<'n>, Refused> {
        match &parent.value {
            Value::Map(entries) => self.slot_of_key(&entries[at], flow),
            Value::List(items) if flow => self.slot_of_item(&items[at]),
            Value::List(items) => self.slot_of_dash(parent, items, at),
            _ => Err(self.missing()),
        }
    }

    /// The value under a key.
    fn slot_of_key<'n>(&self, (key, node): &'n (crate::value::Key, Node), flow: bool) -> Result<Slot<'n>, Refused> {
        let odd = || Reason::Odd.at(key.span);
        let rest = self.text.get(key.span.end..).ok_or_else(odd)?;
        let colon = rest.len() - rest.trim_start_matches(' ').len();
        let lead = key.span.end + colon + 1;
        let before = &self.text[line_start(self.text, key.span.start)..key.span.start];
        let own_line = flow || before.trim_matches([' ', '-']).is_empty();
        if !rest[colon..].starts_with(':') || !own_line || key.span.of(self.text).starts_with('*') {
            return Err(self.why(key.span));
        }
        let column = column(self.text, key.span.start);
        let slot = Slot { node, start: key.span.start, lead, column, end: lead, flow };
        if flow {
            let end = self.written(&Slot { end: line_stop(self.text, lead), ..slot });
            return Ok(Slot { end: end.map_or(lead, |span| self.outer(span).end), ..slot });
        }
        Ok(Slot { end: self.end_of(node, lead, column, Below::Dashes)?, ..slot })
    }

    /// Where a value ends that stands behind a colon or a dash at `lead`.
    fn end_of(&self, node: &Node, lead: usize, column: usize, below: Below) -> Result<usize, Refused> {
        // Between brackets and in quotes, lines may stand less far in.
        let last = match node.value {
            _ if self.is_flow(node) => flow_end(self.text, node.span.start).ok_or_else(|| Reason::Odd.at(node.span))?,
            _ if self.is_literal(lead) => return Ok(entry_end(self.text, lead, column, Below::Lines)),
            Value::Text(_) if node.span.start >= lead => node.span.end.min(self.text.len()),
            _ => lead,
        };
        let below = if matches!(node.value, Value::List(_)) { below } else { Below::Deeper };
        Ok(entry_end(self.text, last, column, below))
    }

    /// Whether a literal or folded text begins behind a colon or a dash.
    fn is_literal(&self, lead: usize) -> bool {
        self.text[lead..].trim_start_matches([' ', '\t']).starts_with(['|', '>'])
    }

    /// An entry between brackets.
    fn slot_of_item<'n>(&self, node: &'n Node) -> Result<Slot<'n>, Refused> {
        let start = node.span.start;
        let slot = Slot { node, start, lead: start, column: 0, end: start, flow: true };
        let span = match self.written(&Slot { end: line_stop(self.text, start), ..slot }) {
            Some(span) => self.outer(span),
            None => return Err(self.odd(&slot)),
        };
        Ok(Slot { start: span.start, lead: span.start, end: span.end, ..slot })
    }

    /// An entry behind a dash.
    fn slot_of_dash<'n>(&self, parent: &Node, items: &'n [Node], at: usize) -> Result<Slot<'n>, Refused> {
        let odd = Reason::Odd.at(parent.span);
        let first = parent.span.start.min(self.text.len());
        let from = line_start(self.text, first);
        let before = self.text.get(from..first).ok_or(odd)?;
        // The place of a list may be its dash or what stands behind it. A list behind the dash of another is not worth it.
        if !before.trim_matches([' ', '-']).is_empty() || before.matches("- ").count() > 1 {
            return Err(odd);
        }
        let (from, dash) = match before.find('-') {
            Some(dash) => (from, from + dash),
            None => (from, first),
        };
        let column = column(self.text, dash);
        let end = match column.checked_sub(1) {
            Some(outer) => entry_end(self.text, dash, outer, Below::Deeper),
            None => entry_end(self.text, dash, 0, Below::Dashes),
        };
        let found = dashes(self.text, from, end);
        if found.len() != items.len() || found.first() != Some(&dash) {
            return Err(self.why(parent.span));
        }
        let (node, start) = (&items[at], found[at]);
        let end = self.end_of(node, start + 1, column, Below::Deeper)?;
        Ok(Slot { node, start, lead: start + 1, column, end, flow: false })
    }

    /// The tree with the value at a path set, or taken out.
    fn asked(&self, path: &[Step], data: Option<&Data>) -> Result<Data, Refused> {
        self.changed(path, |_| data.cloned())
    }

    fn changed(&self, path: &[Step], change: impl FnOnce(Data) -> Option<Data>) -> Result<Data, Refused> {
        fn at(data: Data, path: &[Step], change: impl FnOnce(Data) -> Option<Data>) -> Option<Data> {
            let Some((first, rest)) = path.split_first() else { return change(data) };
            match (data, first) {
                (Data::Map(mut entries), Step::Key(key)) => {
                    let own = entries.iter().position(|(name, _)| name == key)?;
                    let old = std::mem::replace(&mut entries[own].1, Data::Null);
                    match at(old, rest, change) {
                        Some(new) => entries[own].1 = new,
                        None => drop(entries.remove(own)),
                    }
                    Some(Data::Map(entries))
                }
                (Data::List(mut items), Step::At(own)) => {
                    let old = std::mem::replace(items.get_mut(*own)?, Data::Null);
                    match at(old, rest, change) {
                        Some(new) => items[*own] = new,
                        None => drop(items.remove(*own)),
                    }
                    Some(Data::List(items))
                }
                _ => None,
            }
        }
        at(Data::from(&self.root), path, change).ok_or_else(|| self.missing())
    }

    /// The pieces, where the text that they make says what was asked; else why it does not.
    fn checked(&self, pieces: Vec<Piece>, asked: &Data) -> Result<Vec<Piece>, Refused> {
        let place = pieces.first().map_or(Span::default(), |piece| piece.span);
        let made = apply_to(self.text, &pieces)?;
        let read = yaml::parse(&made).map(|node| Data::from(&node)).map_err(|_| self.why(place))?;
        // A map without its last key is nothing.
        let nothing = read == Data::Null && *asked == Data::Map(Vec::new());
        if asked.is_read_as(&read) || nothing { Ok(pieces) } else { Err(self.why(place)) }
    }

    /// The likeliest reason why an edit cannot be made.
    fn why(&self, span: Span) -> Refused {
        let found = |reason: Reason, span: Option<Span>| span.map(|span| reason.at(span));
        let anchor = found(Reason::Anchor, anchor(self.text));
        anchor.or_else(|| found(Reason::Tab, tab(self.text))).unwrap_or_else(|| Reason::Odd.at(span))
    }

    fn odd(&self, slot: &Slot<'_>) -> Refused {
        self.why(Span::new(slot.start, slot.end))
    }

    fn missing(&self) -> Refused {
        Reason::Missing.at(Span::new(0, self.text.len().min(1)))
    }
}

/// A key that its map has twice.
fn twin(node: &Node) -> Option<Span> {
    match &node.value {
        Value::List(items) => items.iter().find_map(twin),
        Value::Map(entries) => {
            let mut seen = std::collections::BTreeSet::new();
            entries.iter().find_map(|(key, node)| if seen.insert(&key.value) { twin(node) } else { Some(key.span) })
        }
        _ => None,
    }
}

/// The value at a path.
fn find<'n>(node: &'n Node, path: &[Step]) -> Option<&'n Node> {
    path.iter().try_fold(node, |node, step| match (step, &node.value) {
        (Step::Key(key), Value::Map(_)) => node.get(key),
        (Step::At(at), Value::List(items)) => items.get(*at),
        _ => None,
    })
}

/// Which entry of a value a step leads to, and how many there are.
fn position(parent: &Node, step: &Step) -> (usize, usize) {
    match (step, &parent.value) {
        (Step::Key(key), Value::Map(entries)) => {
            (entries.iter().position(|(name, _)| name.value == *key).unwrap_or_default(), entries.len())
        }
        (Step::At(at), Value::List(items)) => (*at, items.len()),
        _ => (0, 0),
    }
}

fn descend(node: &Node, span: Span, path: &mut Vec<Step>) -> Option<Span> {
    let holds = |own: Span| own.start <= span.start && span.end <= own.end && own.start < own.end;
    match &node.value {
        Value::Map(entries) => entries.iter().find_map(|(key, node)| {
            path.push(Step::key(&key.value));
            descend(node, span, path).or_else(|| {
                path.pop();
                None
            })
        }),
        Value::List(items) => items.iter().enumerate().find_map(|(at, node)| {
            path.push(Step::At(at));
            descend(node, span, path).or_else(|| {
                path.pop();
                None
            })
        }),
        _ => holds(node.span).then_some(node.span),
    }
}
