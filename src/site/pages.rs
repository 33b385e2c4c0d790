//! The kinds of pages. Each file makes the view of one kind; its template has the same name.

pub(super) mod audits;
pub(super) mod calendar;
pub(super) mod catalog;
pub(super) mod changes;
pub(super) mod checklist;
pub(super) mod control;
pub(super) mod coverage;
pub(super) mod document;
pub(super) mod documents;
pub(super) mod evidence;
pub(super) mod findings;
pub(super) mod folder;
pub(super) mod glossary;
pub(super) mod home;
pub(super) mod not_found;
pub(super) mod print;
pub(super) mod requirement;
pub(super) mod requirements;
pub(super) mod risk_register;
pub(super) mod risk_source;
pub(super) mod risk_sources;
pub(super) mod scope;
pub(super) mod soa;
pub(super) mod soa_by_control;
pub(super) mod transition;
pub(super) mod treatment_plan;

use super::context::Context;
use super::theme;
use super::view::Link;
use crate::address::View;
use crate::book::DocumentKey;
use crate::catalog::ItemKind;
use crate::id::ItemId;

/// A page before it is framed.
#[derive(Debug)]
pub(super) struct Page {
    /// What the page is called.
    pub(super) title: String,
    /// The template that shows it.
    pub(super) template: &'static str,
    /// What it says, in a sentence.
    pub(super) description: String,
    /// The pages above it, from the home page on.
    pub(super) breadcrumb: Vec<Link>,
    /// Which branch of the navigation is open.
    pub(super) branch: Branch,
    /// The page before it.
    pub(super) previous: Option<Link>,
    /// The page after it.
    pub(super) next: Option<Link>,
    /// What its template is given.
    pub(super) view: theme::View,
}

/// A branch of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Branch {
    /// A generated page, which stands at the top.
    Top,
    /// A folder, and the document in it.
    Folder(usize, Option<DocumentKey>),
    /// A catalog's items of one kind, and the item.
    Catalog(ItemKind, String, Option<ItemId>),
}

/// A page that every book has once in each language.
#[derive(Debug)]
pub(super) struct ViewPage {
    /// Which.
    pub(super) view: View,
    /// The key of its title.
    pub(super) title: &'static str,
    /// Makes it.
    pub(super) make: fn(&Context<'_>) -> Page,
}

/// The pages that every book has once.
const VIEWS: &[ViewPage] = &[
    ViewPage { view: View::Home, title: "home.title", make: home::page },
    ViewPage { view: View::Soa, title: "soa.title", make: soa::page },
    ViewPage { view: View::SoaByControl, title: "soa-by-control.title", make: soa_by_control::page },
    ViewPage { view: View::RiskRegister, title: "risk-register.title", make: risk_register::page },
    ViewPage { view: View::TreatmentPlan, title: "treatment-plan.title", make: treatment_plan::page },
    ViewPage { view: View::RiskSources, title: "risk-sources.title", make: risk_sources::page },
    ViewPage { view: View::Requirements, title: "requirements.title", make: requirements::page },
    ViewPage { view: View::Scope, title: "scope.title", make: scope::page },
    ViewPage { view: View::Documents, title: "documents.title", make: documents::page },
    ViewPage { view: View::Evidence, title: "evidence.title", make: evidence::page },
    ViewPage { view: View::Calendar, title: "calendar.title", make: calendar::page },
    ViewPage { view: View::Audits, title: "audits.title", make: audits::page },
    ViewPage { view: View::Coverage, title: "coverage.title", make: coverage::page },
    ViewPage { view: View::Checklist, title: "checklist.title", make: checklist::page },
    ViewPage { view: View::Transition, title: "transition.title", make: transition::page },
    ViewPage { view: View::Glossary, title: "glossary.title", make: glossary::page },
    ViewPage { view: View::Findings, title: "findings.title", make: findings::page },
    ViewPage { view: View::Print, title: "print.title", make: print::page },
];

/// The page of what changed, which stands where the book asks for a comparison.
const CHANGES: &ViewPage = &ViewPage { view: View::Changes, title: "changes.title", make: changes::page };

/// The pages that a book has once.
pub(super) fn views(compared: bool) -> impl Iterator<Item = &'static ViewPage> {
    VIEWS.iter().chain(compared.then_some(CHANGES))
}

/// The key of the title of a page that a book has once.
pub(super) fn view_title(file: &str) -> &'static str {
    views(true).find(|view| view.view.file() == file).map_or("", |view| view.title)
}

/// A generated page at the top: its title and lead are the words under `NAME.title` and `NAME.lead`.
fn top_page(context: &Context<'_>, name: &str, template: &'static str, view: theme::View) -> Page {
    Page {
        title: context.say(&format!("{name}.title")),
        template,
        description: context.say(&format!("{name}.lead")),
        breadcrumb: vec![home(context)],
        branch: Branch::Top,
        previous: None,
        next: None,
        view,
    }
}

/// The files for other programs that stand beside a page.
fn downloads(context: &Context<'_>, name: &str) -> Vec<Link> {
    let export = crate::export::Export::named(name);
    let files = export.into_iter().flat_map(|export| export.published().map(move |format| (export, format)));
    files
        .map(|(export, format)| Link::new(context.links.view(&export.file(format)), &format.ending().to_uppercase()))
        .collect()
}

/// The first step of every breadcrumb.
fn home(context: &Context<'_>) -> Link {
    Link::new(context.links.view("index.html"), &context.say("home.title"))
}
