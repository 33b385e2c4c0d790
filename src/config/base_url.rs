//! The address that a site will stand at.

use crate::text::percent_encoded;

/// An address such as `https://docs.example.com/isms`, in its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://docs.example.com`.
    pub origin: String,
    /// `/isms`, percent-encoded; empty where the site has a host of its own.
    pub path: String,
}

impl BaseUrl {
    /// The address, where it is one that a site can stand at: http or https, a host, and no query or fragment.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (scheme, rest) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let (host, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        let odd = |c: char| c.is_whitespace() || c.is_control() || "?#\"'<>\\^`{|}".contains(c);
        let name = host.rsplit_once(':').map_or(host, |(name, port)| match port.parse::<u16>() {
            Ok(_) => name,
            Err(_) => host,
        });
        let is_host = !name.is_empty() && !name.contains('@') && !name.starts_with('.');
        if !matches!(scheme.as_str(), "http" | "https") || !is_host || text.contains(odd) {
            return None;
        }
        let parts = path.split('/').filter(|part| !part.is_empty());
        let path = parts.flat_map(|part| ["/".to_owned(), encoded(part)]).collect();
        Some(Self { origin: format!("{scheme}://{host}"), path })
    }

    /// The whole address, without a slash at its end.
    pub fn whole(&self) -> String {
        format!("{}{}", self.origin, self.path)
    }
}

/// A part of a path; what is encoded already stays so.
fn encoded(part: &str) -> String {
    if part.is_ascii() { part.to_owned() } else { percent_encoded(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_perhaps_a_path() {
        let whole = |text| BaseUrl::parse(text).map(|url| url.whole());
        assert_eq!(whole("https://docs.example.com/isms/").as_deref(), Some("https://docs.example.com/isms"));
        assert_eq!(whole(" HTTP://intra:8080 ").as_deref(), Some("http://intra:8080"));
        assert_eq!(whole("https://x/規程").as_deref(), Some("https://x/%E8%A6%8F%E7%A8%8B"));
        for wrong in ["docs.example.com", "ftp://x/", "https://", "https:///a", "https://x/?a=1", "https://x/a b", ""] {
            assert_eq!(whole(wrong), None, "{wrong}");
        }
    }
}
