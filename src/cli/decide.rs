//! `ismsbook decide`: a decision of the Statement of Applicability, written where it belongs.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::writing::{Writing, begun, denied, finish};
use super::{Outcome, Session};
use crate::date::Date;
use crate::disk::Failure;
use crate::document::ImplementationStatus;
use crate::document::types::Reason;
use crate::edit::decide::{Decision, controls, decide, unmet};
use crate::id::Role;
use crate::value::Word;

/// The arguments of `decide`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "CONTROL", required = true)]
    controls: Vec<String>,
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    #[arg(long, value_name = "ANSWER", value_enum)]
    applicable: Option<Answer>,
    #[arg(long, value_name = "REASON", value_delimiter = ',', value_parser = word_of::<Reason>())]
    reason: Vec<Reason>,
    #[arg(long, value_name = "TEXT")]
    justification: Option<String>,
    #[arg(long, value_name = "STATUS", value_parser = word_of::<ImplementationStatus>())]
    status: Option<ImplementationStatus>,
    #[arg(long, value_name = "DATE", value_parser = super::today::parse)]
    due: Option<Date>,
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Answer {
    Yes,
    No,
}

/// One word of a fixed list.
fn word_of<T: Word + Send + Sync>() -> impl TypedValueParser<Value = T> {
    let words = PossibleValuesParser::new(T::WORDS.iter().map(|(word, _)| *word));
    words.map(|text| {
        let known = T::WORDS.iter().find(|(word, _)| *word == text);
        known.map(|(_, value)| *value).expect("only the words of the list pass")
    })
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let asked = Decision {
        role: arguments.role.as_deref().map(Role::new),
        applicable: arguments.applicable.map(|answer| answer == Answer::Yes),
        reasons: arguments.reason.clone(),
        justification: arguments.justification.clone(),
        status: arguments.status,
        due: arguments.due,
        owner: arguments.owner.clone(),
    };
    if asked.is_empty() {
        return Err(Failure::new("nothing-decided").into());
    }
    let opened = session.open(arguments.writing.dir.as_deref())?;
    let book = &opened.snapshot.book;
    let files = &book.files;
    let controls = controls(book, &arguments.controls).map_err(|why| denied(why, files))?;
    let draft = decide(&opened.snapshot, &controls, &asked, || begun(book)).map_err(|why| denied(why, files))?;
    finish(opened, draft.files(), |after| unmet(after, &controls, &asked), &arguments.writing, session)
}
