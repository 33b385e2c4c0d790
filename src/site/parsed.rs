//! A finished page, read anew as a browser reads it: the last test of what is published, independent of how it was made.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{Attribute, ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{LocalName, Namespace, ParseOpts, QualName, parse_document};

use crate::book::link::is_safe_address;
use crate::document::markdown::{SAFE_TAGS, SVG_TAGS};
use crate::site::body::{is_own_tag, is_still};

/// A page as a tree. The document is node 0.
#[derive(Debug, Default)]
pub struct Parsed {
    nodes: Vec<Node>,
}

/// One node of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// The tag in lower case; none for a text.
    pub tag: Option<String>,
    /// The attributes in order.
    pub attributes: Vec<(String, String)>,
    /// The words of a text.
    pub text: String,
    /// The node that this one stands in.
    pub parent: Option<usize>,
    /// What stands in it.
    pub children: Vec<usize>,
}

impl Node {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether the node is an element of this name.
    pub fn is(&self, tag: &str) -> bool {
        self.tag.as_deref() == Some(tag)
    }

    /// Whether the node has this class.
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split_whitespace().any(|own| own == class))
    }
}

impl Parsed {
    /// Reads a page.
    pub fn new(html: &str) -> Self {
        parse_document(Sink::default(), ParseOpts::default()).one(html)
    }

    /// Every node that is on the page, in its order.
    pub fn nodes(&self) -> impl Iterator<Item = (usize, &Node)> {
        let mut waiting = vec![0];
        std::iter::from_fn(move || {
            let at = waiting.pop()?;
            let node = self.nodes.get(at)?;
            waiting.extend(node.children.iter().rev());
            Some((at, node))
        })
    }

    /// The node that a node stands in.
    pub fn parent(&self, at: usize) -> Option<usize> {
        self.nodes[at].parent
    }

    /// The nodes around a node, the nearest first.
    pub fn around(&self, at: usize) -> impl Iterator<Item = &Node> {
        let mut next = self.nodes[at].parent;
        std::iter::from_fn(move || {
            let node = &self.nodes[next?];
            next = node.parent;
            Some(node)
        })
    }

    /// The words of a node and of all in it.
    pub fn text(&self, at: usize) -> String {
        let mut text = String::new();
        let mut waiting = vec![at];
        while let Some(at) = waiting.pop() {
            let node = &self.nodes[at];
            text.push_str(&node.text);
            waiting.extend(node.children.iter().rev());
        }
        text
    }

    /// Ids that stand more than once.
    pub fn repeated_ids(&self) -> Vec<String> {
        let mut ids: Vec<&str> = self.nodes().filter_map(|(_, node)| node.attribute("id")).collect();
        ids.sort_unstable();
        ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].to_owned()).collect()
    }

    /// What on the page is alive and not the layout's own: scripts, handlers, frames, forms, styles, links that run.
    /// In the text of a document nothing stands but tags of the safe list.
    pub fn alive(&self) -> Vec<String> {
        let mut alive = Vec::new();
        for (at, node) in self.nodes() {
            let Some(tag) = node.tag.as_deref() else { continue };
            if !self.may_stand(at, node, tag) {
                alive.push(format!("<{tag}>"));
            }
            let attributes = node.attributes.iter().filter(|(name, value)| !may_be_said(tag, name, value));
            alive.extend(attributes.map(|(name, value)| format!("<{tag} {name}=\"{value}\">")));
        }
        alive
    }

    fn may_stand(&self, at: usize, node: &Node, tag: &str) -> bool {
        let in_head = || self.around(at).next().is_some_and(|around| around.is("head"));
        match tag {
            "script" => {
                let own = node.attribute("src").is_some_and(|source| source.rsplit('/').next() == Some("script.js"));
                return own && in_head() && node.children.is_empty();
            }
            "link" | "meta" => return in_head(),
            "form" => return node.has_class("filter") && node.attribute("action").is_none(),
            "style" | "base" | "iframe" | "frame" | "frameset" | "object" | "embed" | "applet" | "portal"
            | "template" | "math" | "foreignobject" | "animate" | "set" | "use" | "audio" | "video" | "source"
            | "track" => {
                return false;
            }
            _ => {}
        }
        let mut around = self.around(at);
        if !around.any(|around| around.has_class("text")) {
            return true;
        }
        match tag {
            "input" => node.attribute("type") == Some("checkbox") && node.attribute("disabled").is_some(),
            _ if SAFE_TAGS.contains(&tag) || is_own_tag(tag) || tag == "svg" => true,
            _ => SVG_TAGS.iter().any(|own| own.eq_ignore_ascii_case(tag)) && self.around(at).any(|node| node.is("svg")),
        }
    }
}

