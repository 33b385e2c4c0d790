//! What is wrong in a file is told at its exact place, in words of its own, and costs nothing but itself.

use ismsbook::language::Language;
use ismsbook::rules::rule;

use crate::support::{place, snapshot};

/// Each finding of the families asked for as `CODE path:line:column message`; the Japanese words have to be whole too.
fn told(text: &str, families: &[&str]) -> Vec<String> {
    let snapshot = snapshot(text);
    let asked = |code: &str| families.iter().any(|family| code.starts_with(family));
    let findings = snapshot.checked.findings.iter().filter(|finding| asked(finding.code));
    findings
        .map(|finding| {
            let rule = rule(finding.code).expect("a rule of the book");
            let [en, ja] = [Language::english(), Language::japanese()]
                .map(|language| rule.wording(&language).message(finding, &language));
            assert_ne!(en, ja, "{}", finding.code);
            for language in [Language::english(), Language::japanese()] {
                let help = rule.wording(&language).help(finding, &language);
                assert!(help.is_some_and(|help| !help.contains("``")), "{} {}: no help", finding.code, finding.variant);
            }
            format!("{} {en}", place(&snapshot, finding))
        })
        .collect()
}

/// The findings of front matter that holds one line below the id and the title.
fn of_line(line: &str) -> Vec<String> {
    let text = format!("--- content/a.md\n---\nid: POL-001\n{line}\ntitle: T\n---\nText.\n");
    told(&text, &["DOC001", "DOC002", "DOC003"])
}

#[test]
fn broken_front_matter_is_told_by_its_slip() {
    let cases = [
        ("owner： ciso", "3:6 a full-width colon `：` stands where YAML wants `:` and a blank"),
        ("summary: A: B", "3:10 the value `A: B` holds a colon and has no quotes"),
        ("owner: {{責任者}}", "3:8 `{{責任者}}` has no quotes, so YAML takes the braces for a list of keys"),
        ("id: POL-002", "3:1 the key `id` stands twice"),
        ("tags:\n\t- a", "4:1 a tab stands where YAML wants blanks"),
        ("owner: \"ciso", "3:8 the quote is never closed in `\"ciso`"),
        ("tags: [a, b", "3:7 the bracket `[` is never closed"),
        ("owner: @ciso", "3:8 the value `@ciso` begins with a sign that means something else in YAML"),
        ("owner: \"a\" b", "3:12 `b` stands behind the closing quote"),
        ("owner", "3:1 `owner` has no colon behind its key"),
        ("  owner: ciso", "3:3 `owner: ciso` does not stand in line with its neighbors"),
    ];
    for (line, expected) in cases {
        let told = of_line(line);
        assert_eq!(told, [format!("DOC001 content/a.md:{expected}")], "{line}");
    }
}

#[test]
fn torn_fences_are_told_once() {
    let unclosed = "--- content/a.md\n---\nid: POL-001\ntitle: A\n\n# A: B\n\nText: more.\n";
    assert_eq!(told(unclosed, &["DOC00"]), ["DOC001 content/a.md:1:1 the front matter has no closing `---`"]);
    let unopened = "--- content/a.md\nid: POL-001\ntitle: A\n---\nText.\n";
    assert_eq!(told(unopened, &["DOC00"]), ["DOC001 content/a.md:1:1 the front matter has no opening `---`"]);
    let list = "--- content/a.md\n---\n- a\n- b\n---\nText.\n";
    assert_eq!(told(list, &["DOC00"]), Vec::<String>::new(), "a list between two breaks is text");
}

/// What an author wrote between two breaks is text, unless it is a map of keys; nothing of it goes away.
#[test]
fn a_document_may_begin_with_a_break() {
    let pages = [
        ("---\n\n# Visitor rules\n\nVisitors are met.\n", "", vec!["Visitor rules", "Visitors are met."]),
        (
            "---\n# Key rules\n\nKeys are numbered: see the list.\n\n---\n\n## Loss\n",
            "",
            vec!["Key rules", "see the list", "Loss"],
        ),
        ("---\n**Owner: Facilities**\n\n---\n\nText.\n", "", vec!["Owner: Facilities", "Text."]),
        ("---\n[x](y)\ntitle: A: B\n---\nText.\n", "DOC001", vec!["title: A: B", "Text."]),
        ("----\nid: POL-001\ntitle: Four dashes\n----\nText.\n", "", vec!["Four dashes", "POL-001", "Text."]),
        ("\n---\nid: POL-001\ntitle: Below\n---\nText.\n", "DOC022", vec!["title: Below", "Text."]),
    ];
    for (text, code, words) in pages {
        let book = format!("--- content/a.md\n{text}");
        let codes: Vec<String> = told(&book, &["DOC001", "DOC022"]).iter().map(|told| told[..6].to_owned()).collect();
        assert_eq!(codes, if code.is_empty() { Vec::new() } else { vec![code.to_owned()] }, "{text}");
        let page = crate::support::render(&crate::support::snapshot(&book), "a.html");
        for word in words {
            assert!(page.contains(word), "{word} of {text}");
        }
    }
}

