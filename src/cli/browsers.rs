//! Where the browsers are that print: Chromium, Chrome and Edge.

use std::ffi::OsStr;
use std::path::PathBuf;

/// Where browsers of the right kind usually are: by their names in the folders of `PATH`, then where each system installs
/// them.
pub(super) fn usual_places(path: Option<&OsStr>, programs: &[PathBuf]) -> Vec<PathBuf> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "msedge",
        "microsoft-edge",
        "microsoft-edge-stable",
    ];
    let folders: Vec<PathBuf> = path.map(|path| std::env::split_paths(path).collect()).unwrap_or_default();
    let ending = std::env::consts::EXE_SUFFIX;
    let in_path =
        names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(format!("{name}{ending}"))));
    let on_mac = ["Google Chrome", "Chromium", "Microsoft Edge"]
        .map(|name| PathBuf::from(format!("/Applications/{name}.app/Contents/MacOS/{name}")));
    let on_windows = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
    let on_windows = on_windows.iter().flat_map(|name| programs.iter().map(move |folder| folder.join(name)));
    in_path.chain(on_mac).chain(on_windows).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn browsers_are_looked_for_by_name_first() {
        let path = std::env::join_paths(["/usr/bin", "/opt/bin"]).expect("plain names");
        let places = usual_places(Some(&path), &[PathBuf::from("/programs")]);
        let at = |text: &str| places.iter().position(|place| place == Path::new(text));
        let suffix = std::env::consts::EXE_SUFFIX;
        assert_eq!(at(&format!("/usr/bin/chromium{suffix}")), Some(0));
        assert!(at(&format!("/opt/bin/msedge{suffix}")).is_some());
        assert!(at("/programs/Google/Chrome/Application/chrome.exe").is_some());
    }
}
