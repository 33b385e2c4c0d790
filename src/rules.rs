//! The checks that an auditor would make. A rule looks at the book and what is computed from it, and reports; every word
//! of it stands beside it in a file for each language, with examples that are run as tests.

mod acceptance;
pub mod wording;

mod audit;
mod book;
mod catalog;
mod document;
mod reference;
mod requirement;
mod risk;
mod scope;
mod soa;
mod text;
mod translation;

use crate::book::{Book, Document};
use crate::derive::Derived;
use crate::finding::{Code, Finding, Place, Severity};
use wording::{Wording, WordingSource};

/// One check.
#[derive(Debug)]
pub struct Rule {
    /// Its code, for ever its own.
    pub code: Code,
    /// The name of the fault; reads well after "allow".
    pub name: &'static str,
    /// How much a finding weighs unless `[check.rules]` says otherwise.
    pub severity: Severity,
    /// Its words in English and Japanese.
    pub words: WordingSource,
    /// Looks and reports.
    pub check: fn(&Book, &Derived, &mut Findings),
}

/// The words files that stand beside a rule: `words!("folder", "file")` reads `file.en.md` and `file.ja.md` of the folder.
macro_rules! words {
    ($file:literal) => {
        $crate::rules::wording::WordingSource {
            en: include_str!(concat!($file, ".en.md")),
            ja: include_str!(concat!($file, ".ja.md")),
        }
    };
}
pub(crate) use words;

/// Every rule, in the order of codes.
pub const RULES: &[&Rule] = &[
    &book::unreadable_file::RULE,
    &book::unknown_setting::RULE,
    &book::wrong_setting::RULE,
    &book::oversized_file::RULE,
    &book::path_clash::RULE,
    &book::path_outside_book::RULE,
    &book::expired_acceptance::RULE,
    &book::idle_acceptance::RULE,
    &book::broken_template::RULE,
    &book::missing_content::RULE,
    &book::unread_history::RULE,
    &document::broken_front_matter::RULE,
    &document::unknown_field::RULE,
    &document::wrong_field_value::RULE,
    &document::duplicate_document_id::RULE,
    &document::missing_document_id::RULE,
    &document::malformed_document_id::RULE,
    &document::missing_owner::RULE,
    &document::missing_approval::RULE,
    &document::future_approval::RULE,
    &document::overdue_review::RULE,
    &document::missing_review_date::RULE,
    &document::revision_mismatch::RULE,
    &document::unapproved_revision::RULE,
    &document::unfilled_placeholder::RULE,
    &document::self_approval::RULE,
    &document::missing_classification::RULE,
    &document::empty_document::RULE,
    &document::missing_heading::RULE,
    &document::missing_field::RULE,
    &document::changed_since_approval::RULE,
    &document::untyped_document::RULE,
    &document::misplaced_front_matter::RULE,
    &document::unbuilt_file::RULE,
    &document::unknown_person::RULE,
    &reference::unknown_control::RULE,
    &reference::superseded_control::RULE,
    &reference::unknown_document::RULE,
    &reference::broken_link::RULE,
    &reference::broken_anchor::RULE,
    &reference::missing_image::RULE,
    &reference::retired_document::RULE,
    &reference::ambiguous_id::RULE,
    &reference::group_as_control::RULE,
    &reference::unknown_requirement::RULE,
    &reference::unknown_risk_source::RULE,
    &reference::local_path::RULE,
    &soa::undecided_control::RULE,
    &soa::missing_exclusion_justification::RULE,
    &soa::hollow_justification::RULE,
    &soa::repeated_justification::RULE,
    &soa::missing_inclusion_justification::RULE,
    &soa::excluded_but_treated::RULE,
    &soa::excluded_but_implemented::RULE,
    &soa::excluded_but_obliged::RULE,
    &soa::applicable_without_document::RULE,
    &soa::planned_without_due::RULE,
    &soa::overdue_implementation::RULE,
    &soa::implemented_without_evidence::RULE,
    &soa::undecided_role::RULE,
    &soa::undeclared_role::RULE,
    &soa::duplicate_decision::RULE,
    &soa::reason_without_source::RULE,
    &soa::excluded_with_status::RULE,
    &soa::status_contradiction::RULE,
    &soa::wholly_implemented::RULE,
    &risk::missing_risk_owner::RULE,
    &risk::missing_rating::RULE,
    &risk::rating_off_scale::RULE,
    &risk::missing_treatment::RULE,
    &risk::modify_without_control::RULE,
    &risk::missing_residual::RULE,
    &risk::residual_above_inherent::RULE,
    &risk::reduction_without_control::RULE,
    &risk::unaccepted_residual::RULE,
    &risk::accepted_by_another::RULE,
    &risk::expired_risk_acceptance::RULE,
    &risk::overdue_treatment::RULE,
    &risk::treatment_without_due::RULE,
    &risk::missing_effect::RULE,
    &risk::unconsidered_risk_source::RULE,
    &risk::share_without_party::RULE,
    &risk::treated_with_open_action::RULE,
    &scope::missing_scope::RULE,
    &scope::unnamed_cloud_service::RULE,
    &scope::missing_customer_role::RULE,
    &scope::service_without_risk::RULE,
    &scope::unknown_cloud_service::RULE,
    &scope::missing_isms_relation::RULE,
    &scope::scope_exclusion_without_reason::RULE,
    &requirement::unproven_requirement::RULE,
    &requirement::proven_by_draft::RULE,
    &requirement::unproven_implied_requirement::RULE,
    &audit::missing_internal_audit::RULE,
    &audit::unaudited_role::RULE,
    &audit::overdue_nonconformity::RULE,
    &audit::audit_of_own_work::RULE,
    &translation::stale_translation::RULE,
    &translation::missing_translation::RULE,
    &translation::orphan_translation::RULE,
    &translation::conflicting_translation::RULE,
    &catalog::broken_catalog::RULE,
    &catalog::duplicate_item::RULE,
    &catalog::unknown_mapping_target::RULE,
    &catalog::missing_item_title::RULE,
    &text::dropped_html::RULE,
    &text::unsafe_link::RULE,
    &text::remote_resource::RULE,
    &text::image_without_alternative::RULE,
    &text::unclosed_fence::RULE,
    &text::skipped_heading_level::RULE,
    &text::swallowed_rest::RULE,
    &text::surplus_cells::RULE,
    &text::sentence_as_definition::RULE,
    &text::idle_footnote::RULE,
    &text::tangled_text::RULE,
];

