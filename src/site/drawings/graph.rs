//! What a control or a document is joined to, as a drawing: the thing in the middle, its links in groups on both sides.
//! Everything in it is a link, and the same facts stand in lists on the page.

use serde::Serialize;

use crate::book::{Document, DocumentKey, Reference, ReferenceKind};
use crate::catalog::ItemKind;
use crate::document::DocumentType;
use crate::id::ItemId;
use crate::site::context::Context;
use crate::site::view::Link;
use crate::text::display_width;

/// A drawing with the places of its parts worked out.
#[derive(Debug, Serialize)]
pub(in crate::site) struct Graph {
    /// What it shows, in a sentence.
    pub(in crate::site) text: String,
    left: usize,
    width: usize,
    height: usize,
    center: Node,
    groups: Vec<Group>,
    /// The lines from the middle, as one path.
    edges: String,
}

/// Things that are joined in one way.
#[derive(Debug, Serialize)]
struct Group {
    label: String,
    x: usize,
    y: usize,
    nodes: Vec<Node>,
    /// How many there is no room for, and where they are listed.
    more: Option<Node>,
}

/// One thing.
#[derive(Debug, Default, Serialize)]
struct Node {
    href: String,
    /// The whole of its name, where that is cut.
    name: String,
    id: String,
    /// As much of its title as there is room for.
    text: String,
    /// The word that the style sheet knows.
    kind: &'static str,
    round: usize,
    x: usize,
    y: usize,
    width: usize,
    text_x: usize,
    id_y: usize,
    text_y: usize,
}

