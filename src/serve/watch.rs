//! Changes of the book's files, in batches. A batch ends after a little silence, since one save is several events; what
//! comes meanwhile is the next batch.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use notify::event::{CreateKind, ModifyKind};
use notify::{Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::disk::read::FOLDERS;
use crate::disk::{Failure, git};
use crate::language::Localized;
use crate::words::{localized, of_system};

/// A batch ends after this silence …
const SILENCE: Duration = Duration::from_millis(5);

/// … and after this time in any case.
const LONGEST: Duration = Duration::from_millis(25);

/// A folder that has just come is watched a moment later: what was written to it between is found by a second look.
const SECOND_LOOK: Duration = Duration::from_millis(100);

/// How often files are looked at where the system tells of no changes.
const POLL: Duration = Duration::from_millis(250);

/// What changed together.
#[derive(Debug, Clone, Default)]
pub(super) struct Batch {
    /// The paths that changed.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Whether everything must be read: events were lost, or folders came and went.
    pub(super) everything: bool,
    /// Why changes are not told any more.
    pub(super) fault: Option<Localized>,
}

/// A watch over a book. It ends when it is dropped.
pub(super) struct Watch {
    _watcher: Arc<Mutex<Box<dyn Watcher + Send>>>,
}

/// The batches of a watch.
pub(super) struct Batches {
    root: PathBuf,
    /// Where git notes that another commit is checked out.
    notes: Option<PathBuf>,
    events: Receiver<notify::Result<Event>>,
    watcher: Arc<Mutex<Box<dyn Watcher + Send>>>,
    second_look: Mutex<Option<Instant>>,
}

impl Watch {
    /// Begins to watch the book in `root`.
    pub(super) fn begin(root: &Path, poll: bool) -> anyhow::Result<(Self, Batches)> {
        let (sender, events) = channel();
        let mut watcher = watcher(sender, poll).map_err(|error| failure(&error, root))?;
        // Editors replace files by new ones, so folders are watched and never files; `book.toml` stands in the root.
        watcher.watch(root, RecursiveMode::NonRecursive).map_err(|error| failure(&error, root))?;
        for folder in FOLDERS.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()) {
            watcher.watch(&folder, RecursiveMode::Recursive).map_err(|error| failure(&error, &folder))?;
        }
        // Without this watch the preview only misses what git knows: that is no reason to end it.
        let notes = git::notes(root).filter(|notes| watcher.watch(notes, RecursiveMode::NonRecursive).is_ok());
        let watcher = Arc::new(Mutex::new(watcher));
        let batches = Batches {
            root: root.to_path_buf(),
            notes,
            events,
            watcher: Arc::clone(&watcher),
            second_look: Mutex::new(None),
        };
        Ok((Self { _watcher: watcher }, batches))
    }
}

fn watcher(sender: Sender<notify::Result<Event>>, poll: bool) -> notify::Result<Box<dyn Watcher + Send>> {
    // Reading the book opens its files, and opening is an event: without this the preview would wake itself for ever.
    let handler = move |event: notify::Result<Event>| {
        if !event.as_ref().is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
            let _ = sender.send(event);
        }
    };
    if poll {
        let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
        return Ok(Box::new(PollWatcher::new(handler, config)?));
    }
    Ok(Box::new(RecommendedWatcher::new(handler, Config::default())?))
}

/// Why the system does not watch.
fn words_of(error: &notify::Error) -> Localized {
    match &error.kind {
        ErrorKind::Io(error) => of_system(error),
        _ => localized("system.other"),
    }
}

fn failure(error: &notify::Error, path: &Path) -> Failure {
    match error.kind {
        ErrorKind::MaxFilesWatch => Failure::new("watch-limit").at(path),
        _ => Failure::new("unwatchable").at(path).because(words_of(error)),
    }
}

impl Batches {
    /// Waits for the next batch; none once the watch has ended.
    pub(super) fn next(&self) -> Option<Batch> {
        loop {
            let mut batch = Batch::default();
            match self.first() {
                Ok(event) => self.add(&mut batch, event),
                Err(RecvTimeoutError::Timeout) => batch.everything = true,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            let end = Instant::now() + LONGEST;
            while let Some(left) = end.checked_duration_since(Instant::now()) {
                match self.events.recv_timeout(left.min(SILENCE)) {
                    Ok(event) => self.add(&mut batch, event),
                    Err(_) => break,
                }
            }
            if batch.everything || !batch.paths.is_empty() {
                return Some(batch);
            }
        }
    }

    /// Waits for an event, or until a second look is due.
    fn first(&self) -> Result<notify::Result<Event>, RecvTimeoutError> {
        let due = self.second_look.lock().expect("only this thread takes it").take();
        let Some(due) = due else { return self.events.recv().map_err(|_| RecvTimeoutError::Disconnected) };
        let event = self.events.recv_timeout(due.saturating_duration_since(Instant::now()));
        if event.is_ok() {
            *self.second_look.lock().expect("only this thread takes it") = Some(due);
        }
        event
    }

    fn add(&self, batch: &mut Batch, event: notify::Result<Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                batch.everything = true;
                batch.fault = Some(words_of(&error));
                return;
            }
        };
        batch.everything |= event.need_rescan();
        // Git writes its notes before the commit stands.
        if self.notes.as_ref().is_some_and(|notes| event.paths.iter().any(|path| path.starts_with(notes))) {
            *self.second_look.lock().expect("only this thread takes it") = Some(Instant::now() + SECOND_LOOK);
        }
        let new = matches!(
            event.kind,
            EventKind::Create(CreateKind::Folder | CreateKind::Any) | EventKind::Modify(ModifyKind::Name(_))
        );
        for path in event.paths.into_iter().filter(|path| self.concerns(path)) {
            if new && path.is_dir() {
                self.watch_again(&path);
                batch.everything = true;
                *self.second_look.lock().expect("only this thread takes it") = Some(Instant::now() + SECOND_LOOK);
            }
            batch.paths.insert(path);
        }
    }

    /// Whether a path is one that is read: not the output, not what editors and git keep to themselves.
    fn concerns(&self, path: &Path) -> bool {
        let Ok(relative) = path.strip_prefix(&self.root) else { return false };
        let first = relative.iter().next().unwrap_or_default();
        let name = relative.file_name().unwrap_or_default().to_string_lossy();
        let passing = name.ends_with('~')
            || name.ends_with(".swp")
            || name.ends_with(".swx")
            || name == "4913"
            || name.starts_with(".#");
        !passing && (relative == Path::new("book.toml") || FOLDERS.iter().any(|folder| first == *folder))
    }

    /// Watches a folder of the book that came after the watch began.
    fn watch_again(&self, path: &Path) {
        if path.parent() == Some(&*self.root) {
            let mut watcher = self.watcher.lock().expect("no thread panics while it holds the lock");
            // Where this fails, the first change in it that is told of by the root still leads here again.
            let _ = watcher.watch(path, RecursiveMode::Recursive);
        }
    }
}
