//! The law of paths: whatever files are called, each has a path of its own in the site, none is a folder of another, and all
//! of it can be written. Names are made by a small generator, the same on every run.
#![expect(clippy::disallowed_methods, reason = "what is published is written to a folder")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use ismsbook::config::BaseUrl;
use ismsbook::disk::publish;
use ismsbook::files::{File, FilePath, Files};
use ismsbook::project::Snapshot;
use ismsbook::site::{Site, SiteOptions};

use crate::support::{place, render, snapshot, snapshot_of, today};

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).expect("a small number")).expect("a small number")
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Names that have each gone wrong somewhere, or lie beside one that has.
const NAMES: [&str; 44] = [
    "a",
    "A",
    "a?",
    "a*",
    "a-",
    "a-2",
    "a-document",
    "one",
    "one.html",
    "One.HTML",
    "soa",
    "soa.html",
    "SOA.html",
    "soa.xlsx",
    "style.css",
    "script.js",
    "search-data.js",
    "search-data-2.js",
    "SHA256SUMS",
    "sha256sums",
    "sitemap.xml",
    "404",
    "index",
    "index.html",
    "README",
    "readme",
    "en",
    "EN",
    "controls",
    "own",
    "A-1",
    "CON",
    "con",
    "ハ\u{3099}",
    "バ",
    "ß",
    "SS",
    "İ",
    "x.en",
    "x.EN",
    "_draft",
    "_index",
    ".hidden",
    "LONG",
];

const ENDINGS: [&str; 10] = ["", ".md", ".md", ".md", ".MD", ".markdown", ".html", ".txt", ".mdx", ".docx"];

fn name(dice: &mut Dice) -> String {
    dice.pick(&NAMES).replace("LONG", &"規".repeat(80 + dice.below(6)))
}

/// A book of files with odd names; each file holds a word of its own.
fn book(dice: &mut Dice) -> (Files, BTreeMap<FilePath, String>) {
    let languages = dice.pick(&["[\"en\"]", "[\"ja\", \"en\"]"]);
    let settings = format!(
        "[book]\nlanguages = {languages}\n[isms]\ncontrols = [\"own\", \"o?n\", \"o*n\"]\nrequirements = []\nrisk_sources = []\n[build]\ntheme = \"t\"\n"
    );
    let mut files = Files::new();
    let mut put = |path: &str, text: &str| files.insert(FilePath::new(path), File::new(text.as_bytes().to_vec()));
    put("book.toml", &settings);
    for id in ["own", "o?n", "o*n"] {
        let items: Vec<String> = ["A/1", "A-1", "A:1", "a-1", "index", "LONG"]
            .iter()
            .map(|item| {
                format!(
                    "  - {{id: \"{}\", kind: control, title: {{en: {id} {item}}}}}\n",
                    item.replace("LONG", &"規".repeat(90))
                )
            })
            .collect();
        let name = if id == "own" {
            "own"
        } else if id == "o?n" {
            "second"
        } else {
            "third"
        };
        put(
            &format!("catalogs/{name}.yaml"),
            &format!("id: \"{id}\"\ntitle: {{en: T}}\nedition: \"1\"\nitems:\n{}", items.concat()),
        );
    }
    let mut words = BTreeMap::new();
    let mut folders = BTreeSet::new();
    for number in 0..3 + dice.below(12) {
        let depth = dice.below(3);
        let above: Vec<String> = (0..depth).map(|_| name(dice)).collect();
        let ending = dice.pick(&ENDINGS);
        let path = [&["content".to_owned()], &above[..], &[format!("{}{ending}", name(dice))]].concat().join("/");
        let path = FilePath::new(&path);
        // No disk holds a longer name.
        if path.as_str().split('/').any(|part| part.len() > 255) {
            continue;
        }
        let ancestors: Vec<String> =
            path.as_str().match_indices('/').map(|(at, _)| path.as_str()[..at].to_owned()).collect();
        // No disk holds a file and a folder of one name.
        if folders.contains(path.as_str()) || ancestors.iter().any(|folder| words.contains_key(&FilePath::new(folder)))
        {
            continue;
        }
        folders.extend(ancestors);
        let word = format!("word{number}word");
        files.insert(path.clone(), File::new(format!("# {word}\n").into_bytes()));
        words.insert(path, word);
    }
    for _ in 0..dice.below(3) {
        let path = FilePath::new(&format!("themes/t/{}", name(dice)));
        files.insert(path, File::new(b"theme".to_vec()));
    }
    (files, words)
}