/// Whether an attribute neither runs nor styles, and leads to where a link may lead.
fn may_be_said(tag: &str, name: &str, value: &str) -> bool {
    match name {
        "style" | "srcset" | "srcdoc" | "formaction" | "action" | "ping" | "background" | "xlink:href" => false,
        "http-equiv" => value == "Content-Security-Policy",
        "src" if tag == "img" => !value.contains(':') && !value.starts_with("//"),
        "href" | "src" | "cite" | "data" | "poster" | "longdesc" => is_safe_address(value),
        _ => !name.starts_with("on") && is_still(name, value),
    }
}

/// What the parser builds the tree in.
#[derive(Debug, Default)]
struct Sink {
    nodes: RefCell<Vec<(Node, Option<QualName>)>>,
}

#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn add(&self, node: Node, name: Option<QualName>) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.is_empty() {
            nodes.push((Node::default(), None));
        }
        nodes.push((node, name));
        nodes.len() - 1
    }

    fn node(&self, child: NodeOrText<usize>) -> usize {
        match child {
            NodeOrText::AppendNode(at) => {
                self.remove_from_parent(&at);
                at
            }
            NodeOrText::AppendText(text) => self.add(Node { text: text.to_string(), ..Node::default() }, None),
        }
    }

    fn insert(&self, parent: usize, place: Option<usize>, child: NodeOrText<usize>) {
        let child = self.node(child);
        let nodes = &mut *self.nodes.borrow_mut();
        nodes[child].0.parent = Some(parent);
        let children = &mut nodes[parent].0.children;
        let place = place.and_then(|before| children.iter().position(|at| *at == before)).unwrap_or(children.len());
        children.insert(place, child);
    }
}

fn attributes(attributes: Vec<Attribute>) -> Vec<(String, String)> {
    attributes.into_iter().map(|own| (own.name.local.to_ascii_lowercase().to_string(), own.value.to_string())).collect()
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Parsed;
    type ElemName<'a> = Name;

    fn finish(self) -> Parsed {
        Parsed { nodes: self.nodes.into_inner().into_iter().map(|(node, _)| node).collect() }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.is_empty() {
            nodes.push((Node::default(), None));
        }
        0
    }

    fn elem_name(&self, target: &usize) -> Name {
        Name(self.nodes.borrow()[*target].1.clone().expect("only elements are asked"))
    }

    fn create_element(&self, name: QualName, own: Vec<Attribute>, _: ElementFlags) -> usize {
        let tag = Some(name.local.to_ascii_lowercase().to_string());
        self.add(Node { tag, attributes: attributes(own), ..Node::default() }, Some(name))
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Node::default(), None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Node::default(), None)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(&self, element: &usize, previous: &usize, child: NodeOrText<usize>) {
        let has_parent = self.nodes.borrow()[*element].0.parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        let parent = self.nodes.borrow()[*sibling].0.parent;
        if let Some(parent) = parent {
            self.insert(parent, Some(*sibling), child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, more: Vec<Attribute>) {
        let node = &mut self.nodes.borrow_mut()[*target].0;
        for (name, value) in attributes(more) {
            if node.attribute(&name).is_none() {
                node.attributes.push((name, value));
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        let nodes = &mut *self.nodes.borrow_mut();
        if let Some(parent) = nodes[*target].0.parent.take() {
            nodes[parent].0.children.retain(|child| child != target);
        }
    }

    fn reparent_children(&self, node: &usize, parent: &usize) {
        let children = self.nodes.borrow()[*node].0.children.clone();
        for child in children {
            self.insert(*parent, None, NodeOrText::AppendNode(child));
        }
    }
}
