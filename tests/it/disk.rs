//! A book's folder read, a site's folder written and published.
#![expect(clippy::disallowed_methods, reason = "these tests are about the file system")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use ismsbook::disk::{Failure, publish, read, write};
use ismsbook::files::{FilePath, Files, Problem};
use tempfile::TempDir;

fn put(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("written");
}

fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

fn names(files: &Files) -> Vec<&str> {
    files.iter().map(|(path, _)| path.as_str()).collect()
}

fn problem(files: &Files, path: &str) -> Option<Problem> {
    files.get(&FilePath::new(path)).and_then(|file| file.problem.clone())
}

fn key(error: &anyhow::Error) -> &'static str {
    error.downcast_ref::<Failure>().map_or("", Failure::key)
}

fn bytes(text: &str) -> Arc<[u8]> {
    Arc::from(text.as_bytes())
}

#[test]
fn a_book_is_its_settings_catalogs_content_and_themes_without_what_is_hidden() {
    let book = folder();
    for path in [
        "book.toml",
        "README.md",
        "catalogs/own.yaml",
        "catalogs/notes.txt",
        "content/a.md",
        "content/_draft.md",
        "content/.git/x.md",
        "content/_off/b.md",
        "content/deep/図 1.png",
        "themes/own/_part.html",
        "site/index.html",
    ] {
        put(&book, path, "x");
    }
    let read = read::read(book.path());
    let expected = [
        "book.toml",
        "catalogs/own.yaml",
        "content/_draft.md",
        "content/_off/b.md",
        "content/a.md",
        "content/deep/図 1.png",
        "themes/own/_part.html",
    ];
    assert_eq!(names(&read.files), expected);
    let draft = read.files.get(&FilePath::new("content/_draft.md")).expect("its name counts");
    assert!(draft.bytes.is_empty(), "what is not built is not read");
    assert!(!read.linked);
}

