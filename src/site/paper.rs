//! A page as it goes to paper or into a PDF: what leads to other pages of the site has nowhere to lead there.

use crate::config::BaseUrl;
use crate::site::links::{landing, relative};
use crate::site::rewrite::{opens, tags, value, with_value, without};

/// The page at `path` without scripts; its links to other pages lead to where the site stands, or are words where that is
/// not known.
pub fn for_paper(path: &str, html: &str, base: Option<&BaseUrl>) -> String {
    let page = relative("", path);
    tags(html, |tag| {
        if opens(tag, "script") || tag == "</script>" {
            return Some(String::new());
        }
        let href = value(tag, "href").filter(|_| opens(tag, "a"))?;
        if href.starts_with('#') {
            return None;
        }
        let target = landing(&page, href)?;
        let whole = base.map(|base| format!("{}/{target}", base.whole()));
        Some(whole.map_or_else(|| without(tag, "href"), |whole| with_value(tag, "href", &whole)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_site_or_nowhere() {
        let html = "<link href=\"../style.css\"><a class=\"ref\" href=\"../soa.html#A.5.1\">SoA</a> <a href=\"#x\">x</a> \
                    <a href=\"https://example.com/\">e</a><script src=\"../script.js\"></script>";
        let bare = for_paper("policies/a.html", html, None);
        assert_eq!(
            bare,
            "<link href=\"../style.css\"><a class=\"ref\">SoA</a> <a href=\"#x\">x</a> <a href=\"https://example.com/\">e</a>"
        );
        let base = BaseUrl::parse("https://docs.example.com/isms").expect("an address");
        let whole = for_paper("policies/a.html", html, Some(&base));
        assert!(whole.contains("href=\"https://docs.example.com/isms/soa.html#A.5.1\""), "{whole}");
    }
}
