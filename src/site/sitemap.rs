//! `sitemap.xml`: every page with its whole address, for search engines, where the site's address is known.

use crate::config::BaseUrl;
use crate::site::body::escape;
use crate::site::links::relative;

/// The most addresses that the format allows in one file.
const ADDRESSES_MAX: usize = 50_000;

/// The map of the pages at `paths`.
pub(super) fn sitemap<'a>(base: &BaseUrl, paths: impl Iterator<Item = &'a str>) -> String {
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for path in paths.take(ADDRESSES_MAX) {
        map.push_str(&format!("<url><loc>{}</loc></url>\n", escape(&address(base, path))));
    }
    map.push_str("</urlset>\n");
    map
}

/// The whole address of a path below the site's root.
pub(super) fn address(base: &BaseUrl, path: &str) -> String {
    format!("{}/{}", base.whole(), relative("x", path))
}
