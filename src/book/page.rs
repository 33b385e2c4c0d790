//! Names of pages: as the author named the file, but for what Windows cannot hold.

/// A path for the output: blanks and Japanese stay; what a Windows file system cannot hold becomes `-`.
pub fn safe_name(path: &str) -> String {
    path.split('/').map(safe_part).collect::<Vec<_>>().join("/")
}

fn safe_part(part: &str) -> String {
    let replaced: String = part.chars().map(|c| if is_unsafe(c) { '-' } else { c }).collect();
    let kept = replaced.trim_end_matches([' ', '.']).len();
    let tail: String = replaced[kept..].chars().map(|_| '-').collect();
    let name = format!("{}{tail}", &replaced[..kept]);
    let stem = name.split('.').next().unwrap_or_default();
    if is_reserved(stem) { format!("{stem}-{}", &name[stem.len()..]) } else { name }
}

fn is_unsafe(c: char) -> bool {
    matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\') || c.is_control()
}

fn is_reserved(stem: &str) -> bool {
    let upper = stem.to_ascii_uppercase();
    let numbered = |prefix: &str| {
        upper.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(upper.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_windows_cannot_hold_is_replaced() {
        assert_eq!(safe_name("規程 第3版/a b.html"), "規程 第3版/a b.html");
        assert_eq!(safe_name("folder /CON.html"), "folder-/CON-.html");
        assert_eq!(safe_name("164.308(a)(1)(i).html"), "164.308(a)(1)(i).html");
        assert_eq!(safe_name("X:1*.html"), "X-1-.html");
    }
}