fn site(snapshot: &Snapshot) -> Site {
    let base_url = BaseUrl::parse("https://docs.example.com/isms");
    Site::new(Arc::new(snapshot.clone()), SiteOptions { base_url, ..SiteOptions::default() })
}

/// What is wrong with a list of paths.
fn unlawful(paths: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for path in paths {
        if !seen.insert(path.to_lowercase()) {
            wrong.push(format!("twice: {path}"));
        }
        if path.split('/').any(|part| part.len() > 255 || part.is_empty()) {
            wrong.push(format!("no name: {path}"));
        }
    }
    for path in &seen {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        wrong
            .extend(folders.filter(|folder| seen.contains(*folder)).map(|folder| format!("file and folder: {folder}")));
    }
    wrong
}

/// Each file that has no page and is no attachment.
fn lost(snapshot: &Snapshot, site: &Site, words: &BTreeMap<FilePath, String>) -> Vec<String> {
    let text = |path: &str| {
        let route = site.route(path).unwrap_or_else(|| panic!("no route {path}"));
        String::from_utf8_lossy(&site.render(&route).bytes).into_owned()
    };
    let mut lost = Vec::new();
    for (path, word) in words {
        let kept = if path.is_unbuilt() {
            let found = snapshot.checked.findings.iter();
            let told = found.filter(|finding| finding.code == "DOC023" && finding.place.path == *path).count() > 0;
            told || !path.is_taken_for_page() || told_of_another(snapshot)
        } else if path.is_markdown() {
            let document = snapshot.book.document_at(path).expect("a Markdown file is a document");
            let mut pages = snapshot.book.config.languages.iter().map(|language| {
                let default = language == snapshot.book.config.default_language();
                if default { document.page.clone() } else { format!("{language}/{}", document.page) }
            });
            pages.any(|page| text(&page).contains(word))
        } else {
            text(&snapshot.book.places.asset(path)).contains(word)
        };
        if !kept {
            lost.push(path.to_string());
        }
    }
    lost
}

/// DOC023 is one finding a kind.
fn told_of_another(snapshot: &Snapshot) -> bool {
    snapshot.checked.findings.iter().any(|finding| finding.code == "DOC023" && finding.variant == "index")
}

/// Documents and attachments that are not where their name says, without a finding.
fn untold(snapshot: &Snapshot, words: &BTreeMap<FilePath, String>) -> Vec<String> {
    let told: BTreeSet<&FilePath> = snapshot
        .checked
        .findings
        .iter()
        .filter(|finding| finding.code == "BOK005")
        .flat_map(|finding| std::iter::once(&finding.place).chain(&finding.related).map(|place| &place.path))
        .collect();
    // Of a folder that moves one file tells for all.
    let beside = |path: &FilePath| {
        let folders = path.as_str().match_indices('/').skip(1).map(|(slash, _)| &path.as_str()[..=slash]);
        folders.into_iter().any(|folder| told.iter().any(|told| told.as_str().starts_with(folder)))
    };
    let in_language = |page: &str| page.to_lowercase().starts_with("en/");
    let mut untold = Vec::new();
    for path in words.keys().filter(|path| !path.is_unbuilt() && !told.contains(path) && !beside(path)) {
        let moved = match snapshot.book.document_at(path) {
            Some(document) => {
                document.page.rsplit('/').next().is_some_and(|name| name.contains("-document"))
                    && !path.name().contains("-document")
                    && !in_language(&document.page)
            }
            None => snapshot.book.places.asset(path) != ismsbook::address::asset(path),
        };
        if moved {
            untold.push(path.to_string());
        }
    }
    untold
}

#[test]
fn every_file_has_a_path_of_its_own_whatever_it_is_called() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for round in 0..150 {
        let (files, words) = book(&mut dice);
        let snapshot = snapshot_of(files, today());
        let site = site(&snapshot);
        let mut paths: Vec<String> = site.routes().into_iter().map(|route| route.path).collect();
        paths.extend(["SHA256SUMS".to_owned(), ".ismsbook-manifest".to_owned()]);
        let wrong = [unlawful(&paths), lost(&snapshot, &site, &words), untold(&snapshot, &words)].concat();
        assert!(wrong.is_empty(), "round {round}: {wrong:#?}\n{:#?}", words.keys().collect::<Vec<_>>());
        let items = paths.iter().filter(|path| path.starts_with("controls/") && path.ends_with(".html")).count();
        let documents =
            snapshot.book.documents.iter().filter(|document| document.page.starts_with("controls/")).count();
        let folders = snapshot.book.folders.iter().filter(|folder| folder.path.starts_with("controls")).count();
        assert!(items >= 3 * 7 && items <= 3 * 7 + documents + folders + words.len(), "round {round}: {items} items");
    }
}

