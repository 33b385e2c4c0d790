//! The law of edits: whatever was written, moved or deleted before, a book that remembers equals one that is read afresh.
//! `EDIT_SEQUENCES=1000 cargo test --test it edits` tries more of them. What is remembered must not be seen, neither in the findings nor in one byte of one page.

use std::collections::BTreeMap;
use std::sync::Arc;

use ismsbook::files::{File, FilePath, Files};
use ismsbook::project::{Inputs, Project, Snapshot};
use ismsbook::site::{Site, SiteOptions};
use proptest::prelude::*;

use crate::support::{setting, today};

/// Where the edits write: originals, translations, an index, folders and attachments that may take each other's place.
const PATHS: [&str; 12] = [
    "content/index.md",
    "content/a.md",
    "content/a.en.md",
    "content/b.md",
    "content/policies/a.md",
    "content/policies/index.md",
    "content/policies/README.md",
    "content/soa.md",
    "content/en/a.md",
    "content/risks/r.md",
    "content/notes.txt",
    "content/policies/図.png",
];

/// What they write: ids that come and go, every kind of reference to them, broken front matter, text of no sense.
const TEXTS: [&str; 14] = [
    "",
    "# Plain\n\nH.1, H.2, POL-001, POL-002 and house:H.3.\n",
    "---\nid: POL-001\ntype: policy\ntitle: One\nowner: ciso\ncontrols: [H.1]\n---\n# One\n\nSee [[POL-002]], H.2 and 附属書 H.1〜H.3.\n",
    "---\nid: POL-002\ntype: policy\ntitle: Two\nstatus: retired\ncontrols: [H.2, H.9]\n---\n[one](a.md#one) [two](/policies/) ![図](図.png)\n",
    "---\nid: POL-001\ntype: procedure\ntitle: {ja: 別の文書, en: Another}\nstatus: approved\n---\n管理策H.1を、POL-002と[[POL-001#one]]により行う。\n",
    "---\nid: RSK-001\ntype: risk\ntitle: Loss\nlikelihood: 3\nimpact: 3\ntreatment: modify\ncontrols: [H.1, H.2]\n---\nH.2\n",
    "---\nid: SOA-001\ntype: applicability\ntitle: SoA\ndecisions:\n  - {control: H.1, applicable: false, justification: No such place.}\n  - {control: H.2, applicable: true, reasons: [business]}\n---\n",
    "---\nid: H.1\ntitle: Named like a control\n---\nH.1\n",
    "---\ntitle: [broken\n---\nPOL-001\n",
    "---\ntype: house\nkey: POL-002\ndocument_id: POL-003\n---\nPOL-003 and [[POL-003]].\n",
    "---\nid: SCP-001\ntype: scope\ntitle: Scope\ncloud_services: [{name: Store, roles: [customer]}]\n---\n[[SCP-001]] [[RSK-001]]\n",
    "## One\n## One\n\n| a | b |\n|---|---|\n| H.1 | POL-001 |\n\n[x](policies/a.md) [y](b.md) [z](notes.txt)\n",
    "[[H.1|one]] [[nothing]] A.5.1 H.1-3 H.2/H.3\n",
    "text",
];

