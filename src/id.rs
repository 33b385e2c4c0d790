//! Ids of catalogs, items and roles, and the natural order of ids.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

/// The id of a catalog, such as `iso27001-2022`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CatalogId(Arc<str>);

impl CatalogId {
    /// The catalog id with this text.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CatalogId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An item by its catalog and its id within it; `5.1`, `A.5.1` and `27017:5.1.1` never meet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ItemId {
    /// The catalog that holds the item.
    pub catalog: CatalogId,
    /// The id within the catalog, such as `A.5.15`.
    pub id: Arc<str>,
}

impl ItemId {
    /// The item `id` of `catalog`.
    pub fn new(catalog: &CatalogId, id: &str) -> Self {
        Self { catalog: catalog.clone(), id: id.into() }
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.catalog, self.id)
    }
}

impl Ord for ItemId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.catalog.cmp(&other.catalog).then_with(|| natural_order(&self.id, &other.id))
    }
}

impl PartialOrd for ItemId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A role in a cloud service, by the id that its catalog declares (`customer`, `provider`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Role(Arc<str>);

impl Role {
    /// The role with this id.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The cloud service customer (CSC).
    pub fn customer() -> Self {
        Self::new("customer")
    }

    /// The cloud service provider (CSP).
    pub fn provider() -> Self {
        Self::new("provider")
    }

    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Compares ids as people do: numbers by value (`A.5.9` before `A.5.10`), numbers before letters (`18.2.1` before `CLD.6.3.1`).
pub fn natural_order(left: &str, right: &str) -> Ordering {
    let mut parts = (Parts(left), Parts(right));
    loop {
        match (parts.0.next(), parts.1.next()) {
            (None, None) => return left.cmp(right),
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(a), Some(b)) => match a.cmp(&b) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
        }
    }
}

/// Compares the versions of documents: numbers by value, without the `v`, `Ver.` or `第` in front, the `版` behind and empty
/// last parts (`1.0` is `1`).
pub fn compare_versions(left: &str, right: &str) -> Ordering {
    natural_order(bare_version(left), bare_version(right))
}

fn bare_version(version: &str) -> &str {
    let version = version.trim().trim_end_matches('版').trim_end();
    let number = version.find(|c: char| c.is_ascii_digit()).map_or(version, |at| &version[at..]);
    let mut bare = number;
    while let Some(shorter) = bare.strip_suffix(".0") {
        bare = shorter;
    }
    bare
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Number(usize, &'a str),
    Letters(&'a str),
}

struct Parts<'a>(&'a str);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let first = self.0.chars().next()?;
        let digits = first.is_ascii_digit();
        let end = self.0.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(self.0.len());
        let (part, rest) = self.0.split_at(end);
        self.0 = rest;
        if !digits {
            return Some(Part::Letters(part));
        }
        let number = part.trim_start_matches('0');
        Some(Part::Number(number.len(), number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_their_numbers() {
        assert_eq!(compare_versions("1.10", "1.9"), Ordering::Greater);
        assert_eq!(compare_versions("第2版", "v2.0"), Ordering::Equal);
        assert_eq!(compare_versions("1.1", "Ver.1.2"), Ordering::Less);
    }

    #[test]
    fn ids_sort_as_people_sort_them() {
        let mut ids = ["CLD.6.3.1", "A.5.10", "18.2.1", "A.5.2", "5.1.1", "A.10.1", "6.1.3"];
        ids.sort_by(|a, b| natural_order(a, b));
        assert_eq!(ids, ["5.1.1", "6.1.3", "18.2.1", "A.5.2", "A.5.10", "A.10.1", "CLD.6.3.1"]);
    }
}
