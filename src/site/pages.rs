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
use super::page::Page;
use crate::address::View;

/// A page that every book has once in each language.
#[derive(Debug)]
pub(super) struct ViewPage {
    /// Which.
    pub(super) view: View,
    /// Makes it.
    pub(super) make: fn(&Context<'_>) -> Page,
}

/// The pages that every book has once.
const VIEWS: &[ViewPage] = &[
    ViewPage { view: View::Home, make: home::page },
    ViewPage { view: View::Soa, make: soa::page },
    ViewPage { view: View::SoaByControl, make: soa_by_control::page },
    ViewPage { view: View::RiskRegister, make: risk_register::page },
    ViewPage { view: View::TreatmentPlan, make: treatment_plan::page },
    ViewPage { view: View::RiskSources, make: risk_sources::page },
    ViewPage { view: View::Requirements, make: requirements::page },
    ViewPage { view: View::Scope, make: scope::page },
    ViewPage { view: View::Documents, make: documents::page },
    ViewPage { view: View::Evidence, make: evidence::page },
    ViewPage { view: View::Calendar, make: calendar::page },
    ViewPage { view: View::Audits, make: audits::page },
    ViewPage { view: View::Coverage, make: coverage::page },
    ViewPage { view: View::Checklist, make: checklist::page },
    ViewPage { view: View::Transition, make: transition::page },
    ViewPage { view: View::Glossary, make: glossary::page },
    ViewPage { view: View::Findings, make: findings::page },
    ViewPage { view: View::Print, make: print::page },
];

/// The page of what changed, which stands where the book asks for a comparison.
const CHANGES: &ViewPage = &ViewPage { view: View::Changes, make: changes::page };

/// The pages that a book has once.
pub(super) fn views(compared: bool) -> impl Iterator<Item = &'static ViewPage> {
    VIEWS.iter().chain(compared.then_some(CHANGES))
}
