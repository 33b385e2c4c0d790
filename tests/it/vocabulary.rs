//! The words that readers are given: one Japanese word a thing in terminal, page, rule and starting text, and no word of the
//! other language.
#![expect(clippy::disallowed_methods, reason = "the words are looked at as they stand in the repository")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ismsbook::language::Language;
use ismsbook::site::parsed::Parsed;
use ismsbook::site::{Site, SiteOptions};
use ismsbook::words::Words;

use crate::support::snapshot;

/// What Japanese texts do not say, and what they say instead.
const AVOIDED: [(&str, &str); 17] = [
    ("主題", "テーマ"),
    ("語句", "キーワード"),
    ("導出", "自動"),
    ("次の一手", "対処"),
    ("是正の方法", "対処の方法"),
    ("すべて表示", "条件を解除"),
    ("受容した指摘", "容認した指摘"),
    ("指摘を受容", "指摘を容認"),
    ("リスクの容認", "リスクの受容"),
    ("表題", "題名"),
    ("点数", "リスク値"),
    ("管理責任者", "責任者"),
    ("監査対象", "監査範囲"),
    ("リスクの決定", "リスクに関する決定"),
    ("フォルダー", "フォルダ"),
    ("サーバー", "サーバ"),
    ("ユーザー", "利用者"),
];

/// What is called the same in Japanese: standards, formats, programs, terms of the field in capitals, units.
const NAMES: &str = "ISO IEC JIS TR JIP ISMS ITU ENISA CLD VIRT CSC CSP GDPR ICT PII OS URL URI ID API CI CSV JSON XLSX PDF HTML \
                     SVG YAML TOML UTF BOM CRLF SARIF JUnit Markdown Excel Word OpenDocument Windows macOS Linux GitHub GitLab Git \
                     Unicode Front Matter Chromium Chrome Edge Ctrl Enter Esc ismsbook git md csv json xlsx ics text sarif junit \
                     github ja en SaaS IaaS PaaS PDCA CIA Word docx BYOD USB HTTP HTTPS IPv6 VPN MFA SOC VitePress MDX KiB MiB";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder whose path ends so.
fn files(folder: &str, ends: &[&str]) -> Vec<(String, String)> {
    let mut open = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").flatten().map(|entry| entry.path()));
        } else if ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            found.push((name(&path), fs::read_to_string(&path).expect("a text")));
        }
    }
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).expect("below the repository").display().to_string()
}

/// Everything that the product says in Japanese, with where it stands.
fn japanese() -> Vec<(String, String)> {
    let mut texts = files("src/rules", &[".ja.md"]);
    texts.extend(files("src/cli/new", &[".ja.md"]));
    texts.extend(files("src/cli/init/ja", &[".md", ".toml"]));
    texts.extend(files("themes/default/words", &["ja.yaml", "glossary.yaml"]));
    let readme = fs::read_to_string(root().join("README.md")).expect("it is there");
    let (_, japanese) = readme.split_once("## 日本語").expect("it has a Japanese half");
    texts.push(("README.md".to_owned(), japanese.to_owned()));
    texts
}

#[test]
fn a_thing_has_one_japanese_word() {
    let texts = japanese();
    assert!(texts.len() > 100, "{}", texts.len());
    let mut wrong = Vec::new();
    for (place, text) in &texts {
        for (at, line) in text.lines().enumerate() {
            for (avoided, word) in AVOIDED.iter().filter(|(avoided, _)| line.contains(avoided)) {
                wrong.push(format!("{place}:{}: {avoided} is {word} here: {line}", at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words in Latin letters of a text, without code, placeholders, paths, options and ids.
fn latin(text: &str) -> Vec<String> {
    let plain: String = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let plain: String =
        plain.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect::<Vec<_>>().join(" ");
    let words = plain.split(|c: char| !(c.is_ascii_alphanumeric() || "-_./:".contains(c)));
    let words = words.map(|word| word.trim_matches(['.', ':', '-', '/']));
    let parts = words.filter(|word| !word.contains(['.', '_', ':']) && !word.contains(|c: char| c.is_ascii_digit()));
    let parts = parts.flat_map(|word| word.split(['/', '-'])).filter(|word| word.len() > 1);
    parts.filter(|word| !NAMES.split(' ').any(|known| known == *word)).map(str::to_owned).collect()
}

/// Keys whose words say what a person types: names of exports, formats, files and the like.
const TYPED: [&str; 6] =
    ["cli.help.export.", "cli.help.diff.", "cli.help.check.", "cli.help.argument.", "schema.", "cli.help."];

#[test]
fn japanese_words_hold_no_english_and_english_words_no_japanese() {
    let mut wrong = Vec::new();
    for (key, text) in Words::of(&Language::japanese()).all() {
        let found = if TYPED.iter().any(|start| key.starts_with(start)) { Vec::new() } else { latin(text) };
        wrong.extend(found.into_iter().map(|word| format!("ja {key}: {word} in {text}")));
    }
    for (key, text) in Words::of(&Language::english()).all() {
        let foreign = text.contains(|c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
        if foreign && key != "language.name" {
            wrong.push(format!("en {key}: {text}"));
        }
    }
    for (place, text) in files("src/rules", &[".ja.md"]) {
        let said = text.lines().take_while(|line| !line.starts_with("## 例"));
        for line in said.filter(|line| !line.starts_with("clause")) {
            let key = |key: &str| ["message", "help", "note", "related"].iter().any(|known| key.starts_with(known));
            let line = line.split_once(": ").filter(|(start, _)| key(start)).map_or(line, |(_, text)| text);
            wrong.extend(latin(line).into_iter().map(|word| format!("{place}: {word} in {line}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_page_shows_the_marks_of_code() {
    let snapshot =
        snapshot("--- book.toml\n[book]\nlanguages = [\"ja\", \"en\"]\n--- content/a.md\n---\nid: A\n---\n# A\n");
    let site = Site::new(Arc::new(snapshot), SiteOptions::default());
    let mut marked = Vec::new();
    for route in site.routes().iter().filter(|route| route.path.ends_with(".html")) {
        let page = Parsed::new(&String::from_utf8_lossy(&site.render(route).bytes));
        let texts = page.nodes().filter(|(at, node)| {
            node.tag.is_none() && node.text.contains('`') && !page.around(*at).any(|around| around.is("code"))
        });
        marked.extend(texts.map(|(_, node)| format!("{}: {}", route.path, node.text)));
    }
    assert!(marked.is_empty(), "{}", marked.join("\n"));
}
