//! `ismsbook suggest`: controls that documents may implement and risks may need, with what speaks for each.

use std::collections::BTreeMap;

use super::writing::{Writing, denied, finish, placed};
use super::{Outcome, Session};
use crate::book::Document;
use crate::disk::Failure;
use crate::edit::control::documents;
use crate::edit::suggest::{Proposal, Why, accept, proposals, unmet};
use crate::words::Words;

/// The arguments of `suggest`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DOCUMENT")]
    documents: Vec<String>,
    #[arg(long)]
    write: bool,
    #[arg(long, value_name = "CONTROL", value_delimiter = ',', requires = "write")]
    accept: Vec<String>,
    #[command(flatten)]
    writing: Writing,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let opened = session.open(arguments.writing.dir.as_deref())?;
    let snapshot = &opened.snapshot;
    let book = &snapshot.book;
    let named = documents(book, &arguments.documents).map_err(|why| denied(why, &book.files))?;
    let all = proposals(snapshot);
    let asked = all.iter().filter(|proposal| named.is_empty() || named.iter().any(|own| own.key == proposal.document));
    let asked: Vec<&Proposal> = asked.collect();
    if asked.is_empty() {
        session.say("cli.suggest.none", &[])?;
        return Ok(Outcome::Done);
    }
    if arguments.write {
        let accepted = accepted(arguments, &asked, |proposal| book.short_id(&proposal.item))?;
        let draft = accept(snapshot, &accepted).map_err(|why| denied(why, &book.files))?;
        let accepted: Vec<Proposal> = accepted.into_iter().cloned().collect();
        let before = std::sync::Arc::clone(snapshot);
        let unmet = |after: &crate::project::Snapshot| unmet(after, &before, &accepted.iter().collect::<Vec<_>>());
        return finish(opened, draft.files(), unmet, &arguments.writing, session);
    }
    let mut by_document: BTreeMap<&str, (&Document, Vec<&Proposal>)> = BTreeMap::new();
    for proposal in &asked {
        let document = book.document(proposal.document);
        by_document.entry(document.original.path.as_str()).or_insert((document, Vec::new())).1.push(proposal);
    }
    for (path, (document, proposals)) in &by_document {
        session.say(
            "cli.suggest.document",
            &[("document", document.label().get(session.words().language())), ("path", path)],
        )?;
        for proposal in proposals {
            let title = book.item(&proposal.item).map(|item| item.title.get(session.words().language()).to_owned());
            let why = why(&proposal.why, session.words(), |id| book.short_id(id));
            let place = placed(&proposal.place, &book.files);
            let values = [
                ("id", &*book.short_id(&proposal.item)),
                ("title", title.as_deref().unwrap_or_default()),
                ("why", &why),
                ("place", &place),
            ];
            session.say("cli.suggest.proposal", &values)?;
        }
    }
    let values = [("n", &*asked.len().to_string()), ("documents", &by_document.len().to_string())];
    session.say("cli.suggest.next", &values)?;
    Ok(Outcome::Done)
}

/// The proposals that are to be written: all, or those for some controls.
fn accepted<'p>(
    arguments: &Arguments,
    asked: &[&'p Proposal],
    id: impl Fn(&Proposal) -> String,
) -> Result<Vec<&'p Proposal>, Failure> {
    if arguments.accept.is_empty() {
        return Ok(asked.to_vec());
    }
    let wanted: Vec<&str> = arguments.accept.iter().map(|id| id.trim()).collect();
    if let Some(none) = wanted.iter().find(|wanted| !asked.iter().any(|proposal| id(proposal) == **wanted)) {
        return Err(Failure::new("not-proposed").with("id", *none));
    }
    Ok(asked.iter().copied().filter(|proposal| wanted.contains(&id(proposal).as_str())).collect())
}

/// What speaks for a proposal, in words.
fn why(why: &Why, words: &Words, id: impl Fn(&crate::id::ItemId) -> String) -> String {
    match why {
        Why::Title => words.get("cli.suggest.why.title").to_owned(),
        Why::Topic(topic) => words.fill("cli.suggest.why.topic", &[("topic", topic)]),
        Why::Heading(heading) => words.fill("cli.suggest.why.heading", &[("heading", heading)]),
        Why::Mentioned(times) => words.fill("cli.suggest.why.mentioned", &[("n", &times.to_string())]),
        Why::Source(source) => words.fill("cli.suggest.why.source", &[("source", &id(source))]),
    }
}
