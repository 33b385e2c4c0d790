//! Where everything that is published stands in the site: the names of generated files, and names that every file system
//! holds. Which of two things has a path that both ask for, `book/places.rs` says.

use std::borrow::Cow;

use crate::catalog::ItemKind;
use crate::files::{FilePath, hash_of};

/// The longest name that file systems hold, in bytes.
const LONGEST: usize = 255;

macro_rules! views {
    ($($(#[$doc:meta])* $view:ident = $file:literal),+ $(,)?) => {
        /// A page that is made once in each language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum View { $($(#[$doc])* $view),+ }

        impl View {
            /// Its path below the root of a language.
            pub fn file(self) -> &'static str {
                match self { $(Self::$view => $file),+ }
            }

            /// The page at a path below the root of a language.
            fn at(path: &str) -> Option<Self> {
                match path { $($file => Some(Self::$view),)+ _ => None }
            }
        }
    };
}

views! {
    /// The home page.
    Home = "index.html",
    /// The SoA.
    Soa = "soa.html",
    /// The SoA by control.
    SoaByControl = "soa-by-control.html",
    /// The risk register.
    RiskRegister = "risk-register.html",
    /// The risk treatment plan.
    TreatmentPlan = "treatment-plan.html",
    /// The risk sources.
    RiskSources = "risk-sources.html",
    /// The requirements.
    Requirements = "requirements.html",
    /// The scope.
    Scope = "scope.html",
    /// The documents.
    Documents = "documents.html",
    /// The evidence.
    Evidence = "evidence.html",
    /// The calendar.
    Calendar = "calendar.html",
    /// The audits.
    Audits = "audits.html",
    /// The coverage of controls.
    Coverage = "coverage.html",
    /// The audit checklist.
    Checklist = "checklist.html",
    /// The transition from an older edition.
    Transition = "transition.html",
    /// The glossary.
    Glossary = "glossary.html",
    /// The findings.
    Findings = "findings.html",
    /// The whole manual for paper.
    Print = "print.html",
    /// What changed.
    Changes = "changes.html",
    /// What a web server shows where there is no page.
    NotFound = "404.html",
}

impl View {
    /// The page of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::at(&format!("{name}.html"))
    }

    /// Its name among the words: `NAME.title`, `NAME.lead`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::NotFound => "not-found",
            _ => self.file().trim_end_matches(".html"),
        }
    }
}

/// The exports that stand beside their pages, each with the endings of its files.
const EXPORTS: [(&str, &[&str]); 10] = [
    ("soa", &["xlsx", "csv", "json", "md"]),
    ("risk-register", &["xlsx", "csv"]),
    ("treatment-plan", &["xlsx", "csv"]),
    ("acceptances", &["xlsx", "csv"]),
    ("requirements", &["xlsx", "csv"]),
    ("documents", &["xlsx", "csv"]),
    ("evidence", &["xlsx", "csv"]),
    ("audits", &["xlsx", "csv"]),
    ("checklist", &["xlsx"]),
    ("calendar", &["ics", "xlsx"]),
];

/// The files of the shipped theme that stand beside the pages.
const THEME: [&str; 4] = ["print.css", "script.js", "style.css", "views.css"];

/// The list of checksums within a published folder, as `sha256sum -c` reads it.
pub const CHECKSUMS: &str = "SHA256SUMS";

/// The list of what was written to an output folder.
pub const MANIFEST: &str = ".ismsbook-manifest";

/// A file that the program makes. The pages and files of a book's own things have their places by `book/places.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Address {
    /// A page, once in each language.
    View(View),
    /// An export by its name and the ending of the file, once in each language.
    Export(&'static str, &'static str),
    /// A script with a part of the search data, from 0, once in each language.
    SearchData(usize),
    /// A file of the shipped theme, which a theme may replace.
    Theme(&'static str),
    /// The site map, where the site's address is known.
    SiteMap,
    /// [`CHECKSUMS`].
    Checksums,
    /// [`MANIFEST`].
    Manifest,
}