#[test]
fn whatever_files_are_called_all_of_it_is_published_and_verified() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for round in 0..6 {
        let (files, _) = book(&mut dice);
        let site = site(&snapshot_of(files, today()));
        let paths: Vec<String> = site.routes().into_iter().map(|route| route.path).collect();
        let folder = tempfile::TempDir::new().expect("a temporary folder");
        let destination = folder.path().join("out");
        publish::publish(&destination, &paths, |path| Arc::from(path.as_bytes())).expect("published");
        assert!(publish::verify(&destination).expect("readable").expect("published").is_empty(), "round {round}");
        let sums = fs::read_to_string(destination.join("SHA256SUMS")).expect("a list");
        assert_eq!(sums.lines().count(), paths.len() + 1, "round {round}: the manifest and all files");
    }
}

/// A route that `address` does not know could be taken by a file of the book.
#[test]
fn everything_that_is_made_keeps_its_path_from_the_files_of_the_book() {
    let text = "--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n[build]\ncompare_with = \"HEAD\"\n--- content/index.md\n# 表紙\n";
    let plain = snapshot(text);
    let made: Vec<String> =
        site(&plain).routes().into_iter().map(|route| route.path).filter(|path| path != "index.html").collect();
    assert!(made.len() > 300, "{}", made.len());
    let mut files = crate::support::files(text);
    for path in &made {
        files.insert(FilePath::new(&format!("content/{}", path.to_uppercase())), File::new(b"mine".to_vec()));
    }
    let taken = snapshot_of(files, today());
    let place = |path: &String| taken.book.places.asset(&FilePath::new(&format!("content/{}", path.to_uppercase())));
    let assets = made.iter().filter(|path| !path.ends_with(".md"));
    let kept: Vec<&String> = assets.filter(|path| place(path).eq_ignore_ascii_case(path)).collect();
    assert!(kept.is_empty(), "{kept:?}");
    let paths: Vec<String> = site(&taken).routes().into_iter().map(|route| route.path).collect();
    assert_eq!(unlawful(&paths), Vec::<String>::new());
}

#[test]
fn links_follow_what_has_moved_and_both_sides_are_named() {
    let shown = snapshot(
        "--- book.toml\n[book]\nlanguages = [\"en\"]\n[isms]\ncontrols = [\"own\"]\nrequirements = []\nrisk_sources = []\n\
         --- catalogs/own.yaml\nid: own\ntitle: {en: Own}\nedition: \"1\"\nitems:\n  - {id: \"A/1\", kind: control, title: {en: First}}\n  - {id: \"A-1\", kind: control, title: {en: Second}}\n\
         --- content/index.md\n# Manual\n\n[one](a%3F.txt) [two](a*.txt) [page](one.md) [notes](one.html/x.txt) [[A/1]] [[A-1]] [own](soa.html)\n\
         --- content/a?.txt\none\n--- content/a*.txt\ntwo\n--- content/one.md\n# One\n--- content/one.html/x.txt\nnotes\n--- content/soa.html\nmine\n",
    );
    let page = render(&shown, "index.html");
    for link in [
        "a-.txt",
        "a--file.txt",
        "one.html",
        "one-folder.html/x.txt",
        "controls/own/A-1.html",
        "controls/own/A-1-item.html",
        "soa-file.html",
    ] {
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}: {page}");
    }
    let found = shown.checked.findings.iter().filter(|finding| finding.code == "BOK005");
    let found: Vec<(String, usize)> = found.map(|finding| (place(&shown, finding), finding.related.len())).collect();
    let expected = [
        ("BOK005 catalogs/own.yaml:5:11", 1),
        ("BOK005 content/a?.txt:1:1", 1),
        ("BOK005 content/one.html/x.txt:1:1", 1),
        ("BOK005 content/soa.html:1:1", 0),
    ];
    assert_eq!(found, expected.map(|(place, related)| (place.to_owned(), related)));
}