/// Things that are joined in one way, before they have a place.
struct Joined {
    label: String,
    things: Vec<(Link, &'static str)>,
    /// Where all of them are listed on the page.
    anchor: &'static str,
}

/// The most things on one side.
const SIDE_MAX: usize = 6;

const WIDTH: usize = 760;
const NODE: usize = 232;
const CENTER: usize = 184;
const HEIGHT: usize = 42;
const GAP: usize = 8;
const LABEL: usize = 22;
/// How many columns of a terminal's width the title of a thing may take.
const COLUMNS: usize = 32;

/// The drawing of a control.
pub(in crate::site) fn of_control(context: &Context<'_>, id: &ItemId) -> Option<Graph> {
    let book = context.book();
    let of = |kind: ReferenceKind| {
        let references = book.references_to(id).filter(move |reference| reference.kind == kind);
        documents(context, references.map(|reference| reference.from))
    };
    let mapped = book.catalogs.iter().filter(|catalog| catalog.id != id.catalog.as_str()).flat_map(|catalog| {
        let items = book.catalogs.mapped(id, catalog);
        items.into_iter().map(|(item, _)| thing_of_item(context, &item.id))
    });
    let mapped = mapped.filter(|(link, _)| !link.href.is_empty()).collect();
    let sides = (
        vec![
            joined(context.say("control.implemented-by"), of(ReferenceKind::Implements), "role-1"),
            joined(context.say("control.obligations"), of(ReferenceKind::Obliges), "role-1"),
            joined(context.say("item.mentions"), of(ReferenceKind::Mentions), "item-mentions"),
        ],
        vec![
            joined(context.say("control.risks"), of(ReferenceKind::Selects), "role-1"),
            joined(context.say("item.audits"), of(ReferenceKind::Audits), "item-audits"),
            joined(context.say("item.mappings"), mapped, "item-mappings"),
        ],
    );
    draw(context, (Link { id: book.short_id(id), ..context.to_item(id) }, "control"), sides)
}

/// The drawing of a document.
pub(in crate::site) fn of_document(context: &Context<'_>, document: &Document) -> Option<Graph> {
    let book = context.book();
    let from = |kind: ReferenceKind| -> Vec<(Link, &'static str)> {
        let named = book.references_from(document.key).filter(move |reference| reference.kind == kind);
        named.filter_map(|reference| thing_named(context, document.key, reference)).collect()
    };
    let to = |kind: ReferenceKind| {
        let naming = book.references_to_document(document.key).filter(move |reference| reference.kind == kind);
        documents(context, naming.map(|reference| reference.from).filter(|key| *key != document.key))
    };
    let mentioned: Vec<_> = from(ReferenceKind::Mentions).into_iter().filter(|(_, kind)| is_document(kind)).collect();
    let mut related = from(ReferenceKind::Related);
    related.extend(to(ReferenceKind::Related));
    let sides = (
        vec![
            joined(context.word("site.fact.risk-decisions"), to(ReferenceKind::Treats), ""),
            joined(context.say("document.related"), related, "page-related"),
            joined(context.say("document.mentioned-in"), to(ReferenceKind::Mentions), "page-mentioned-in"),
        ],
        vec![
            joined(context.say("document.implements"), from(ReferenceKind::Implements), "page-implements"),
            joined(context.say("fact.treated-by"), from(ReferenceKind::Selects), ""),
            joined(context.say("fact.obliges"), from(ReferenceKind::Obliges), ""),
            joined(context.column("risks"), from(ReferenceKind::Treats), ""),
            joined(context.column("sources"), from(ReferenceKind::Considers), ""),
            joined(context.say("fact.audited"), from(ReferenceKind::Audits), ""),
            joined(context.say("document.requirements"), from(ReferenceKind::Proves), "page-requirements"),
            joined(context.say("graph.names"), mentioned, ""),
        ],
    );
    draw(context, thing_of_document(context, document.key), sides)
}

fn joined(label: String, things: Vec<(Link, &'static str)>, anchor: &'static str) -> Joined {
    let mut once: Vec<(Link, &'static str)> = Vec::new();
    for thing in things {
        if !once.contains(&thing) {
            once.push(thing);
        }
    }
    Joined { label, things: once, anchor }
}

fn documents(context: &Context<'_>, keys: impl Iterator<Item = DocumentKey>) -> Vec<(Link, &'static str)> {
    let mut keys: Vec<DocumentKey> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(|key| thing_of_document(context, key)).collect()
}

fn thing_of_document(context: &Context<'_>, key: DocumentKey) -> (Link, &'static str) {
    let risk = matches!(context.document(key).kind, Some(DocumentType::Risk));
    (context.to_document(key), if risk { "risk" } else { "document" })
}

fn is_document(kind: &str) -> bool {
    matches!(kind, "risk" | "document")
}

fn thing_of_item(context: &Context<'_>, id: &ItemId) -> (Link, &'static str) {
    let kind = match context.book().item(id).map(|item| item.kind) {
        Some(ItemKind::Requirement) => "requirement",
        Some(ItemKind::RiskSource) => "risk",
        Some(ItemKind::Control) | None => "control",
    };
    (context.to_item(id), kind)
}

fn thing_named(context: &Context<'_>, from: DocumentKey, reference: &Reference) -> Option<(Link, &'static str)> {
    let target = &reference.target;
    let item = target.item().map(|item| thing_of_item(context, item));
    let named =
        item.or_else(|| target.document().filter(|key| *key != from).map(|key| thing_of_document(context, key)));
    named.filter(|(link, _)| !link.href.is_empty())
}

/// Nothing is drawn for fewer than two links.
fn draw(context: &Context<'_>, center: (Link, &'static str), sides: (Vec<Joined>, Vec<Joined>)) -> Option<Graph> {
    let (mut left, mut right) = sides;
    left.retain(|group| !group.things.is_empty());
    right.retain(|group| !group.things.is_empty());
    if left.is_empty() && right.len() > 1 {
        left.extend(right.split_off(right.len().div_ceil(2)));
    }
    let all = || left.iter().chain(&right);
    if all().map(|group| group.things.len()).sum::<usize>() < 2 {
        return None;
    }
    let said: Vec<String> = all().map(|group| format!("{} {}", group.label, group.things.len())).collect();
    let text = context.words.join(&said);
    let (crop_left, crop_right) = (left.is_empty(), right.is_empty());
    let (mut groups, left_height) = column(context, left, 1);
    let (right_groups, right_height) = column(context, right, WIDTH - NODE - 1);
    let height = left_height.max(right_height).max(HEIGHT + 2 * GAP);
    for group in &mut groups {
        group.lower((height - left_height) / 2);
    }
    let lowered = right_groups.into_iter().map(|mut group| {
        group.lower((height - right_height) / 2);
        group
    });
    groups.extend(lowered);
    let center = node(center, (WIDTH - CENTER) / 2, (height - HEIGHT) / 2, CENTER, COLUMNS * CENTER / NODE - 1);
    let x = if crop_left { center.x - 1 } else { 0 };
    let end = if crop_right { center.x + CENTER + 1 } else { WIDTH };
    Some(Graph { text, left: x, width: end - x, height, edges: edges(&center, &groups), center, groups })
}

/// The groups of one side from the top on, and how high they are. Each gets its fair part of the room.
fn column(context: &Context<'_>, joined: Vec<Joined>, x: usize) -> (Vec<Group>, usize) {
    let sizes: Vec<usize> = joined.iter().map(|group| group.things.len()).collect();
    let shares = shares(&sizes);
    let mut y = 0;
    let mut groups = Vec::new();
    for (group, share) in joined.into_iter().zip(shares) {
        let rest = group.things.len() - share;
        let mut placed = Group { label: group.label, x, y: y + 14, nodes: Vec::new(), more: None };
        y += LABEL;
        for thing in group.things.into_iter().take(share) {
            placed.nodes.push(node(thing, x, y, NODE, COLUMNS));
            y += HEIGHT + GAP;
        }
        if rest > 0 {
            let text = context.fill("more", &[("n", &rest.to_string())]);
            let href = if group.anchor.is_empty() { String::new() } else { format!("#{}", group.anchor) };
            placed.more = Some(Node { href, text, x: x + 12, y: y + 12, ..Node::default() });
            y += LABEL;
        }
        y += GAP;
        groups.push(placed);
    }
    (groups, y.saturating_sub(GAP))
}

/// How many of each group are shown: one of each in turn, as long as there is room.
fn shares(sizes: &[usize]) -> Vec<usize> {
    let mut shares = vec![0; sizes.len()];
    let mut room = SIDE_MAX;
    while room > 0 && shares.iter().zip(sizes).any(|(share, size)| share < size) {
        for (share, size) in shares.iter_mut().zip(sizes) {
            if room > 0 && *share < *size {
                *share += 1;
                room -= 1;
            }
        }
    }
    shares
}

impl Group {
    fn lower(&mut self, by: usize) {
        self.y += by;
        for node in self.nodes.iter_mut().chain(&mut self.more) {
            node.y += by;
            node.id_y += by;
            node.text_y += by;
        }
    }
}

fn node((link, kind): (Link, &'static str), x: usize, y: usize, width: usize, columns: usize) -> Node {
    let Link { href, id, text, .. } = link;
    let two_lines = !id.is_empty() && !text.is_empty();
    let only = if text.is_empty() { id.clone() } else { text.clone() };
    let shown = shortened(&only, columns);
    Node {
        name: if shown == only { String::new() } else { format!("{id} {text}").trim().to_owned() },
        id: if two_lines { id } else { String::new() },
        text: shown,
        href,
        kind,
        round: match kind {
            "risk" => HEIGHT / 2,
            "control" => 8,
            _ => 2,
        },
        x,
        y,
        width,
        text_x: x + if kind == "risk" { 18 } else { 12 },
        id_y: y + 17,
        text_y: y + if two_lines { 33 } else { 26 },
    }
}

/// A text cut to so many columns.
fn shortened(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut width = 0;
    for sign in text.chars() {
        width += display_width(sign.encode_utf8(&mut [0; 4]));
        if width + 1 > columns {
            break;
        }
        kept.push(sign);
    }
    format!("{}…", kept.trim_end())
}

/// A curve from the middle to each thing.
fn edges(center: &Node, groups: &[Group]) -> String {
    let from_y = center.y + HEIGHT / 2;
    let nodes = groups.iter().flat_map(|group| &group.nodes);
    let edge = |node: &Node| {
        let y = node.y + HEIGHT / 2;
        let (from, to) = if node.x < center.x { (center.x, node.x + NODE) } else { (center.x + CENTER, node.x) };
        let middle = usize::midpoint(from, to);
        format!("M{from} {from_y}C{middle} {from_y} {middle} {y} {to} {y}")
    };
    nodes.map(edge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_gets_its_fair_part_of_the_room() {
        assert_eq!(shares(&[20, 1, 3]), [3, 1, 2]);
        assert_eq!(shares(&[2, 2]), [2, 2]);
        assert_eq!(shares(&[1; 8]), [1, 1, 1, 1, 1, 1, 0, 0]);
        assert_eq!(shares(&[]), Vec::<usize>::new());
    }

    #[test]
    fn a_title_is_cut_to_the_width_that_it_is_drawn_in() {
        assert_eq!(shortened("情報セキュリティ", 16), "情報セキュリティ");
        assert_eq!(shortened("情報セキュリティ方針", 16), "情報セキュリテ…");
        assert_eq!(shortened("Access control", 8), "Access…");
    }
}
