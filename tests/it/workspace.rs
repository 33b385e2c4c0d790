//! A book on disk, opened once: what is not saved yet counts, and the disk is not touched.
#![expect(clippy::disallowed_methods, reason = "these tests are about the file system")]

use std::fs;

use ismsbook::files::FilePath;
use ismsbook::workspace::Workspace;
use tempfile::TempDir;

use crate::support::today;

fn titles(workspace: &mut Workspace) -> Vec<String> {
    let snapshot = workspace.snapshot(today()).expect("settings that can be read");
    snapshot.book.documents.iter().map(|document| document.title.get(&document.language).to_owned()).collect()
}

#[test]
fn an_unsaved_text_counts_in_place_of_the_file_until_it_is_taken_away() {
    let book = TempDir::new().expect("a temporary folder");
    fs::create_dir(book.path().join("content")).expect("a folder");
    fs::write(book.path().join("content/a.md"), "# Saved\n").expect("written");
    let mut workspace = Workspace::open(Some(book.path())).expect("a book");
    assert_eq!(titles(&mut workspace), ["Saved"]);
    workspace.lay_over(FilePath::new("content/a.md"), Some("# Unsaved\n"));
    workspace.lay_over(FilePath::new("content/b.md"), Some("# New\n"));
    assert_eq!(titles(&mut workspace), ["Unsaved", "New"]);
    assert_eq!(fs::read_to_string(book.path().join("content/a.md")).expect("it is there"), "# Saved\n");
    // What is read again from the disk stays below what is not saved.
    fs::write(book.path().join("content/a.md"), "# Saved again\n").expect("written");
    let changed = [workspace.root().join("content/a.md")].into_iter().collect();
    assert_eq!(workspace.read_again(Some(&changed)), [FilePath::new("content/a.md")]);
    assert_eq!(titles(&mut workspace), ["Unsaved", "New"]);
    workspace.lay_over(FilePath::new("content/a.md"), None);
    workspace.lay_over(FilePath::new("content/b.md"), None);
    assert_eq!(titles(&mut workspace), ["Saved again"]);
}
