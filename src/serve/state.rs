//! What the preview shows now, and its generation: pages wait here for the next one.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::page::InReading;
use crate::changes::Comparison;
use crate::files::FilePath;
use crate::language::Language;
use crate::project::{BrokenConfig, Snapshot};
use crate::site::{Site, SiteOptions};

/// What is shown, shared by all requests.
pub(super) struct State {
    shown: Mutex<Shown>,
    changed: Condvar,
    stopped: AtomicBool,
    language: Option<Language>,
}

/// One generation. The lock on it is held for the clone only.
#[derive(Clone)]
pub(super) struct Shown {
    pub(super) generation: u64,
    /// The generation in which the theme last changed: pages of an older one load anew, since their style is old.
    pub(super) theme: u64,
    pub(super) site: Arc<Site>,
    pub(super) in_reading: Arc<InReading>,
    pub(super) snapshot: Arc<Snapshot>,
    /// `book.toml`, while it is no TOML.
    pub(super) broken: Option<Arc<BrokenConfig>>,
}

impl State {
    pub(super) fn new(
        snapshot: Arc<Snapshot>,
        comparison: Option<Arc<Comparison>>,
        language: Option<Language>,
    ) -> Self {
        // Each run counts from a number of its own: a page of an earlier run sees at once that it is old.
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let generation = u64::try_from(since.as_millis()).unwrap_or_default();
        let site = site(&snapshot, comparison);
        let in_reading = Arc::default();
        let shown = Shown { generation, theme: generation, site, in_reading, snapshot, broken: None };
        Self { shown: Mutex::new(shown), changed: Condvar::new(), stopped: AtomicBool::new(false), language }
    }

    /// What is shown now.
    pub(super) fn shown(&self) -> Shown {
        self.lock().clone()
    }

    /// The language that messages were asked for in.
    pub(super) fn language(&self) -> Option<&Language> {
        self.language.as_ref()
    }

    /// Shows a new generation.
    pub(super) fn show(&self, snapshot: Arc<Snapshot>, comparison: Option<Arc<Comparison>>, files: &[FilePath]) {
        let site = site(&snapshot, comparison);
        // The accent of `book.toml` stands in the style sheet.
        let style = files.iter().any(|path| path.as_str().starts_with("themes/") || path.as_str() == "book.toml");
        let mut shown = self.lock();
        shown.generation += 1;
        shown.theme = if style { shown.generation } else { shown.theme };
        let old = (std::mem::replace(&mut shown.site, site), std::mem::replace(&mut shown.snapshot, snapshot));
        shown.in_reading = Arc::default();
        shown.broken = None;
        drop(shown);
        self.changed.notify_all();
        // Taking a large book apart takes longer than a reader should wait.
        drop(old);
    }

    /// Shows the old pages with the news that `book.toml` cannot be read.
    pub(super) fn show_broken(&self, broken: BrokenConfig) {
        let mut shown = self.lock();
        shown.generation += 1;
        shown.in_reading = Arc::default();
        shown.broken = Some(Arc::new(broken));
        drop(shown);
        self.changed.notify_all();
    }

    /// Waits until another generation than `since` is shown; none after `patience` or once the preview is over.
    pub(super) fn wait(&self, since: u64, patience: Duration) -> Option<(u64, u64)> {
        let end = Instant::now() + patience;
        let mut shown = self.lock();
        while shown.generation == since && !self.is_stopped() {
            let left = end.checked_duration_since(Instant::now())?;
            shown = self.changed.wait_timeout(shown, left).expect("no thread panics while it holds the lock").0;
        }
        (!self.is_stopped()).then_some((shown.generation, shown.theme))
    }

    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        let shown = self.lock();
        self.changed.notify_all();
        drop(shown);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().expect("no thread panics while it holds the lock")
    }
}

fn site(snapshot: &Arc<Snapshot>, comparison: Option<Arc<Comparison>>) -> Arc<Site> {
    Arc::new(Site::new(Arc::clone(snapshot), SiteOptions { preview: true, comparison, ..SiteOptions::default() }))
}
