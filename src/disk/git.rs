//! What git knows of the book's folder; nothing, without a word, where there is no git.

use std::path::Path;
use std::process::{Command, Stdio};

/// The short name of the commit that the folder stands at. Ten digits always, so that the same commit has the same name in
/// every clone, however many objects it holds.
pub fn commit(root: &Path) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["rev-parse", "--short=10", "--verify", "--quiet", "HEAD"]);
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    let is_name = name.len() >= 10 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    (output.status.success() && is_name).then_some(name)
}