impl Address {
    /// Its path: below the root of a language where it stands once in each, else below that of the site.
    pub fn path(self) -> Cow<'static, str> {
        match self {
            Self::View(view) => view.file().into(),
            Self::Export(name, ending) => format!("{name}.{ending}").into(),
            Self::SearchData(0) => "search-data.js".into(),
            Self::SearchData(part) => format!("search-data-{}.js", part + 1).into(),
            Self::Theme(name) => name.into(),
            Self::SiteMap => "sitemap.xml".into(),
            Self::Checksums => CHECKSUMS.into(),
            Self::Manifest => MANIFEST.into(),
        }
    }

    /// What stands at a path. On disks that know no letters of different size the list of checksums has its name in any.
    pub fn parse(path: &str) -> Option<Self> {
        let once = || [Self::SiteMap, Self::Manifest].into_iter().chain(THEME.map(Self::Theme));
        View::at(path)
            .map(Self::View)
            .or_else(|| export_at(path))
            .or_else(|| search_data_at(path))
            .or_else(|| once().find(|address| address.path() == path))
            .or_else(|| path.eq_ignore_ascii_case(CHECKSUMS).then_some(Self::Checksums))
    }

    /// Whether there is one in each language.
    pub fn in_every_language(self) -> bool {
        matches!(self, Self::View(_) | Self::Export(..) | Self::SearchData(_))
    }
}

fn export_at(path: &str) -> Option<Address> {
    let (name, ending) = path.rsplit_once('.')?;
    let (name, endings) = EXPORTS.iter().find(|(export, _)| *export == name)?;
    endings.iter().find(|known| **known == ending).map(|ending| Address::Export(name, ending))
}

fn search_data_at(path: &str) -> Option<Address> {
    let number = path.strip_prefix("search-data")?.strip_suffix(".js")?;
    match number.strip_prefix('-') {
        None => number.is_empty().then_some(Address::SearchData(0)),
        Some(number) => number.parse::<usize>().ok()?.checked_sub(1).map(Address::SearchData),
    }
}

/// The endings of an export's files that stand beside its page.
pub fn published(export: &str) -> &'static [&'static str] {
    EXPORTS.iter().find(|(name, _)| *name == export).map_or(&[], |(_, endings)| endings)
}

/// The page of an item, where nothing else is there. An id may hold a slash, which would open a folder.
pub fn item(kind: ItemKind, catalog: &str, id: &str) -> String {
    let name = format!("{}.html", safe_name(&id.replace('/', "-")));
    format!("{}/{}/{}", kind_folder(kind), safe_name(catalog), fitting(name))
}

/// The page that lists the controls of a catalog, where nothing else is there.
pub fn controls(catalog: &str) -> String {
    format!("{}/{}/index.html", kind_folder(ItemKind::Control), safe_name(catalog))
}

/// The folder that holds the pages of a kind of item.
fn kind_folder(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Control => "controls",
        ItemKind::Requirement => "requirements",
        ItemKind::RiskSource => "risk-sources",
    }
}

/// The page of a folder without one of its own, where nothing else is there.
pub fn folder(folder: &str) -> String {
    if folder.is_empty() { View::Home.file().to_owned() } else { format!("{}/index.html", safe_name(folder)) }
}

/// The page of a document, by its path below `content/` without language and ending, where nothing else is there.
pub fn document(stem: &str) -> String {
    let page = format!("{}.html", safe_name(stem));
    match page.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/{}", fitting(name.to_owned())),
        None => fitting(page),
    }
}

/// The page of a document as it would be called, were its name not too long.
pub fn too_long(stem: &str) -> Option<String> {
    let name = stem.rsplit('/').next().unwrap_or(stem);
    (name.len() + ".html".len() > LONGEST).then(|| format!("{stem}.html"))
}

