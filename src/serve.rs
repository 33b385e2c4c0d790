//! The live preview: the book is watched, read again on a change, and each page made when it is asked for.
#![expect(
    clippy::disallowed_methods,
    reason = "a preview lives by the clock: batches, streams, and a name for each run"
)]

mod page;
mod panel;
mod server;
mod state;
mod watch;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::date::Date;
use crate::files::FilePath;
use crate::language::{Language, Localized};
use crate::project::{BrokenConfig, Snapshot};
use crate::report::Counts;
use crate::workspace::Workspace;
use state::State;
use watch::Watch;

/// How a preview is to run.
pub struct Options {
    /// The book, not read yet.
    pub workspace: Workspace,
    /// The address to listen at: a loopback one, unless somebody asked for another.
    pub host: String,
    /// The port; 0 for any that is free.
    pub port: u16,
    /// Whether to look at the files again and again, where the system tells of no changes.
    pub poll: bool,
    /// The language of messages on the pages; none for the page's own.
    pub language: Option<Language>,
    /// How long others are waited for.
    pub patience: Patience,
    /// Which day counts as today.
    pub today: Box<dyn Fn() -> Date + Send>,
}

/// How long the preview waits for who asks it.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the head of a request, and for the next one on an open connection.
    pub request: Duration,
    /// For a reader who takes nothing of an answer.
    pub reader: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { request: Duration::from_secs(10), reader: Duration::from_secs(30) }
    }
}

/// What happened, for the terminal.
#[derive(Debug)]
pub enum Told {
    /// A new generation is shown.
    Changed {
        /// The files that changed; none where another commit was checked out, or made of the files as they stood.
        files: Vec<FilePath>,
        /// How many findings there are now.
        counts: Counts,
        /// How long it took, from the end of the batch of changes.
        ms: u128,
    },
    /// `book.toml` is no TOML now; the pages stay as they were and say so.
    Broken(Box<BrokenConfig>),
    /// The system tells of no further changes, and why.
    Unwatched(Localized),
    /// The preview is over.
    Stopped,
}

/// A running preview.
pub struct Preview {
    /// Where it answers.
    pub address: SocketAddr,
    /// The book's own language, for messages of those who have no other.
    pub language: Language,
    /// Ends it from anywhere.
    pub stopper: Stopper,
    told: Receiver<Told>,
}

/// Ends a preview.
#[derive(Clone)]
pub struct Stopper {
    state: Arc<State>,
    told: Sender<Told>,
}

impl Stopper {
    /// Ends the preview.
    pub fn stop(&self) {
        self.state.stop();
        // Nobody listens any more where this fails.
        let _ = self.told.send(Told::Stopped);
    }
}

impl Preview {
    /// Waits for what happens next; none once the preview is over.
    pub fn next(&self) -> Option<Told> {
        self.told.recv().ok().filter(|told| !matches!(told, Told::Stopped))
    }
}

/// Why a preview did not start.
#[derive(Debug)]
pub enum NotStarted {
    /// `book.toml` is no TOML.
    Broken(BrokenConfig),
    /// The world did not allow it.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for NotStarted {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Reads the book and answers from then on.
///
/// # Errors
/// Where the address cannot be taken, the folder not be watched, or `book.toml` is no TOML.
pub fn start(options: Options) -> Result<Preview, NotStarted> {
    // The watch begins before the first reading, so that no change falls between them.
    let (watch, batches) = Watch::begin(options.workspace.root(), options.poll)?;
    let mut reader = Reader { workspace: options.workspace, today: options.today, _watch: watch };
    reader.workspace.read();
    let snapshot = reader.snapshot().map_err(NotStarted::Broken)?;
    let language = snapshot.book.config.default_language().clone();
    let comparison = reader.workspace.comparison(&snapshot, &snapshot, None);
    let state = Arc::new(State::new(snapshot, comparison, options.language));
    let (told, receiver) = channel();
    let stopper = Stopper { state: Arc::clone(&state), told: told.clone() };
    let address = server::start(&options.host, options.port, options.patience, Arc::clone(&state))?;
    thread::spawn(move || follow(&mut reader, &batches, &state, &told));
    Ok(Preview { address, language, stopper, told: receiver })
}

/// Reads the book, again and again.
struct Reader {
    workspace: Workspace,
    today: Box<dyn Fn() -> Date + Send>,
    // Events end when it is dropped.
    _watch: Watch,
}

impl Reader {
    fn snapshot(&mut self) -> Result<Arc<Snapshot>, BrokenConfig> {
        self.workspace.snapshot((self.today)()).map(Arc::new)
    }
}

/// Makes a generation of each batch that changed something. Ends with the preview.
fn follow(reader: &mut Reader, batches: &watch::Batches, state: &State, told: &Sender<Told>) {
    while let Some(batch) = batches.next() {
        if state.is_stopped() {
            return;
        }
        if let Some(words) = batch.fault.clone() {
            let _ = told.send(Told::Unwatched(words));
        }
        let start = Instant::now();
        let commit = reader.workspace.commit().map(str::to_owned);
        let files = reader.workspace.read_again((!batch.everything).then_some(&batch.paths));
        if files.is_empty() && reader.workspace.commit() == commit.as_deref() {
            continue;
        }
        let said = match reader.snapshot() {
            Ok(snapshot) => {
                let counts = Counts::of(&snapshot.checked.findings, snapshot.checked.accepted.len());
                let comparison = reader.workspace.comparison(&snapshot, &snapshot, None);
                state.show(snapshot, comparison, &files);
                Told::Changed { files, counts, ms: start.elapsed().as_millis() }
            }
            Err(broken) => {
                state.show_broken(broken.clone());
                Told::Broken(Box::new(broken))
            }
        };
        // The pages matter, not whether a terminal listens.
        let _ = told.send(said);
    }
}