const BOOKS: [&str; 7] = [
    "[book]\nlanguages = [\"ja\", \"en\"]\n[isms]\ncontrols = [\"house\"]\nrequirements = []\nrisk_sources = []\n",
    "[book]\nlanguages = [\"en\"]\n[isms]\ncontrols = [\"house\"]\nrequirements = []\nrisk_sources = []\n",
    "[book]\nlanguages = [\"ja\", \"en\"]\n[isms]\ncontrols = [\"house\"]\nrequirements = []\nrisk_sources = []\n[build]\nautolink = false\n",
    "[isms]\ncontrols = [\"other\", \"house\"]\nrequirements = []\nrisk_sources = []\n[front_matter.aliases]\ndocument_id = \"id\"\n",
    "[isms]\ncontrols = [\"house\"]\nrequirements = []\nrisk_sources = []\n[[front_matter.defaults]]\npath = \"policies/**\"\ntype = \"policy\"\n",
    "[isms]\ncontrols = []\nrequirements = []\nrisk_sources = []\n[types.house]\nlabel = \"House\"\nrequired = [\"key\"]\n[soa]\ndocument = \"SOA-001\"\n",
    "[book]\nlanguages = [\"ja\", \"en\"]\nid_pattern = \"[A-Z]{3}-[0-9]{3}\"\n[isms]\ncontrols = [\"house\"]\nrequirements = []\nrisk_sources = []\n[check.rules]\nREF101 = \"off\"\n",
];

const CATALOGS: [&str; 6] = [
    "id: house\ntitle: {en: House}\nedition: \"1\"\nprefix: house\nkind: controls\nitems:\n  - {id: H.1, kind: control, title: {en: First, ja: 一}}\n  - {id: H.2, kind: control, title: {en: Second, ja: 二}}\n",
    "id: house\ntitle: {en: House}\nedition: \"2\"\nprefix: haus\nkind: controls\nitems:\n  - {id: H.1, kind: control, title: {en: Primo}, aliases: [H.9]}\n  - {id: H.3, kind: control, title: {en: Terzo}}\n",
    "id: house\ntitle: {en: House}\nedition: \"3\"\nprefix: house\nkind: controls\ngroups: [{id: G, title: {en: Group}}]\nitems:\n  - {id: H.1, kind: control, group: G, title: {en: First}}\n  - {id: H.2, kind: risk-source, title: {en: A source}}\n",
    "id: other\ntitle: {en: Other}\nedition: \"1\"\nprefix: house\nkind: controls\nitems:\n  - {id: H.1, kind: control, title: {en: Other first}}\nmappings: [{to: house, pairs: [{from: H.1, to: H.2}]}]\n",
    "extends: house\nitems:\n  - {id: H.1, title: {en: Overlaid}}\n",
    "id: [broken\n",
];

const TEMPLATES: [&str; 3] = ["{% extends \"!default/page.html\" %}", "{% broken", "plain {{ title }}"];

#[derive(Debug, Clone)]
enum Edit {
    Write(usize, usize),
    Delete(usize),
    Move(usize, usize),
    Configure(usize),
    Catalog(usize, Option<usize>),
    Theme(Option<usize>),
}

fn edit() -> impl Strategy<Value = Edit> {
    let path = || 0..PATHS.len();
    prop_oneof![
        8 => (path(), 0..TEXTS.len()).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => path().prop_map(Edit::Delete),
        2 => (path(), path()).prop_map(|(from, to)| Edit::Move(from, to)),
        2 => (0..BOOKS.len()).prop_map(Edit::Configure),
        2 => (0..2_usize, proptest::option::of(0..CATALOGS.len())).prop_map(|(file, text)| Edit::Catalog(file, text)),
        1 => proptest::option::of(0..TEMPLATES.len()).prop_map(Edit::Theme),
    ]
}

fn put(files: &mut Files, path: &str, text: Option<&str>) {
    let path = FilePath::new(path);
    match text {
        Some(text) => files.insert(path, File::new(text.as_bytes())),
        None => files.remove(&path),
    }
}

