//! Themes: the accent of `book.toml`, a book's own templates, words and colours, and how one begins.
#![expect(clippy::disallowed_methods, reason = "a theme is begun in a folder, and the mini book lies in one")]

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use ismsbook::cli::{self, Surroundings};
use ismsbook::disk::read;
use ismsbook::site::{Site, SiteOptions, shipped_theme};

use crate::support::{place, snapshot, snapshot_of, today};

fn page(site: &Site, path: &str) -> String {
    let route = site.route(path).unwrap_or_else(|| panic!("no route {path}"));
    String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
}

fn site(text: &str) -> Site {
    Site::new(Arc::new(snapshot(text)), SiteOptions::default())
}

/// Status, output and complaint of `ismsbook theme`.
fn theme(folder: &Path, language: &str, arguments: &[&str]) -> (u8, String, String) {
    let folder = folder.to_str().expect("a plain path");
    let arguments = ["ismsbook", "theme", "eject", folder].into_iter().chain(arguments.iter().copied());
    let arguments = arguments.chain(["--language", language]).map(OsString::from);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = cli::run(arguments, &Surroundings::default(), &mut out, &mut err);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (status, text(out), text(err))
}

#[test]
fn a_second_theme_overrides_templates_words_and_colours() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/books/other-theme");
    let snapshot = snapshot_of(read::read(&root).files, today());
    assert_eq!(snapshot.checked.findings.iter().map(|finding| place(&snapshot, finding)).collect::<Vec<_>>(), [""; 0]);
    let site = Site::new(Arc::new(snapshot), SiteOptions::default());
    for (path, mark, history) in [
        ("policies/access.html", "工房の規程", "改訂の記録"),
        ("en/policies/access.html", "A rule of the workshop", "Record of changes"),
    ] {
        let html = page(&site, path);
        assert!(html.contains(&format!("<p class=\"house-mark\">{mark}</p>")), "a block of the theme's own: {html}");
        assert!(html.contains("<header class=\"document-head\">"), "a block that keeps what it extends: {html}");
        assert!(html.contains(&format!("{history}</h2>")), "a word: {html}");
        assert!(html.contains("custom.css\"") && html.contains("<meta name=\"author\""), "{html}");
    }
    assert!(page(&site, "soa.html").contains("<meta name=\"author\" content=\"木工所\">"), "every page has the frame");
    assert!(page(&site, "custom.css").contains("--radius: 0"));
    assert!(page(&site, "style.css").contains("--accent: light-dark(#8a4b08, "), "{}", page(&site, "style.css"));
    assert!(site.routes().iter().all(|route| !route.path.starts_with("words") && route.path != "policy-mark.html"));
    assert!(site.findings().is_empty(), "{:?}", site.findings());
}

#[test]
fn an_accent_stands_in_the_style_sheet_and_one_that_cannot_be_read_is_a_finding() {
    assert!(!page(&site("--- book.toml\n"), "style.css").contains("The accent of book.toml"));
    let pale = page(&site("--- book.toml\n[build]\naccent = \"#fc0\"\n"), "style.css");
    let pair = pale.rsplit_once("--accent: light-dark(").expect("it is there").1.split(')').next().expect("its end");
    assert!(!pair.starts_with("#ffcc00") && pair.ends_with("#ffcc00"), "darker on white, itself on black: {pair}");
    let wrong = snapshot("--- book.toml\n[build]\naccent = \"blue\"\n");
    let found: Vec<String> = wrong.checked.findings.iter().map(|finding| place(&wrong, finding)).collect();
    assert!(found.contains(&"BOK003 book.toml:2:11".to_owned()));
}

#[test]
fn a_theme_that_is_not_there_and_words_that_cannot_be_read_are_findings() {
    let book = "--- book.toml\n[build]\ntheme = \"huose\"\n--- themes/house/custom.css\np { margin: 0; }\n";
    let wrong = snapshot(book);
    let found = wrong.checked.findings.iter().find(|finding| finding.code == "BOK003").expect("a finding");
    assert_eq!(place(&wrong, found), "BOK003 book.toml:2:10");
    assert!(found.values.values().any(|value| value.get(&ismsbook::language::Language::english()) == "house"));
    let broken =
        site("--- book.toml\n[build]\ntheme = \"house\"\n--- themes/house/words/en.yaml\nsite: {skip: \"a\"\n");
    let findings = broken.findings();
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code, findings[0].place.path.as_str()), ("BOK009", "themes/house/words/en.yaml"));
}

#[test]
fn a_theme_is_begun_with_the_shipped_files_and_nothing_is_overwritten() {
    let book = tempfile::TempDir::new().expect("a temporary folder");
    fs::write(book.path().join("book.toml"), "[book]\nlanguages = [\"ja\"]\n").expect("written");
    let (status, out, _) = theme(book.path(), "ja", &["page.html", "words/ja.yaml", "--name", "house"]);
    assert!(status == 0 && out.contains("theme = \"house\""), "{out}");
    let own = book.path().join("themes/house/page.html");
    let text = fs::read_to_string(&own).expect("it is there");
    assert_eq!(shipped_theme().find(|(name, _)| *name == "page.html").map(|(_, text)| text), Some(text.as_str()));
    fs::write(&own, "mine").expect("written");
    let (status, _, err) = theme(book.path(), "ja", &["page.html", "soa.html", "--name", "house"]);
    assert!(status == 2 && err.contains("page.html") && !book.path().join("themes/house/soa.html").exists(), "{err}");
    let (status, out, _) = theme(book.path(), "ja", &["--name", "house"]);
    assert!(status == 0 && out.contains("2ファイルは既にある"), "{out}");
    assert_eq!(fs::read_to_string(&own).expect("it is there"), "mine");
    assert!(book.path().join("themes/house/style.css").exists());
    let (status, _, err) = theme(book.path(), "en", &["pag.html"]);
    assert!(status == 2 && err.contains("did you mean `page.html`?"), "{err}");
    assert_eq!(theme(book.path(), "en", &["--name", "../up"]).0, 2);
}

#[test]
fn the_shipped_files_are_a_whole_theme() {
    let mut text = "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n[build]\ntheme = \"own\"\n".to_owned();
    for (name, content) in shipped_theme() {
        text.push_str(&format!("--- themes/own/{name}\n{content}"));
    }
    let (own, shipped) = (site(&text), site("--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n"));
    for path in ["index.html", "en/soa.html", "print.html", "style.css", "script.js"] {
        assert_eq!(page(&own, path), page(&shipped, path), "{path}");
    }
    assert!(own.findings().is_empty(), "{:?}", own.findings());
}
