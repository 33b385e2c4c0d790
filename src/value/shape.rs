//! What a reader asks for: the keys of a map and what each may hold. The reader tells it itself, on a map that holds nothing,
//! so that schema, known keys and reading cannot drift apart.

use std::cell::RefCell;
use std::sync::LazyLock;

use super::{Node, Value};
use crate::text::Span;

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A text; a number counts as its text.
    Text,
    /// A text, plain or by language.
    Words,
    /// Somebody: a key of `[people]`, or a name.
    Person,
    /// An id, a range of ids, or several parted by commas.
    Ids,
    /// A day.
    Date,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number,
    /// One of some words.
    Choice(Vec<String>),
    /// A list; a single value is a list of one.
    List(Box<Shape>),
    /// A map.
    Map {
        /// Its keys.
        fields: Vec<Asked>,
        /// Whether a plain text may stand in its place.
        text: bool,
    },
}

/// One key that a reader asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The key.
    pub key: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
}

/// Notes what is asked for, map by map.
#[derive(Debug, Default)]
pub(super) struct Notes {
    open: RefCell<Vec<Vec<Asked>>>,
    done: RefCell<Option<Vec<Asked>>>,
}

/// What readers of the entries of a list are tried with.
pub(super) static EMPTY: LazyLock<Node> =
    LazyLock::new(|| Node { value: Value::Map(Vec::new()), span: Span::default() });
pub(super) static PLAIN: LazyLock<Node> =
    LazyLock::new(|| Node { value: Value::Text("x".to_owned()), span: Span::default() });

impl Notes {
    pub(super) fn open(&self) {
        self.open.borrow_mut().push(Vec::new());
    }

    pub(super) fn close(&self) {
        *self.done.borrow_mut() = self.open.borrow_mut().pop();
    }

    /// The keys of the map that was closed last.
    pub(super) fn take(&self) -> Option<Vec<Asked>> {
        self.done.borrow_mut().take()
    }

    pub(super) fn note(&self, key: &'static str, shape: Shape, required: bool) {
        if let Some(map) = self.open.borrow_mut().last_mut()
            && map.iter().all(|asked| asked.key != key)
        {
            map.push(Asked { key, shape, required });
        }
    }
}