/// Where rules put what they find.
#[derive(Debug, Default)]
pub struct Findings {
    found: Vec<Finding>,
}

impl Findings {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.found.push(finding);
    }

    /// Adds a finding where there is one.
    pub fn add_some(&mut self, finding: Option<Finding>) {
        self.found.extend(finding);
    }
}

impl Rule {
    /// A finding of this rule.
    pub fn at(&self, place: Place) -> Finding {
        Finding::new(self.code, place)
    }

    /// A finding of this rule in a document.
    pub fn on(&self, document: &Document, place: Place) -> Finding {
        self.at(place).document(Some(document.name()))
    }

    /// Its words for a reader of a language.
    pub fn wording(&self, language: &crate::language::Language) -> &'static Wording {
        wording::of(self.code, language)
    }
}

/// The rule with this code or name.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code.eq_ignore_ascii_case(code) || rule.name == code).copied()
}

/// A check that is made while reading or linking: the finding is there before the rules look.
pub fn while_reading(_: &Book, _: &Derived, _: &mut Findings) {}

/// What the rules found.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The findings that count, in the order of file and place.
    pub findings: Vec<Finding>,
    /// The accepted ones, each with its place in `[[check.accepted]]`.
    pub accepted: Vec<(Finding, usize)>,
}

/// Runs every rule, settles severities, and takes out what is turned off or accepted.
pub fn check(book: &Book, derived: &Derived) -> Checked {
    use rayon::prelude::*;
    let mut found: Vec<Finding> = book.findings.iter().map(|finding| named(book, finding)).collect();
    let by_rule: Vec<Vec<Finding>> = RULES
        .par_iter()
        .map(|rule| {
            let mut findings = Findings::default();
            (rule.check)(book, derived, &mut findings);
            findings.found
        })
        .collect();
    found.extend(by_rule.into_iter().flatten());
    let (mut checked, notes) = acceptance::sort_out(book, derived, settle(book, found));
    checked.findings.extend(settle(book, notes));
    checked.findings.sort_by(|a, b| order(a).cmp(&order(b)));
    checked.findings.dedup();
    checked
}

/// A finding made while reading does not know its document by name yet.
fn named(book: &Book, finding: &Finding) -> Finding {
    let document = book.document_at(&finding.place.path).map(|document| document.name().to_owned());
    Finding { document: finding.document.clone().or(document), ..finding.clone() }
}

fn order(finding: &Finding) -> (&Place, Code, &Option<crate::id::ItemId>, &Option<crate::id::Role>) {
    (&finding.place, finding.code, &finding.item, &finding.role)
}

/// Gives each finding its rule's severity, or the one that the book gives it; what is turned off goes.
fn settle(book: &Book, found: Vec<Finding>) -> Vec<Finding> {
    let turned = |finding: &Finding| {
        let rule = rule(finding.code);
        let severities = &book.config.severities;
        let by_book = severities.get(finding.code).or_else(|| severities.get(rule?.name));
        by_book.map_or_else(|| Some(rule.map_or(finding.severity, |rule| rule.severity)), |severity| severity.value)
    };
    found.into_iter().filter_map(|finding| turned(&finding).map(|severity| Finding { severity, ..finding })).collect()
}
