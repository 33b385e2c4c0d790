//! Random damage around real documents: front matter, Markdown and `book.toml` may end in findings, never in a panic,
//! and every page, parsed anew, is as dead as it should be.
//! `DAMAGED_BOOKS=1000 cargo test --test it robust` tries more books, `DAMAGED_SEED=1` other ones.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use ismsbook::date::Date;
use ismsbook::files::{File, FilePath, Files};
use ismsbook::project::{Inputs, Project};
use ismsbook::site::{Site, SiteOptions};

use crate::support::{setting, today};

/// Documents of a book, each damaged; now and then `book.toml` is damaged too.
const DOCUMENTS: usize = 100;

const TEXTS: [&str; 6] = [
    include_str!("../../content/manual.md"),
    include_str!("../../content/applicability.md"),
    include_str!("../../content/isms-scope.en.md"),
    include_str!("../../content/records/management-review-2026.md"),
    include_str!("../../content/records/corrective-actions-2026.en.md"),
    "---\nid: POL-009\ntype: policy\ntitle: {ja: 方針, en: Policy}\ncontrols: [A.5.15, 27017:9.2.3]\nrequirements: 6.1.3 d)\nreview: {every: 12 months}\napproved: {by: ciso, date: 2026-04-01}\nrevisions:\n  - {version: 1.0, date: 2026-04-01, changes: 初版}\n---\n# 方針（案）{#policy}\n\n> [!重要] 題\n> 本文と A.5.1～A.5.4、附属書A 8.16\n\n!!! note \"題\"\n    一行目\n\n    二行目\n\n::::note 題\n:::warning\n本文\n:::\n::::\n\n+---+---+\n| a | b |\n+---+---+\n\n- [x] 済\n  - [ ] 未[^1]\n\n[^1]: 注 [[POL-009#policy|方針]]\n\n| a | b |\n|:--|--:|\n| ~~x~~ | ![図](図.png \"t\") |\n\n<details open><summary>開く</summary>\n\n```mermaid\ngraph TD\n```\n\n</details>\n<!-- 秘密 -->\n1. **「強調」**と *斜体* <https://example.com/?a=1&amp;b=2>\n   [参照][r]\n\n[r]: ../x%20y.md#節 \"題\"\n",
];

const BOOK_TOML: &str = include_str!("../../book.toml");

/// What breaks readers of YAML, TOML and Markdown.
const SHARDS: [&str; 56] = [
    "---\n",
    "---",
    "...",
    "```",
    "~~~\n",
    "~",
    "> ",
    ">>>>",
    "> [!重要]",
    "> [!NOTE]",
    "[!",
    "!!! note\n    ",
    "    ",
    "\t",
    "[[",
    "]]",
    "](",
    "![",
    "[^1]",
    "[^1]: ",
    "<!--",
    "-->",
    "<script>",
    "</",
    "<a href=\"",
    "&#0;",
    "&amp",
    "|",
    "|---|",
    "+--+\n",
    ":::",
    "::: note",
    "A.5.",
    "A.5.15～",
    "A.5.99",
    "27017:",
    "POL-009",
    "CC6.1",
    "# ",
    "{#",
    "{",
    "}",
    "[",
    "]",
    "*a",
    "&a ",
    "<<: *a",
    "!!binary ",
    "\"",
    "'",
    "\0",
    "\r",
    "\u{202e}",
    "\u{feff}",
    "😀が\u{3099}",
    "= [[\n",
];

/// A small generator (xorshift64*): the same numbers on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit.max(1)).expect("64 bits");
        usize::try_from((self.next() >> 11) % limit).expect("below a size")
    }

    /// A range of at most `longest` bytes.
    fn range(&mut self, length: usize, longest: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(longest)).min(length)
    }
}

/// A piece of a text with a few wounds; half of the pieces begin where the text begins, at its front matter.
fn damaged(random: &mut Random, text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let start = if random.below(2) == 0 { 0 } else { random.below(bytes.len()) };
    let mut piece = bytes[start..(start + 200 + random.below(600)).min(bytes.len())].to_vec();
    for _ in 0..=random.below(8) {
        let range = random.range(piece.len(), 40);
        match random.below(7) {
            0 => drop(piece.splice(range.start..range.start, [u8::try_from(random.below(256)).expect("a byte")])),
            1 => drop(piece.drain(range)),
            2 => {
                let part = piece[range.clone()].to_vec();
                let times = 1 + random.below(30);
                drop(piece.splice(range.start..range.start, part.repeat(times)));
            }
            3 => {
                let other = TEXTS[random.below(TEXTS.len())].as_bytes();
                let part = random.range(other.len(), 200);
                drop(piece.splice(range, other[part].to_vec()));
            }
            4 => piece.truncate(range.end.max(20)),
            _ => {
                let shard = SHARDS[random.below(SHARDS.len())].as_bytes();
                let times = if random.below(20) == 0 { 50 } else { 1 };
                drop(piece.splice(range.start..range.start, shard.repeat(times)));
            }
        }
    }
    piece
}

fn book(random: &mut Random) -> Files {
    let mut files = Files::new();
    let config = match random.below(3) {
        0 => damaged(random, BOOK_TOML),
        _ => b"[book]\nlanguages = [\"ja\", \"en\"]\n".to_vec(),
    };
    files.insert(FilePath::new("book.toml"), File::new(config));
    for number in 0..DOCUMENTS {
        let text = TEXTS[random.below(TEXTS.len())];
        let suffix = if random.below(8) == 0 { ".en" } else { "" };
        files.insert(FilePath::new(&format!("content/p{number}{suffix}.md")), File::new(damaged(random, text)));
    }
    files
}

/// Reads a book and renders every page of it; a page that holds what is alive, or an id twice, ends in a panic.
fn read(project: &mut Project, files: Files, today: Date) {
    let inputs = Inputs { files, today, commit: None, history: std::sync::Arc::default() };
    let Ok(snapshot) = project.snapshot(inputs) else { return };
    let site = Site::new(Arc::new(snapshot), SiteOptions::default());
    for route in site.routes() {
        site.render(&route);
    }
}

#[test]
fn damaged_documents_and_settings_never_end_in_a_panic() {
    let mut project = Project::new();
    let seed = setting("DAMAGED_SEED", 0x1505_2700_1202_2A59);
    for number in 0..setting("DAMAGED_BOOKS", 20) {
        let mut random = Random::new(seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let files = book(&mut random);
        let survived = catch_unwind(AssertUnwindSafe(|| read(&mut project, files, today())));
        assert!(survived.is_ok(), "book {number} of seed {seed}");
    }
}
