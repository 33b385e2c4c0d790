//! Speed as figures: `cargo bench`. Times of one run are noisy; the ratios between its lines are not.

#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark measures time and prints it")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use ismsbook::date::Date;
use ismsbook::files::{File, FilePath, Files};
use ismsbook::project::{Inputs, Project};
use ismsbook::site::{Site, SiteOptions};

/// A book of so many policies and risks, each policy of about 6 kB.
fn generated(policies: usize, risks: usize) -> Files {
    let mut files = Files::new();
    let mut add = |path: String, text: String| files.insert(FilePath::new(&path), File::new(text.into_bytes()));
    add("book.toml".into(), "[book]\nlanguages = [\"ja\", \"en\"]\n".into());
    for at in 0..policies {
        let control = format!("A.{}.{}", 5 + at % 4, 1 + at % 8);
        let mut text = format!(
            "---\nid: POL-{at:04}\ntype: policy\ntitle: 規程{at}\nowner: ciso\nstatus: approved\ncontrols: [{control}]\n---\n"
        );
        for section in 0..12 {
            text.push_str(&format!(
                "## 第{section}章 アクセスの管理\n\n管理策{control}に従い、[[POL-{:04}]]及びA.5.9〜A.5.14を満たす。",
                (at + section) % policies
            ));
            text.push_str(
                &"情報システム部長は、四半期ごとに利用者の権限を見直し、不要なものを削除しなければならない。".repeat(3),
            );
            text.push_str("\n\n| 役割 | 期限 |\n|---|---|\n| 管理者 | 30日 |\n\n");
        }
        add(format!("content/policies/{:02}/pol-{at:04}.md", at % 40), text);
    }
    for at in 0..risks {
        let text = format!(
            "---\nid: RSK-{at:04}\ntype: risk\ntitle: リスク{at}\nowner: ciso\naffects: [integrity]\nsources: [R.{}]\nlikelihood: high\nimpact: medium\ntreatment: modify\ncontrols: [A.8.{}]\nresidual: {{likelihood: low, impact: low}}\ndue: 2027-03-31\n---\n説明。\n",
            1 + at % 35,
            1 + at % 34
        );
        add(format!("content/risks/{:02}/rsk-{at:04}.md", at % 40), text);
    }
    files
}

fn time<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let value = work();
    (value, start.elapsed())
}

fn main() {
    for (policies, risks) in [(100, 50), (1_000, 0), (1_000, 2_000), (10_000, 0)] {
        let files = generated(policies, risks);
        let today = Date::new(2026, 11, 22).expect("a day");
        let inputs = |files: &Files| Inputs { files: files.clone(), today, commit: None, history: Arc::default() };
        let mut project = Project::new();
        let (first, whole) = time(|| project.snapshot(inputs(&files)).expect("TOML"));
        let (_, again) = time(|| project.snapshot(inputs(&files)).expect("TOML"));
        let mut edited = files.clone();
        let path = FilePath::new("content/policies/01/pol-0001.md");
        let text = format!("{}\n追記した一行。\n", files.text(&path).expect("a policy"));
        edited.insert(path, File::new(text.into_bytes()));
        let (second, edit) = time(|| project.snapshot(inputs(&edited)).expect("TOML"));
        let (_, check) = time(|| ismsbook::rules::check(&first.book, &first.derived));
        let (page, show) = time(|| {
            let site = Site::new(Arc::new(second), SiteOptions { preview: true, ..SiteOptions::default() });
            site.render(&site.route("policies/01/pol-0001.html").expect("the page of a document"))
        });
        assert!(!page.bytes.is_empty());
        println!(
            "{policies:>6} policies {risks:>5} risks: read {whole:>9.1?}  unchanged {again:>9.1?}  one edit {edit:>9.1?}  its page {show:>9.1?}  check {check:>9.1?}"
        );
    }
}
