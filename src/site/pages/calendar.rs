//! `calendar.html`: everything that falls due, month by month.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::address::View;
use crate::derive::{Due, DueKind};
use crate::site::context::Context;
use crate::site::page::{Page, downloads, top_page};
use crate::site::parts::due::{DueView, due_view};
use crate::site::theme::Values;
use crate::site::view::{Choice, Link};

#[derive(Debug, Serialize)]
struct CalendarView {
    exports: Vec<Link>,
    lead: String,
    kinds: Vec<Choice>,
    overdue: Vec<DueView>,
    months: Vec<Month>,
}

#[derive(Debug, Serialize)]
struct Month {
    anchor: String,
    title: String,
    entries: Vec<DueView>,
}

pub(in crate::site) fn page(context: &Context<'_>) -> Page {
    let derived = context.derived();
    let (overdue, coming): (Vec<&Due>, Vec<&Due>) = derived.due.iter().partition(|due| derived.days_until(due) < 0);
    let mut months: Vec<Month> = Vec::new();
    for due in coming {
        let (year, month, _) = due.date.parts();
        let anchor = format!("month-{year:04}-{month:02}");
        if months.last().is_none_or(|last| last.anchor != anchor) {
            let name = context.say(&format!("month.{month}"));
            let title = context.fill("date.month", &[("year", &year.to_string()), ("month", &name)]);
            months.push(Month { anchor, title, entries: Vec::new() });
        }
        if let Some(last) = months.last_mut() {
            last.entries.push(due_view(context, due));
        }
    }
    let view = CalendarView {
        exports: downloads(context, "calendar"),
        lead: context.say("calendar.lead"),
        kinds: kinds(context),
        overdue: overdue.into_iter().map(|due| due_view(context, due)).collect(),
        months,
    };
    top_page(context, View::Calendar, Values::new(&view))
}

/// The kinds of things that fall due in this book.
fn kinds(context: &Context<'_>) -> Vec<Choice> {
    let kinds: BTreeSet<DueKind> = context.derived().due.iter().map(|due| due.kind).collect();
    let choice =
        |kind: DueKind| Choice { value: kind.word().to_owned(), text: context.say(&format!("due.{}", kind.word())) };
    kinds.into_iter().map(choice).collect()
}
