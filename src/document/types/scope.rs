//! The scope of the ISMS (ISO/IEC 27001 4.3, JIP-ISMS517 4.1).

use crate::id::Role;
use crate::language::{Language, Localized};
use crate::text::Spanned;
use crate::value::{Fields, Node, Report, Word, localized};

/// What a scope document says.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The units of the organization.
    pub organization_units: Vec<Localized>,
    /// The places.
    pub locations: Vec<Localized>,
    /// The services.
    pub services: Vec<Localized>,
    /// Where others begin.
    pub interfaces: Vec<Localized>,
    /// Whether the cloud scope is the whole ISMS scope or a part of it.
    pub isms_relation: Option<Spanned<IsmsRelation>>,
    /// The cloud services, provided and used.
    pub cloud_services: Vec<CloudService>,
    /// What is left out, and why.
    pub exclusions: Vec<ScopeExclusion>,
}

/// How the cloud scope lies in the ISMS scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsmsRelation {
    /// They are the same.
    Same,
    /// The cloud scope is a part.
    Part,
}

impl Word for IsmsRelation {
    const WORDS: &'static [(&'static str, Self)] = &[("same", Self::Same), ("part", Self::Part)];
}

/// What a cloud service offers (ISO/IEC 22123-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceModel {
    /// Infrastructure.
    Iaas,
    /// A platform.
    Paas,
    /// Software.
    Saas,
}

impl Word for ServiceModel {
    const WORDS: &'static [(&'static str, Self)] = &[("IaaS", Self::Iaas), ("PaaS", Self::Paas), ("SaaS", Self::Saas)];
}

/// One cloud service in scope.
#[derive(Debug, Clone)]
pub struct CloudService {
    /// Its name, by which risks and other services name it.
    pub name: Spanned<String>,
    /// The organization's roles in it.
    pub roles: Vec<Spanned<Role>>,
    /// `IaaS`, `PaaS` or `SaaS`.
    pub model: Option<ServiceModel>,
    /// Who provides it.
    pub provider: Option<Localized>,
    /// The cloud services that it is built on.
    pub uses: Vec<Spanned<String>>,
}

/// One thing left out of the scope.
#[derive(Debug, Clone)]
pub struct ScopeExclusion {
    /// What.
    pub what: Localized,
    /// Why.
    pub why: Localized,
    /// Its place.
    pub span: crate::text::Span,
}

impl Scope {
    pub(super) fn read(fields: &Fields<'_>) -> Self {
        Self {
            organization_units: fields.localized_list("organization_units"),
            locations: fields.localized_list("locations"),
            services: fields.localized_list("services"),
            interfaces: fields.localized_list("interfaces"),
            isms_relation: fields.choice("isms_relation"),
            cloud_services: fields.list("cloud_services", cloud_service),
            exclusions: fields.list("exclusions", exclusion),
        }
    }

    pub(super) fn translate(&mut self, language: &Language, other: &Self) {
        translate_list(&mut self.organization_units, language, &other.organization_units);
        translate_list(&mut self.locations, language, &other.locations);
        translate_list(&mut self.services, language, &other.services);
        translate_list(&mut self.interfaces, language, &other.interfaces);
        for (own, other) in self.exclusions.iter_mut().zip(&other.exclusions) {
            own.what.translate(language, &other.what);
            own.why.translate(language, &other.why);
        }
    }
}

/// Adds a translation's texts to a list, by order.
pub(super) fn translate_list(own: &mut [Localized], language: &Language, other: &[Localized]) {
    for (own, other) in own.iter_mut().zip(other) {
        own.translate(language, other);
    }
}

fn cloud_service(node: &Node, report: &Report) -> Option<CloudService> {
    let fields = Fields::new("cloud_services", node, report);
    let name = fields.required_text("name", node);
    let (roles, uses) = (super::risk::roles(&fields), fields.texts("uses"));
    let model = fields.choice("model").map(|model| model.value);
    let provider = fields.localized("provider");
    fields.finish(&[]);
    Some(CloudService { name: name?, roles, model, provider, uses })
}

fn exclusion(node: &Node, report: &Report) -> Option<ScopeExclusion> {
    if node.scalar().is_some() {
        return Some(ScopeExclusion {
            what: localized("exclusions", node, report)?,
            why: Localized::default(),
            span: node.span,
        });
    }
    let fields = Fields::new("exclusions", node, report);
    let what = fields.localized("what").unwrap_or_default();
    let why = fields.localized("why").unwrap_or_default();
    let span = fields.node("what").map_or(node.span, |what| what.span);
    fields.finish(&[]);
    Some(ScopeExclusion { what, why, span })
}
