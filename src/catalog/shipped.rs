//! The catalogs that come with the program, read once.

use std::sync::{Arc, LazyLock};

use super::{Catalog, Catalogs, load};
use crate::files::FilePath;

const SOURCES: [(&str, &str); 7] = [
    ("enisa-2009", include_str!("../../catalogs/enisa-2009.yaml")),
    ("iso27001-2013", include_str!("../../catalogs/iso27001-2013.yaml")),
    ("iso27001-2022", include_str!("../../catalogs/iso27001-2022.yaml")),
    ("iso27017-2015", include_str!("../../catalogs/iso27017-2015.yaml")),
    ("itu-x1601", include_str!("../../catalogs/itu-x1601.yaml")),
    ("jip-isms517", include_str!("../../catalogs/jip-isms517.yaml")),
    ("virtualization", include_str!("../../catalogs/virtualization.yaml")),
];

static SHIPPED: LazyLock<Catalogs> = LazyLock::new(|| {
    use rayon::prelude::*;
    let read: Vec<Catalog> = SOURCES
        .par_iter()
        .map(|(name, text)| {
            load(&FilePath::new(&format!("catalogs/{name}.yaml")), text, &Catalogs::default())
                .0
                .expect("a shipped catalog can be read; a test proves it")
        })
        .collect();
    let mut catalogs = Catalogs::default();
    for mut catalog in read {
        catalog.forget_places();
        catalogs.insert(Arc::new(catalog));
    }
    catalogs
});

/// The catalogs that come with the program.
pub fn shipped() -> &'static Catalogs {
    &SHIPPED
}

/// Whether a text is that of a shipped catalog, as in the repository's own book.
pub fn is_shipped(text: &str) -> bool {
    SOURCES.iter().any(|(_, source)| *source == text)
}
