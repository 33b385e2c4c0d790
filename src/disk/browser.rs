//! Printing pages through a browser that is installed already: Chromium, Chrome or Edge.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rayon::prelude::*;

use super::failure::about;
use super::{Failure, leftover, write};
use crate::text::percent_encoded;

/// The most browsers that run at a time: each takes a few hundred megabytes.
const AT_ONCE: usize = 4;

/// What the name of the folder begins with that a run works in.
const PREFIX: &str = "ismsbook-pdf-";

/// How long to wait between two looks at a browser that is at work.
const LOOK: Duration = Duration::from_millis(20);

/// What browsers of this family understand, or pass over: no window, no news from their maker, no header and footer of their
/// own, bookmarks made of the headings.
const SWITCHES: [&str; 11] = [
    "--headless",
    "--disable-gpu",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pdf-header-footer",
    "--print-to-pdf-no-header",
    "--generate-pdf-document-outline",
    "--hide-scrollbars",
];

/// How to print.
#[derive(Debug, Clone)]
pub struct Press {
    /// The browser.
    pub browser: PathBuf,
    /// Whether it is to run without its sandbox, which containers often do not allow.
    pub no_sandbox: bool,
    /// How long one page may take.
    pub limit: Duration,
}

/// Prints pages of a site: `files` are all that they need, `render` gives the bytes of each. Gives one PDF for each of
/// `pages`, all of them or none.
///
/// The files stand for this while in a folder within `beside`, which is where the result goes: a browser that is packed as a
/// snap or a flatpak reads no other temporary folder.
///
/// # Errors
/// Where the system refuses, or where the browser does not start, takes too long or prints nothing.
pub fn print(
    press: &Press,
    beside: &Path,
    files: &[String],
    pages: &[String],
    render: impl Fn(&str) -> Arc<[u8]> + Sync,
) -> anyhow::Result<Vec<Vec<u8>>> {
    fs::create_dir_all(beside).map_err(about("unwritable", beside))?;
    let beside = fs::canonicalize(beside).map_err(about("unwritable", beside))?;
    for left in leftover::left_in(&beside, PREFIX.as_ref(), "").unwrap_or_default() {
        fs::remove_dir_all(&left).map_err(about("left-over", &left))?;
    }
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(&beside);
    let folder = folder.map_err(about("unwritable", &beside))?;
    let _held = leftover::hold(folder.path());
    let site = folder.path().join("site");
    write::write(&site, files, render)?;
    let no_sandbox = press.no_sandbox || is_of_root(folder.path());
    let threads = rayon::ThreadPoolBuilder::new().num_threads(rayon::current_num_threads().min(AT_ONCE)).build()?;
    let print = |(number, page): (usize, &String)| {
        let place = folder.path().join(number.to_string());
        print_one(&Press { no_sandbox, ..press.clone() }, &site.join(page), &place)
    };
    threads.install(|| pages.par_iter().enumerate().map(print).collect())
}

/// A browser of the superuser refuses to start with its sandbox.
#[cfg(unix)]
fn is_of_root(own_folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata(own_folder).is_ok_and(|metadata| metadata.uid() == 0)
}

#[cfg(not(unix))]
fn is_of_root(_: &Path) -> bool {
    false
}

/// Prints one page; `place` is a folder for this alone.
fn print_one(press: &Press, page: &Path, place: &Path) -> anyhow::Result<Vec<u8>> {
    fs::create_dir(place).map_err(about("unwritable", place))?;
    let (pdf, log) = (place.join("page.pdf"), place.join("log"));
    let said = File::create(&log).map_err(about("unwritable", &log))?;
    let mut command = Command::new(&press.browser);
    command.args(SWITCHES).args(press.no_sandbox.then_some("--no-sandbox"));
    command.arg(joined("--user-data-dir=", &place.join("profile")));
    command.arg(joined("--print-to-pdf=", &pdf)).arg(address(page));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(said);
    let browser = command.spawn().map_err(about("browser-start", &press.browser))?;
    if !ends_within(browser, press.limit) {
        let seconds = press.limit.as_secs();
        return Err(Failure::new("browser-slow").at(&press.browser).with("n", seconds).into());
    }
    let bytes = fs::read(&pdf).unwrap_or_default();
    if bytes.starts_with(b"%PDF-") {
        return Ok(bytes);
    }
    let said = fs::read(&log).unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("—");
    Err(Failure::new("browser-failed").at(&press.browser).with("words", last.trim()).into())
}

/// Waits for a browser, and ends it where it takes too long.
fn ends_within(mut browser: Child, limit: Duration) -> bool {
    let mut waited = Duration::ZERO;
    while waited < limit {
        if !matches!(browser.try_wait(), Ok(None)) {
            return true;
        }
        thread::sleep(LOOK);
        waited += LOOK;
    }
    // It may have ended meanwhile; either way nothing of it is left.
    let _ = browser.kill();
    let _ = browser.wait();
    false
}

fn joined(switch: &str, path: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from(switch);
    argument.push(plain(path));
    argument
}

/// A path without the `\\?\` that Windows puts before absolute ones, which no browser reads.
fn plain(path: &Path) -> PathBuf {
    let text = path.to_string_lossy();
    text.strip_prefix(r"\\?\").map_or_else(|| path.to_path_buf(), PathBuf::from)
}

/// The address of a file: `file:///tmp/a%20b.html`, `file:///C:/a.html`.
fn address(path: &Path) -> String {
    let path = plain(path).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    match path.split_once(":/") {
        Some((drive, rest)) if drive.len() == 1 => format!("file:///{drive}:/{}", percent_encoded(rest)),
        _ => format!("file://{}", percent_encoded(&path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_file_is_encoded() {
        assert_eq!(address(Path::new("/tmp/規程 1/a.html")), "file:///tmp/%E8%A6%8F%E7%A8%8B%201/a.html");
        assert_eq!(address(Path::new("C:/Users/a b.html")), "file:///C:/Users/a%20b.html");
        assert_eq!(plain(Path::new(r"\\?\C:\a")), PathBuf::from(r"C:\a"));
    }
}
