//! Who may import whom: the house's order of modules, and the one home of each outside crate.
#![expect(clippy::disallowed_methods, reason = "the test reads the repository itself")]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from left to right: each imports only from those before it.
const ORDER: [&str; 28] = [
    "text",
    "language",
    "date",
    "id",
    "files",
    "finding",
    "value",
    "yaml",
    "words",
    "config",
    "catalog",
    "document",
    "address",
    "book",
    "derive",
    "phrase",
    "rules",
    "project",
    "changes",
    "edit",
    "import",
    "disk",
    "workspace",
    "export",
    "report",
    "site",
    "serve",
    "cli",
];

/// Outside crates and where they may be named. serde's derives may be anywhere.
const HOMES: &[(&str, &[&str])] = &[
    ("serde_saphyr", &["yaml.rs"]),
    ("toml", &["config/toml_text.rs"]),
    ("regex_lite", &["config/pattern.rs"]),
    ("comrak", &["document/markdown", "site/body"]),
    ("ammonia", &["site/body"]),
    ("html5ever", &["site/parsed.rs"]),
    ("minijinja", &["site/theme", "site.rs", "site/"]),
    ("walkdir", &["disk/", "disk.rs"]),
    ("notify", &["serve/watch"]),
    ("hyper", &["serve/server"]),
    ("hyper_util", &["serve/server"]),
    ("tokio", &["serve/server"]),
    ("clap", &["cli.rs", "cli/", "main.rs"]),
    ("annotate_snippets", &["report/text"]),
    ("rust_xlsxwriter", &["export/workbook.rs"]),
    ("csv", &["export/csv_text.rs", "import/delimited.rs"]),
    ("calamine", &["import/workbook.rs"]),
    ("encoding_rs", &["text.rs"]),
    ("quick_xml", &["import/archive.rs"]),
    ("zip", &["import/archive.rs"]),
    ("sha2", &["disk/"]),
    ("tempfile", &["disk/"]),
    ("rustix", &["disk/"]),
    ("jiff", &["date.rs", "cli/", "cli.rs"]),
    ("blake3", &["files.rs"]),
    ("similar", &["report/difference.rs"]),
    ("strsim", &["text.rs", "book/resolve.rs"]),
    ("unicode_width", &["text.rs"]),
    ("anyhow", &["disk", "workspace", "serve", "cli", "main.rs"]),
];

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).expect("a source file")));
            }
        }
    }
    found.sort();
    found
}

fn module_of(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// The paths below the crate that a file names, however it names them: `crate::a::b`, `super::b`.
fn named<'t>(file: &'t str, text: &'t str) -> impl Iterator<Item = (String, &'t str)> {
    let own: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    let path_of =
        |rest: &str| -> String { rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect() };
    let absolute = move |line: &'t str| {
        let of_crate = line.split("crate::").skip(1).map(path_of);
        let mut found: Vec<(String, &str)> = of_crate.map(|path| (path, line)).collect();
        let mut rest = line;
        while let Some(at) = rest.find("super::") {
            let steps = rest[at..].split("super::").take_while(|part| part.is_empty()).count();
            rest = &rest[at + steps * "super::".len()..];
            // In a test module of the file `super` is the file itself.
            if let Some(base) = own.len().checked_sub(steps) {
                found.push(([&own[..base], &[path_of(rest).as_str()]].concat().join("::"), line));
            }
        }
        found
    };
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    code_lines(code).flat_map(absolute)
}

