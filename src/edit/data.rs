//! Values that are to be written, without places.

use crate::date::Date;
use crate::value::{Node, Value};

/// A value that is to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number or a day, written as it is.
    Plain(String),
    /// A text; quoted where it would be read as something else.
    Text(String),
    /// A list.
    List(Vec<Data>),
    /// Keys and values in their order.
    Map(Vec<(String, Data)>),
}

impl Data {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A list of texts.
    pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::text(text.as_ref())).collect())
    }

    /// A day.
    pub fn date(date: Date) -> Self {
        Self::Plain(date.to_string())
    }

    /// Whether it is one word, number or text.
    pub fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, data)| data),
            _ => None,
        }
    }

    /// Whether `read` is what this says. A day and a number are texts to some readers.
    pub fn is_read_as(&self, read: &Self) -> bool {
        match (self, read) {
            (Self::Plain(asked), Self::Text(read) | Self::Plain(read)) => asked == read,
            (Self::List(asked), Self::List(read)) => {
                asked.len() == read.len() && asked.iter().zip(read).all(|(asked, read)| asked.is_read_as(read))
            }
            (Self::Map(asked), Self::Map(read)) => {
                let same = |(asked, read): (&(String, Self), &(String, Self))| {
                    asked.0 == read.0 && asked.1.is_read_as(&read.1)
                };
                asked.len() == read.len() && asked.iter().zip(read).all(same)
            }
            _ => self == read,
        }
    }
}

impl From<&Node> for Data {
    fn from(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Literal(text) => Self::Plain(text.clone()),
            Value::Text(text) => Self::Text(text.clone()),
            Value::List(nodes) => Self::List(nodes.iter().map(Self::from).collect()),
            Value::Map(entries) => {
                Self::Map(entries.iter().map(|(key, node)| (key.value.clone(), Self::from(node))).collect())
            }
        }
    }
}