/// The place of a file that is copied as it is, where nothing else is there.
pub fn asset(path: &FilePath) -> String {
    safe_name(path.as_str().strip_prefix("content/").unwrap_or(path.as_str()))
}

/// A path for the output: blanks and Japanese stay; what a Windows file system cannot hold becomes `-`.
pub fn safe_name(path: &str) -> String {
    path.split('/').map(safe_part).collect::<Vec<_>>().join("/")
}

fn safe_part(part: &str) -> String {
    let replaced: String = part.chars().map(|c| if is_unsafe(c) { '-' } else { c }).collect();
    let kept = replaced.trim_end_matches([' ', '.']).len();
    let tail: String = replaced[kept..].chars().map(|_| '-').collect();
    let name = format!("{}{tail}", &replaced[..kept]);
    let stem = name.split('.').next().unwrap_or_default();
    let name = if is_reserved(stem) { format!("{stem}-{}", &name[stem.len()..]) } else { name };
    fitting(name)
}

/// A name that is no longer than file systems allow; what is cut off is told apart by a hash.
fn fitting(name: String) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let (stem, ending) = split(&name);
    let [a, b, c, d, ..] = hash_of(name.as_bytes());
    let hash = format!("{:08x}", u32::from_be_bytes([a, b, c, d]));
    let kept = stem.floor_char_boundary(LONGEST - ending.len() - hash.len() - 1);
    format!("{}-{hash}{ending}", &stem[..kept])
}

/// A name and its ending, with the dot.
fn split(name: &str) -> (&str, &str) {
    let dot = name.rfind('.').filter(|dot| *dot > 0 && name.len() - dot <= 16);
    name.split_at(dot.unwrap_or(name.len()))
}

/// The name with something between it and its ending.
pub fn marked(name: &str, mark: &str) -> String {
    let (stem, ending) = split(name);
    fitting(format!("{stem}{mark}{ending}"))
}

fn is_unsafe(c: char) -> bool {
    matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\') || c.is_control()
}

fn is_reserved(stem: &str) -> bool {
    let upper = stem.to_ascii_uppercase();
    let numbered = |prefix: &str| {
        upper.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_windows_cannot_hold_is_replaced() {
        assert_eq!(safe_name("規程 第3版/a b.html"), "規程 第3版/a b.html");
        assert_eq!(safe_name("folder /CON.html"), "folder-/CON-.html");
        assert_eq!(safe_name("164.308(a)(1)(i).html"), "164.308(a)(1)(i).html");
        assert_eq!(safe_name("X:1*.html"), "X-1-.html");
    }

    #[test]
    fn no_name_is_longer_than_file_systems_hold() {
        let long = "規".repeat(84);
        let (page, other) = (document(&format!("a/{long}")), document(&format!("a/{long}程")));
        assert!(page.starts_with("a/規") && page.ends_with(".html") && page.len() <= 2 + LONGEST, "{page}");
        assert_ne!(page, other);
        assert_eq!(marked("soa.html", "-document"), "soa-document.html");
        assert_eq!(marked("LICENSE", "-2"), "LICENSE-2");
        assert!(marked(&"x".repeat(LONGEST), "-2").len() <= LONGEST);
    }

    #[test]
    fn generated_files_are_known_by_their_paths() {
        let each = ["soa.html", "soa.csv", "calendar.ics", "search-data.js", "search-data-12.js", "404.html"];
        for path in each.into_iter().chain(["style.css", "sitemap.xml", "SHA256SUMS", ".ismsbook-manifest"]) {
            let address = Address::parse(path).unwrap_or_else(|| panic!("{path}"));
            assert_eq!((&*address.path(), address.in_every_language()), (path, each.contains(&path)));
        }
        for path in
            ["soa.ics", "soa.txt", "search-data-x.js", "search-data-0.js", "policies/soa.html", "objectives.xlsx"]
        {
            assert_eq!(Address::parse(path), None, "{path}");
        }
    }
}