#[test]
fn a_broken_entry_of_a_list_drops_itself_alone() {
    let text = "--- content/soa.md\n---\nid: SOA-001\ntype: applicability\ndecisions:\n  - {control: A.7.1, applicable: \"false\", justification: None.}\n  - control: A.7.2\n    justification: No premises: none.\n  - {control: A.7.3, applicable: false, justification: [a}\n  - control: A.7.4\n    applicable: false\n    justification: No offices.\n---\nText.\n";
    let found = told(text, &["DOC001", "DOC003"]);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("DOC001 content/soa.md:7:20") && found[1].starts_with("DOC001 content/soa.md:8:"),
        "{found:?}"
    );
    let snapshot = crate::support::snapshot(text);
    let line =
        |id: &str| snapshot.derived.soa.lines.iter().find(|line| line.item.id.id.as_ref() == id).expect("a line");
    for (id, applicability) in
        [("A.7.1", "excluded"), ("A.7.2", "undecided"), ("A.7.3", "undecided"), ("A.7.4", "excluded")]
    {
        assert_eq!(line(id).applicability.word(), applicability, "{id}");
    }
}

#[test]
fn several_ids_may_stand_in_one_text() {
    let text = "--- content/a.md\n---\nid: POL-001\ntype: policy\ncontrols: \"A.5.15, A.5.16、A.5.99\"\nrequirements: 4.3, 9.99\n---\nText.\n";
    let found: Vec<String> =
        told(text, &["REF"]).iter().map(|told| told.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(found, ["REF101 content/a.md:4:27", "REF110 content/a.md:5:20"]);
}

/// A value that YAML cuts or takes for something else is told with what it is.
#[test]
fn a_title_with_a_bracket_or_a_number_sign_is_told_by_its_cause() {
    let of =
        |title: &str| told(&format!("--- content/a.md\n---\nid: POL-001\ntitle: {title}\n---\nText.\n"), &["DOC00"]);
    assert_eq!(
        of("[COMPANY] Policy"),
        ["DOC001 content/a.md:3:8 `[COMPANY] Policy` has no quotes, so YAML takes the bracket for a list"]
    );
    assert_eq!(
        of("Policy #3 x"),
        ["DOC003 content/a.md:3:15 the value ends at `Policy`, since YAML takes `#` and what follows for a comment"]
    );
    for clean in ["\"Policy #3\"", "Policy#3", "Policy # a comment", "C# rules"] {
        assert_eq!(of(clean), Vec::<String>::new(), "{clean}");
    }
}

#[test]
fn one_slip_costs_the_document_only_its_line() {
    let text = "--- content/a.md\n---\nid: RSK-001\ntype: risk\ntitle: A: B\nowner: ciso\nlikelihood: high\nimpact: 3\naffects: [integrity]\ntreatment: modify\ncontrols:\n  - A.5.15\nresidual: {likelihood: low, impact: 1}\ndue: 2027-01-01\n---\nText.\n";
    assert_eq!(
        told(text, &["DOC", "RSK301", "RSK302", "RSK304", "RSK305", "RSK306"]),
        ["DOC001 content/a.md:4:8 the value `A: B` holds a colon and has no quotes"]
    );
    let snapshot = snapshot(text);
    assert_eq!(snapshot.book.documents[0].title.get(&Language::english()), "A: B");
}

#[test]
fn wrong_values_are_told_where_they_stand() {
    let cases = [
        ("owner: [a, b]", "3:8 `owner` has to be a text"),
        ("order: first", "3:8 `order` has to be a whole number, not `first`"),
        ("approved: {a: b}", "3:11 `approved` has to be a date"),
        ("reviewed: Apr 1 2026", "3:11 `Apr 1 2026` in `reviewed` is not a date"),
        ("type: polcy", "3:7 `polcy` is not a value of `type`"),
        ("summary: {english: a}", "3:11 `english` in `summary` is not a language code"),
        ("controls: [{roles: [provider]}]", "3:12 the entry has no `id`"),
        ("controls: [{id: A.5.15, roles: [provder]}]", "3:33 `provder` is not a value of `roles`"),
        ("evidence: [{title: T, date: yesterday}]", "3:29 `yesterday` in `date` is not a date"),
    ];
    for (line, expected) in cases {
        let told = of_line(line);
        assert_eq!(told, [format!("DOC003 content/a.md:{expected}")], "{line}");
    }
}

#[test]
fn an_unknown_key_is_told_once_for_the_book_also_inside_an_entry() {
    assert_eq!(
        of_line("controls: [{id: A.5.15, rolls: [provider]}]"),
        ["DOC002 content/a.md:3:25 `rolls` is not a field of any document type"]
    );
    let text = "--- content/b.md\n---\nlang: en\n---\nText.\n--- content/a.md\n---\ntitle: A\nlang: en\n---\nText.\n--- content/c.md\n---\nlang: en\n---\nText.\n";
    assert_eq!(
        told(text, &["DOC002"]),
        ["DOC002 content/a.md:3:1 `lang` is not a field of any document type; it stands in 3 files, this is the first"]
    );
}

#[test]
fn settings_are_told_where_they_stand() {
    let cases = [
        ("[book]\ntitle = {english = \"T\"}", "BOK003 book.toml:2:10 `english` in `title` is not a language code"),
        ("[book]\nid_pattern = \"[A-Z\"", "BOK003 book.toml:2:15 `[A-Z` is not a regular expression"),
        ("[people]\nciso = 1\n[poeple]", "BOK002 book.toml:3:2 book.toml has no key `poeple`"),
        (
            "[isms]\ncontrols = [\"enisa-2009\"]",
            "BOK003 book.toml:2:14 the catalog `enisa-2009` has no items of the kind that this list is for",
        ),
        ("[risk]\nacceptable = \"low\"", "BOK003 book.toml:2:15 `acceptable` has to be a whole number, not `low`"),
        ("[risk]\nmatrix = \"5x5\"", "BOK003 book.toml:2:11 `5x5` is not a value of `matrix`"),
        ("[risk.matrix]\nlikelihood = [{value = 1}]", "BOK003 book.toml:2:15 the entry has no `id`"),
        (
            "[risk.matrix]\ngrid = [[1]]",
            "BOK003 book.toml:2:8 the grid does not give one score for each pair of likelihood and impact",
        ),
        ("[soa]\ndocument = \"SOA-001\"", "BOK003 book.toml:2:13 no document has the id `SOA-001`"),
        ("[soa]\nsymbols = {excludd = \"x\"}", "BOK003 book.toml:2:12 `excludd` is not a value of `symbols`"),
        ("[soa]\ncolumns = [\"id\", \"titel\"]", "BOK003 book.toml:2:19 `titel` is not a value of `columns`"),
        ("[audiences.all]\nstatus = [\"aproved\"]", "BOK003 book.toml:2:12 `aproved` is not a value of `status`"),
        (
            "[[front_matter.defaults]]\ntype = \"policy\"",
            "BOK003 book.toml:1:1 these defaults do not say for which files they are",
        ),
        ("[[check.accepted]]\ncode = \"DOC777\"\nreason = \"r\"", "BOK003 book.toml:2:9 there is no rule `DOC777`"),
        ("[[check.accepted]]\nreason = \"r\"", "BOK003 book.toml:1:1 the accepted finding names no rule"),
        ("[build]\nautolink = \"no\"", "BOK003 book.toml:2:13 `autolink` has to be `true` or `false`, not `no`"),
    ];
    for (config, expected) in cases {
        let told = told(&format!("--- book.toml\n{config}\n--- content/index.md\n# Manual\n"), &["BOK"]);
        assert_eq!(told, [expected], "{config}");
    }
}

#[test]
fn catalogs_are_told_where_they_are_wrong() {
    let cases = [
        (
            "id: a\nkind: controls\ntitle: T\nitems:\n  - {id: M.1, kind: rule, title: T}",
            "5:21 `rule` is not a value of `kind`",
        ),
        ("id: a\ntitle: T\nitems:\n  - {id: M.1, title: T}", "4:10 nothing says what kind of item `M.1` is"),
        ("title: T", "1:1 the catalog has no `id`"),
        ("id: a\ntitle: T: U", "2:8 the value `T: U` holds a colon and has no quotes"),
        ("extends: iso27001-2002", "1:10 `iso27001-2002` is not a value of `extends`"),
        ("- a", "1:1 `catalog` has to be made of keys and values"),
        ("id: a\ntitle: T\nmappings: [{pairs: []}]", "3:12 the entry has no `to`"),
        ("id: a\ntitle: T\ngroups: [{title: G}]", "3:10 the entry has no `id`"),
    ];
    for (catalog, expected) in cases {
        let told = told(&format!("--- catalogs/a.yaml\n{catalog}\n"), &["CAT"]);
        assert_eq!(told, [format!("CAT801 catalogs/a.yaml:{expected}")], "{catalog}");
    }
}

#[test]
fn a_catalog_and_book_toml_in_another_encoding_are_told() {
    use ismsbook::files::{File, FilePath, Files};
    let mut files = Files::new();
    files.insert(FilePath::new("book.toml"), File::new(b"[book]\ntitle = \"Caf\xE9\"\n".to_vec()));
    files.insert(FilePath::new("catalogs/a.yaml"), File::new(b"id: \x83A\n".to_vec()));
    let snapshot = crate::support::snapshot_of(files, crate::support::today());
    let places: Vec<String> = snapshot
        .checked
        .findings
        .iter()
        .filter(|finding| finding.code == "BOK001")
        .map(|finding| place(&snapshot, finding))
        .collect();
    assert_eq!(places, ["BOK001 book.toml:2:13", "BOK001 catalogs/a.yaml:1:5"]);
}