/// Makes the edit. Returns how many Markdown files may have to be parsed for it; none where it may be all of them.
fn apply(files: &mut Files, edit: &Edit) -> Option<usize> {
    match edit {
        Edit::Write(path, text) => put(files, PATHS[*path], Some(TEXTS[*text])),
        Edit::Delete(path) => put(files, PATHS[*path], None),
        Edit::Move(from, to) => {
            if let Some(file) = files.get(&FilePath::new(PATHS[*from])).cloned() {
                put(files, PATHS[*from], None);
                files.insert(FilePath::new(PATHS[*to]), file);
            }
        }
        Edit::Configure(text) => {
            put(files, "book.toml", Some(BOOKS[*text]));
            return None;
        }
        Edit::Catalog(file, text) => {
            let path = ["catalogs/a.yaml", "catalogs/b.yaml"][*file];
            put(files, path, text.map(|text| CATALOGS[text]));
            return Some(0);
        }
        Edit::Theme(text) => {
            put(files, "themes/default/soa.html", text.map(|text| TEMPLATES[text]));
            return Some(0);
        }
    }
    Some(1)
}

fn snapshot(project: &mut Project, files: &Files) -> Snapshot {
    let inputs = Inputs { files: files.clone(), today: today(), commit: None, history: Arc::default() };
    project.snapshot(inputs).expect("book.toml is TOML")
}

/// Every finding, and the bytes of everything published.
fn outcome(snapshot: &Snapshot) -> (String, BTreeMap<String, Arc<[u8]>>) {
    let site = Site::new(Arc::new(snapshot.clone()), SiteOptions::default());
    let routes = site.routes().into_iter().map(|route| (route.path.clone(), site.render(&route).bytes));
    (format!("{:#?}", snapshot.checked), routes.collect())
}

fn assert_same(remembering: &Snapshot, fresh: &Snapshot) {
    let ((findings, pages), (fresh_findings, fresh_pages)) = (outcome(remembering), outcome(fresh));
    assert_eq!(findings, fresh_findings);
    assert_eq!(pages.keys().collect::<Vec<_>>(), fresh_pages.keys().collect::<Vec<_>>());
    for (path, bytes) in &pages {
        assert!(*bytes == fresh_pages[path], "{path} differs from that of a fresh book");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: u32::try_from(setting("EDIT_SEQUENCES", 24)).expect("a number of sequences"),
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(27001),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_book_that_remembers_equals_one_that_is_read_afresh(edits in proptest::collection::vec(edit(), 1..12)) {
        let mut files = Files::new();
        put(&mut files, "book.toml", Some(BOOKS[0]));
        put(&mut files, "catalogs/a.yaml", Some(CATALOGS[0]));
        for (path, text) in [(1, 2), (3, 3), (4, 1), (9, 5)] {
            put(&mut files, PATHS[path], Some(TEXTS[text]));
        }
        let mut project = Project::new();
        let mut last = snapshot(&mut project, &files);
        for edit in &edits {
            let most = apply(&mut files, edit);
            last = snapshot(&mut project, &files);
            prop_assert!(most.is_none_or(|most| project.parsed_last <= most), "{edit:?} parsed {}", project.parsed_last);
        }
        assert_same(&last, &snapshot(&mut Project::new(), &files));
    }
}

/// What the memo once left out of its key: the ids of files that nobody edited stayed as they were.
#[test]
fn the_ids_of_unedited_files_follow_what_they_depend_on() {
    let mut files = Files::new();
    put(&mut files, "book.toml", Some(BOOKS[0]));
    put(&mut files, "catalogs/a.yaml", Some(CATALOGS[0]));
    put(&mut files, "content/a.md", Some("# Plain\n\nH.1, H.2, H.3, H.9, house:H.1, haus:H.1 and H.1-3.\n"));
    let mut project = Project::new();
    snapshot(&mut project, &files);
    let changes = [
        ("book.toml", BOOKS[2]),
        ("book.toml", BOOKS[0]),
        ("catalogs/a.yaml", CATALOGS[1]),
        ("catalogs/a.yaml", CATALOGS[2]),
        ("catalogs/b.yaml", CATALOGS[3]),
        ("book.toml", BOOKS[3]),
    ];
    for (path, text) in changes {
        put(&mut files, path, Some(text));
        let remembering = snapshot(&mut project, &files);
        assert_same(&remembering, &snapshot(&mut Project::new(), &files));
    }
}
