//! Small books out of texts, for every test.

use std::ffi::OsString;
use std::sync::Arc;

use ismsbook::cli::{self, Surroundings};
use ismsbook::date::Date;
use ismsbook::files::{File, FilePath, Files};
use ismsbook::finding::Finding;
use ismsbook::project::{Inputs, Project, Snapshot};
use ismsbook::site::{Site, SiteOptions};
use ismsbook::text::LineIndex;

/// The day on which all tests take place.
pub(crate) fn today() -> Date {
    Date::parse("2026-11-22").expect("a day")
}

/// Runs the program in this process on the day of all tests: its status, what it printed, and what it complained of.
pub(crate) fn run_program<'a>(styled: bool, arguments: impl IntoIterator<Item = &'a str>) -> (u8, String, String) {
    let arguments = ["ismsbook"].into_iter().chain(arguments).chain(["--today=2026-11-22"]).map(OsString::from);
    let around = Surroundings { width: 100, styled, ..Surroundings::default() };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::run(arguments, &around, &mut out, &mut err);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status, text(out), text(err))
}

/// A number that whoever runs a test may set in its environment: how many cases, or from which seed.
#[expect(clippy::disallowed_methods, reason = "the one variable of a test")]
pub(crate) fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// The files of a book written as one text: `--- content/policies/access.md` heads a file.
pub(crate) fn files(text: &str) -> Files {
    let mut files = Files::new();
    let mut current: Option<(String, String)> = None;
    let mut add = |entry: Option<(String, String)>| {
        if let Some((path, content)) = entry {
            files.insert(FilePath::new(&path), File::new(content.into_bytes()));
        }
    };
    for line in text.split_inclusive('\n') {
        let path = line.trim_end().strip_prefix("--- ").filter(|path| path.contains('/') || path.ends_with(".toml"));
        match (path, &mut current) {
            (Some(path), _) => add(current.replace((path.to_owned(), String::new()))),
            (None, Some((_, content))) => content.push_str(line),
            (None, None) => {}
        }
    }
    add(current);
    files
}

/// The snapshot of some files on a day.
pub(crate) fn snapshot_of(files: Files, today: Date) -> Snapshot {
    let inputs = Inputs { files, today, commit: None, history: std::sync::Arc::default() };
    Project::new().snapshot(inputs).expect("book.toml is TOML")
}

/// The snapshot of a book written as one text.
pub(crate) fn snapshot(text: &str) -> Snapshot {
    snapshot_of(files(text), today())
}

/// `CODE path:line:column` of a finding.
pub(crate) fn place(snapshot: &Snapshot, finding: &Finding) -> String {
    let path = &finding.place.path;
    let text =
        snapshot.book.files.get(path).map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default();
    let position = LineIndex::new(&text).position(&text, finding.place.span.start);
    format!("{} {path}:{}:{}", finding.code, position.line, position.column)
}

/// The text of a page.
pub(crate) fn render(snapshot: &Snapshot, path: &str) -> String {
    let site = Site::new(Arc::new(snapshot.clone()), SiteOptions::default());
    let route = site.route(path).unwrap_or_else(|| panic!("a page at {path}"));
    String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
}
