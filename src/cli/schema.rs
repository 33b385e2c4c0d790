//! `ismsbook schema`: JSON Schemas, by which editors propose keys and values while a person writes.

mod front_matter;

use std::path::PathBuf;

use serde_json::Value;

use super::{Outcome, Session};
use crate::text::json_document;
use crate::words::Words;

/// The arguments of `schema`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_enum, value_name = "front-matter|book")]
    of: Subject,
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Subject {
    FrontMatter,
    Book,
}

/// The schema of the settings; a description is a key of the words.
const BOOK: &str = include_str!("schema/book.json");

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let own = own_types(arguments, session)?;
    let words = session.words();
    let schema = match arguments.of {
        Subject::FrontMatter => front_matter::schema(&own, words),
        Subject::Book => book(words),
    };
    write!(session.out, "{}", json_document(&schema))?;
    Ok(Outcome::Done)
}

fn book(words: &Words) -> Value {
    let mut schema: Value = serde_json::from_str(BOOK).expect("the schema is JSON; a test proves it");
    describe(&mut schema, words);
    schema
}

/// The types that the book adds; none where there is no book.
fn own_types(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Vec<String>> {
    let opened = session.open_some(arguments.dir.as_deref())?;
    Ok(opened.map(|opened| opened.snapshot.book.config.types.keys().cloned().collect()).unwrap_or_default())
}

/// Puts the words in the place of their keys.
fn describe(value: &mut Value, words: &Words) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match value {
                    Value::String(text)
                        if matches!(key.as_str(), "description" | "title") && text.starts_with("schema.") =>
                    {
                        *text = words.get(text).to_owned();
                    }
                    value => describe(value, words),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| describe(value, words)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn gaps(value: &Value) -> Vec<String> {
        match value {
            Value::Object(entries) => entries
                .iter()
                .flat_map(|(key, value)| match value {
                    Value::String(text) if key == "description" && text.starts_with("schema.") => vec![text.clone()],
                    value => gaps(value),
                })
                .collect(),
            Value::Array(values) => values.iter().flat_map(gaps).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_description_has_its_words() {
        for language in [Language::english(), Language::japanese()] {
            let words = Words::of(&language);
            for schema in [front_matter::schema(&[], words), book(words)] {
                assert_eq!(gaps(&schema), Vec::<String>::new(), "{language}");
            }
        }
    }
}