#[test]
fn modules_import_leftwards_only() {
    let rank = |module: &str| ORDER.iter().position(|name| *name == module);
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let Some(own) = rank(module_of(&file)) else { continue };
        for (path, line) in named(&file, &text) {
            if rank(path.split("::").next().unwrap_or_default()).is_some_and(|other| other > own) {
                wrong.push(format!("src/{file}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the order of the house:\n{}", wrong.join("\n"));
}

/// The rooms of `site` from left to right; what is in none of them stands left of all but `frame` and `search`.
const ROOMS: [&str; 7] = ["context", "page", "parts", "drawings", "pages", "search", "frame"];

#[test]
fn the_rooms_of_the_site_import_leftwards_only() {
    let rank = |path: &str| ROOMS.iter().position(|room| path.split("::").nth(1) == Some(room)).map_or(0, |at| at + 1);
    let mut wrong = Vec::new();
    for (file, text) in sources().into_iter().filter(|(file, _)| file.starts_with("site/")) {
        let own = rank(&file.trim_end_matches(".rs").replace('/', "::"));
        for (path, line) in named(&file, &text).filter(|(path, _)| path.starts_with("site::")) {
            if rank(&path) > own {
                wrong.push(format!("src/{file}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against the order of the rooms:\n{}", wrong.join("\n"));
}

#[test]
fn every_outside_crate_has_one_home() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for line in code_lines(&text) {
            for (name, homes) in HOMES {
                let used = line.contains(&format!("use {name}::"))
                    || line.contains(&format!(" {name}::"))
                    || line.contains(&format!("({name}::"))
                    || line.contains(&format!("<{name}::"));
                if used && !homes.iter().any(|home| file.starts_with(home)) {
                    wrong.push(format!("src/{file}: {}", line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "crates away from home:\n{}", wrong.join("\n"));
}

#[test]
fn pages_and_exports_compare_no_day_with_today() {
    let names_it = |text: &str| {
        code_lines(text).any(|line| {
            let mut words =
                line.split('"').step_by(2).flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_'));
            words.any(|word| word == "today")
        })
    };
    let rooms = |file: &str| file.starts_with("site") || file.starts_with("export");
    let wrong: Vec<String> =
        sources().into_iter().filter(|(file, text)| rooms(file) && names_it(text)).map(|(file, _)| file).collect();
    assert!(wrong.is_empty(), "`derive` decides what is late, not {wrong:?}");
}

#[test]
fn pages_take_no_word_from_the_exports() {
    // What changed is said where it is written: the comparison stands right of `phrase`.
    let rooms = |path: &str| path.starts_with("export::") && !path.starts_with("export::changes");
    let takes = |path: &str| rooms(path) && path["export::".len()..].starts_with(|c: char| c.is_ascii_lowercase());
    let of_site = sources().into_iter().filter(|(file, _)| file.starts_with("site"));
    let wrong: Vec<String> =
        of_site.filter(|(file, text)| named(file, text).any(|(path, _)| takes(&path))).map(|(file, _)| file).collect();
    assert!(wrong.is_empty(), "`phrase` says it, not `export`: {wrong:?}");
}

#[test]
fn one_way_leads_from_a_folder_to_a_snapshot() {
    for call in ["read::read(", "git::history(", "tree::files_at("] {
        let calls = |text: &str| code_lines(text).any(|line| line.contains(call));
        let homes = sources().into_iter().filter(|(_, text)| calls(text)).map(|(file, _)| file);
        let homes: Vec<String> = homes.filter(|file| !file.starts_with("workspace")).collect();
        assert!(homes.is_empty(), "{call} stands in {homes:?}");
    }
}

#[test]
fn git_is_run_in_one_place() {
    let runs = |text: &str| code_lines(text).any(|line| line.contains("Command::new(\"git"));
    let homes: Vec<String> = sources().into_iter().filter(|(_, text)| runs(text)).map(|(file, _)| file).collect();
    assert_eq!(homes, ["disk/git/door.rs"]);
}

#[test]
fn a_rule_imports_no_rule_a_page_no_page_a_command_no_command() {
    let mut wrong = Vec::new();
    let all = sources();
    for (file, text) in &all {
        let folder = match file.split('/').collect::<Vec<_>>()[..] {
            ["rules", family, _] => format!("rules::{family}::"),
            ["site", "pages", _] => "site::pages::".to_owned(),
            ["cli", _] => "cli::".to_owned(),
            _ => continue,
        };
        let own = file.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        for (path, line) in named(file, text) {
            let Some(named) = path.strip_prefix(&folder).and_then(|rest| rest.split("::").next()) else { continue };
            let other = format!("{}/{named}.rs", file.rsplit_once('/').map_or("", |(folder, _)| folder));
            // What commands share stands beside them and runs nothing.
            let is_neighbour = |text: &str| !file.starts_with("cli/") || text.contains("fn run(");
            if named != own && all.iter().any(|(name, text)| *name == other && is_neighbour(text)) {
                wrong.push(format!("src/{file}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "neighbours import each other:\n{}", wrong.join("\n"));
}

#[test]
fn no_file_is_longer_than_600_lines() {
    let long: Vec<String> = sources()
        .iter()
        .filter(|(_, text)| text.lines().count() > 600)
        .map(|(file, text)| format!("src/{file}: {}", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}
