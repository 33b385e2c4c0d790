//! `ismsbook explain`: what a rule means, or why a control stands as it stands, with files and lines.

mod fold;
mod item;
mod rule;

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::session::Opened;
use super::{Outcome, Session};
use crate::book::{Resolver, Target};
use crate::catalog::{Catalogs, ItemKind, shipped};
use crate::config::Config;
use crate::disk::Failure;
use crate::id::{ItemId, Role};
use crate::rules::{self, RULES};

/// The arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "CODE|CONTROL")]
    subject: String,
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
}

pub(super) fn run(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Outcome> {
    let subject = arguments.subject.trim();
    if let Some(rule) = rules::rule(subject) {
        let text = rule::explain(rule, &session.labels(), session.around.width);
        session.out.write_all(text.as_bytes())?;
        return Ok(Outcome::Done);
    }
    let opened = open(arguments, session)?;
    let default = Config::default();
    let (catalogs, config) = opened
        .as_ref()
        .map_or((shipped(), &default), |opened| (&opened.snapshot.book.catalogs, &opened.snapshot.book.config));
    let item = find(subject, catalogs, config)?;
    let role = arguments.role.as_deref().map(|role| known_role(role, &item, catalogs)).transpose()?;
    let language = session.language.clone().unwrap_or_else(|| session.labels());
    let width = session.around.width;
    let text = match &opened {
        Some(opened) => item::explain(&opened.snapshot, &item, role.as_ref(), &language, width),
        None => item::facts(catalogs, &item, &language, width),
    };
    session.out.write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}

/// The book, where there is one: the facts of a catalog need none.
fn open(arguments: &Arguments, session: &mut Session<'_>) -> anyhow::Result<Option<Opened>> {
    session.open_some(arguments.dir.as_deref())
}

/// The item that a text names, of whatever kind.
fn find(subject: &str, catalogs: &Catalogs, config: &Config) -> anyhow::Result<ItemId> {
    let documents = BTreeMap::new();
    let resolver = Resolver { catalogs, config, documents: &documents };
    let mut near: Vec<String> = Vec::new();
    for kind in [ItemKind::Control, ItemKind::Requirement, ItemKind::RiskSource] {
        match resolver.item(subject, kind) {
            Target::Item { item, .. } | Target::Superseded { item, .. } => return Ok(item),
            Target::Ambiguous(ways) => {
                return Err(Failure::new("ambiguous").with("subject", subject).with_list("ways", &ways).into());
            }
            Target::Unknown { nearest, .. } => near.extend(nearest.into_iter().map(|item| item.id.to_string())),
            _ => {}
        }
    }
    // An inactive catalog's item can still be explained by what its catalog says.
    let anywhere = catalogs.iter().find_map(|catalog| catalog.item(subject).map(|item| item.id.clone()));
    if let Some(item) = anywhere {
        return Ok(item);
    }
    let names = RULES.iter().flat_map(|rule| [rule.code, rule.name]);
    near.extend(crate::text::nearest(subject, names).map(str::to_owned));
    near.dedup();
    let failure = Failure::new(if near.is_empty() { "unknown-subject" } else { "unknown-subject-near" });
    Err(failure.with("subject", subject).with_list("nearest", &near).into())
}

fn known_role(role: &str, item: &ItemId, catalogs: &Catalogs) -> anyhow::Result<Role> {
    let roles = catalogs.get(item.catalog.as_str()).map_or(&[][..], |catalog| &catalog.roles);
    let found =
        roles.iter().find(|definition| definition.role.as_str() == role).map(|definition| definition.role.clone());
    let known: Vec<&str> = roles.iter().map(|definition| definition.role.as_str()).collect();
    let failure = || {
        Failure::new(if known.is_empty() { "no-roles" } else { "unknown-role" })
            .with("role", role)
            .with_list("known", &known)
    };
    found.ok_or_else(|| failure().into())
}