#[test]
fn the_book_is_found_from_a_folder_inside_it_and_a_folder_without_one_is_refused() {
    let book = folder();
    put(&book, "content/a.md", "x");
    assert!(read::find_root(Some(book.path())).is_ok(), "content alone is a book");
    let empty = folder();
    assert_eq!(key(&read::find_root(Some(empty.path())).expect_err("no book")), "no-book");
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_book_only_and_never_in_circles() {
    use std::os::unix::fs::symlink;
    let (book, outside) = (folder(), folder());
    put(&outside, "secret.md", "secret");
    put(&book, "content/real/a.md", "x");
    put(&book, "content/other/b.md", "x");
    let link = |target: &Path, name: &str| symlink(target, book.path().join("content").join(name)).expect("a link");
    link(&outside.path().join("secret.md"), "out.md");
    link(outside.path(), "out");
    link(&book.path().join("content/real"), "twin");
    link(&book.path().join("content"), "real/round");
    link(&book.path().join("content/other"), "real/cross");
    link(&book.path().join("content/real"), "other/cross");
    link(Path::new("nowhere.md"), "broken.md");
    let read = read::read(book.path());
    assert!(read.linked);
    assert_eq!(problem(&read.files, "content/out.md"), Some(Problem::OutsideBook));
    assert_eq!(problem(&read.files, "content/out"), Some(Problem::OutsideBook));
    assert!(matches!(problem(&read.files, "content/broken.md"), Some(Problem::Unreadable(_))));
    assert!(matches!(problem(&read.files, "content/real/round"), Some(Problem::Unreadable(_))));
    let texts: Vec<String> =
        read.files.iter().map(|(_, file)| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    assert!(texts.iter().all(|text| text != "secret"));
    assert!(read.files.iter().count() < 20, "{:?}", names(&read.files));
}

#[cfg(target_os = "linux")]
#[test]
fn odd_names_and_files_that_are_no_files_do_no_harm() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let book = folder();
    put(&book, "content/a.md", "x");
    for name in [&b"caf\xe9.md"[..], b"caf\xe8.md", b"back\\slash.md", b"x\\..\\..\\up.md"] {
        fs::write(book.path().join("content").join(OsStr::from_bytes(name)), "odd").expect("written");
    }
    let pipe = book.path().join("content/pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()));
    let read = read::read(book.path());
    let expected = [
        "content/a.md",
        "content/back-slash.md",
        "content/caf\u{fffd}-2.md",
        "content/caf\u{fffd}.md",
        "content/pipe.md",
        "content/x-..-..-up.md",
    ];
    assert_eq!(names(&read.files), expected);
    assert_eq!(problem(&read.files, "content/pipe.md"), Some(Problem::Special));
}

#[test]
fn reading_again_gives_what_reading_anew_gives() {
    let book = folder();
    for path in ["book.toml", "content/a.md", "content/deep/b.md", "content/deep/c.md"] {
        put(&book, path, "x");
    }
    let root = fs::canonicalize(book.path()).expect("it is there");
    let first = read::read(&root);
    put(&book, "content/a.md", "changed");
    put(&book, "content/new.md", "new");
    fs::remove_dir_all(root.join("content/deep")).expect("removed");
    let changed = ["content/a.md", "content/new.md", "content/deep", "site/index.html", "content/_x.md"]
        .map(|path| root.join(path));
    let again = read::read_again(&root, &first, &changed.into_iter().collect()).expect("files only");
    let anew = read::read(&root);
    assert_eq!(names(&again.files), names(&anew.files));
    assert!(again.files.iter().zip(anew.files.iter()).all(|((_, a), (_, b))| a.hash == b.hash));
    fs::create_dir(root.join("content/more")).expect("made");
    assert!(
        read::read_again(&root, &first, &[root.join("content/more")].into_iter().collect()).is_none(),
        "a folder needs a whole reading"
    );
}

#[test]
fn only_changed_bytes_are_written_and_only_what_was_ours_is_removed() {
    let output = folder();
    let paths = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let first = write::write(output.path(), &paths(&["a.html", "deep/b.html", "c.html"]), bytes).expect("written");
    assert_eq!((first.written, first.unchanged, first.removed), (3, 0, 0));
    put(&output, "CNAME", "foreign");
    let before = fs::metadata(output.path().join("a.html")).expect("it is there");
    let second = write::write(output.path(), &paths(&["a.html", "c.html"]), |path| {
        if path == "c.html" { bytes("new") } else { bytes(path) }
    })
    .expect("written");
    assert_eq!((second.written, second.unchanged, second.removed), (1, 1, 1));
    assert_eq!(fs::read_to_string(output.path().join("c.html")).expect("it is there"), "new");
    assert!(!output.path().join("deep").exists() && output.path().join("CNAME").exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!(before.ino(), fs::metadata(output.path().join("a.html")).expect("it is there").ino());
    }
    let _ = before;
    fs::remove_file(output.path().join("a.html")).expect("removed");
    let third = write::write(output.path(), &paths(&["a.html", "c.html"]), bytes).expect("written");
    assert_eq!(third.written, 2, "what somebody took away or changed comes back");
}

#[test]
fn foreign_files_stop_the_writing_before_it_begins() {
    let output = folder();
    put(&output, "letter.txt", "mine");
    let page = || vec!["a.html".to_owned()];
    assert_eq!(key(&write::write(output.path(), &page(), bytes).expect_err("foreign")), "foreign-output");
    assert!(!output.path().join("a.html").exists());
    let output = folder();
    write::write(output.path(), &page(), bytes).expect("written");
    put(&output, "b.html", "mine");
    let both = vec!["a.html".to_owned(), "b.html".to_owned()];
    assert_eq!(key(&write::write(output.path(), &both, |_| bytes("ours")).expect_err("foreign")), "foreign-file");
    assert_eq!(fs::read_to_string(output.path().join("a.html")).expect("it is there"), "a.html");
    assert_eq!(fs::read_to_string(output.path().join("b.html")).expect("it is there"), "mine");
    for path in ["../up.html", "/etc/x.html", "a/../../b.html", ""] {
        assert_eq!(key(&write::write(output.path(), &[path.to_owned()], bytes).expect_err("unsafe")), "unsafe-path");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_link() {
    let (output, elsewhere) = (folder(), folder());
    write::write(output.path(), &["deep/a.html".to_owned()], bytes).expect("written");
    put(&elsewhere, "a.html", "mine");
    fs::remove_dir_all(output.path().join("deep")).expect("removed");
    std::os::unix::fs::symlink(elsewhere.path(), output.path().join("deep")).expect("a link");
    assert!(write::write(output.path(), &["deep/a.html".to_owned()], |_| bytes("ours")).is_err());
    write::write(output.path(), &["b.html".to_owned()], bytes).expect("written");
    assert_eq!(fs::read_to_string(elsewhere.path().join("a.html")).expect("it is there"), "mine");
}

#[test]
fn the_output_may_not_lie_among_the_sources_nor_hold_the_book() {
    let book = folder();
    put(&book, "content/a.md", "x");
    for output in ["content", "content/site", ".", "..", "themes/x", "site/../content"] {
        assert!(write::output_folder(book.path(), Path::new(output)).is_err(), "{output}");
    }
    assert!(write::output_folder(book.path(), Path::new("site")).is_ok());
    for output in ["../site", "/tmp/site", ".git/site", "a/../../site", "a/.b"] {
        assert!(write::own_output_folder(book.path(), output).is_err(), "{output}");
    }
    for output in ["site", "a/b", "./site", "a/../site"] {
        assert!(write::own_output_folder(book.path(), output).is_ok(), "{output}");
    }
}

fn published() -> (TempDir, std::path::PathBuf) {
    let parent = folder();
    let destination = parent.path().join("公開 先");
    publish::publish(&destination, &["a.html".to_owned(), "規程/b.html".to_owned()], bytes).expect("published");
    (parent, destination)
}

#[test]
fn publishing_replaces_the_whole_and_leaves_nothing_beside_it() {
    let (parent, destination) = published();
    assert!(publish::verify(&destination).expect("readable").expect("published").is_empty());
    publish::publish(&destination, &["c.html".to_owned()], bytes).expect("published");
    assert!(!destination.join("a.html").exists() && destination.join("c.html").exists());
    assert_eq!(fs::read_dir(parent.path()).expect("a folder").count(), 1);
    let sums = fs::read_to_string(destination.join("SHA256SUMS")).expect("it is there");
    assert!(sums.lines().any(|line| line.len() == 64 + 2 + 6 && line.ends_with("  c.html")), "{sums}");
}

#[test]
fn what_a_publication_that_was_cut_off_left_is_put_right_and_cleared_away() {
    let (parent, destination) = published();
    let half = parent.path().join(".ismsbook-publish-公開 先-a1B2c3");
    fs::create_dir(&half).expect("made");
    fs::write(half.join("half.html"), "half").expect("written");
    let of_another = parent.path().join(".ismsbook-publish-公開 先-別-a1B2c3");
    fs::create_dir(&of_another).expect("made");
    // Cut off between the two steps of the exchange: the old site stands aside, and nothing in its place.
    let aside = parent.path().join(".ismsbook-publish-公開 先-d4E5f6-old");
    fs::rename(&destination, &aside).expect("moved");
    let failing = publish::publish(&destination, &["../up.html".to_owned()], bytes).expect_err("unsafe");
    assert_eq!(key(&failing), "unsafe-path");
    assert!(destination.join("a.html").exists(), "the old site is back, whatever comes of the new one");
    let done = publish::publish(&destination, &["c.html".to_owned()], bytes).expect("published");
    assert_eq!((done.files, done.cleared), (1, 0));
    assert!(!half.exists() && !aside.exists() && of_another.exists());
    assert_eq!(fs::read_dir(parent.path()).expect("a folder").count(), 2);
    fs::create_dir(&half).expect("made");
    assert_eq!(publish::publish(&destination, &["c.html".to_owned()], bytes).expect("published").cleared, 1);
}

#[cfg(unix)]
#[test]
fn a_publication_at_work_is_left_alone() {
    let (parent, destination) = published();
    let other = parent.path().join(".ismsbook-publish-公開 先-a1B2c3");
    fs::create_dir(&other).expect("made");
    let at_work = fs::File::open(&other).expect("open");
    at_work.try_lock().expect("locked");
    publish::publish(&destination, &["c.html".to_owned()], bytes).expect("published");
    assert!(other.exists());
}

#[test]
fn verify_finds_one_changed_added_or_missing_file() {
    let (_parent, destination) = published();
    fs::write(destination.join("a.html"), "other").expect("written");
    fs::write(destination.join("x.html"), "new").expect("written");
    fs::remove_file(destination.join("規程/b.html")).expect("removed");
    let found = publish::verify(&destination).expect("readable").expect("published");
    assert_eq!(
        (found.changed, found.added, found.missing),
        (vec!["a.html".to_owned()], vec!["x.html".to_owned()], vec!["規程/b.html".to_owned()])
    );
    assert!(publish::verify(&destination.join("nowhere")).expect("readable").is_none());
}

#[test]
fn a_destination_with_foreign_files_stays_as_it_is() {
    let (parent, destination) = published();
    fs::write(destination.join("letter.txt"), "mine").expect("written");
    let error = publish::publish(&destination, &["c.html".to_owned()], bytes).expect_err("foreign");
    assert_eq!(key(&error), "foreign-file");
    assert!(destination.join("a.html").exists() && !destination.join("c.html").exists());
    assert_eq!(fs::read_dir(parent.path()).expect("a folder").count(), 1);
    let other = folder();
    put(&other, "letter.txt", "mine");
    assert_eq!(
        key(&publish::publish(other.path(), &["c.html".to_owned()], bytes).expect_err("foreign")),
        "foreign-output"
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_in_a_published_folder_is_never_opened() {
    use std::os::unix::fs::symlink;
    let pipe = |path: &Path| {
        let _ = fs::remove_file(path);
        assert!(std::process::Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success()));
    };
    let folder = folder();
    let destination = folder.path().join("site");
    let site = ["a.html".to_owned(), "b.html".to_owned(), "c.html".to_owned()];
    publish::publish(&destination, &site, bytes).expect("published");
    pipe(&destination.join("a.html"));
    fs::remove_file(destination.join("b.html")).expect("removed");
    symlink("/dev/zero", destination.join("b.html")).expect("linked");
    let found = publish::verify(&destination).expect("readable").expect("published");
    assert_eq!((found.changed.len(), found.missing.len(), found.added.len()), (2, 0, 0), "{found:?}");
    publish::publish(&destination, &site, bytes).expect("published over them");
    assert!(publish::verify(&destination).expect("readable").expect("published").is_empty());
    pipe(&destination.join("SHA256SUMS"));
    assert_eq!(key(&publish::verify(&destination).expect_err("no list")), "not-a-file");
    pipe(&destination.join(".ismsbook-manifest"));
    assert_eq!(key(&publish::publish(&destination, &site, bytes).expect_err("no manifest")), "not-a-file");
    assert_eq!(key(&write::write(&destination, &site, bytes).expect_err("no manifest")), "not-a-file");
}
