//! Edits of the front matter of a document, which is begun where there is none.

use super::spell::map_lines;
use super::yaml::{Step, Yaml};
use super::{Data, Edit, Piece, Reason, Refusal, Refused, apply_to, line_end};
use crate::document::front_matter;
use crate::files::FilePath;
use crate::text::Span;

/// The front matter of a file.
#[derive(Debug)]
pub struct FrontMatter<'t> {
    path: FilePath,
    text: &'t str,
    inner: Option<Span>,
    yaml: Yaml<'t>,
}

impl<'t> FrontMatter<'t> {
    /// Reads the front matter of a file.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(path: &FilePath, text: &'t str) -> Result<Self, Refusal> {
        let inner = front_matter::inner(text).map_err(|span| Reason::Broken.at(span).of(path))?;
        // What stands below something else would count no longer once there were another above it.
        if let Some(span) = inner.is_none().then(|| front_matter::misplaced_keys(text)).flatten() {
            return Err(Reason::Broken.at(span).of(path));
        }
        let span = inner.unwrap_or_default();
        let yaml = Yaml::read(span.of(text), text).map_err(|refused| refused.moved(span.start).of(path))?;
        Ok(Self { path: path.clone(), text, inner, yaml })
    }

    /// The value at a path.
    pub fn get(&self, path: &[Step]) -> Option<Data> {
        self.yaml.get(path)
    }

    /// Its values, with their places from the start of [`Self::offset`].
    pub fn yaml(&self) -> &Yaml<'t> {
        &self.yaml
    }

    /// Where it begins in the file; none where there is none.
    pub fn offset(&self) -> Option<usize> {
        self.inner.map(|inner| inner.start)
    }

    /// Sets the value at a path.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn set(&self, path: &[Step], data: &Data) -> Result<Vec<Edit>, Refusal> {
        match (self.inner, path) {
            (None, [Step::Key(key)]) => self.begun(key, data),
            _ => self.finished(self.yaml.set(path, data)),
        }
    }

    /// Sets the value of a key of the map at a path. A key that is not there yet comes behind the last of those that stand
    /// before it in `order` and are there.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn set_ordered(&self, map: &[Step], key: &str, data: &Data, order: &[&str]) -> Result<Vec<Edit>, Refusal> {
        let path = |key: &str| [map, &[Step::key(key)]].concat();
        let before = order.iter().take_while(|name| **name != key);
        let after = before.copied().filter(|key| self.get(&path(key)).is_some()).last();
        match after {
            Some(after) if self.get(&path(key)).is_none() => self.finished(self.yaml.add(map, key, data, Some(after))),
            _ => self.set(&path(key), data),
        }
    }

    /// Takes out the key or the entry at a path.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn remove(&self, path: &[Step]) -> Result<Vec<Edit>, Refusal> {
        self.finished(self.yaml.remove(path))
    }

    /// Puts an entry into the list at a path, before the entry `at`, or at its end.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn insert(&self, path: &[Step], at: usize, data: &Data) -> Result<Vec<Edit>, Refusal> {
        match (self.inner, path) {
            (None, [Step::Key(key)]) => self.begun(key, &Data::List(vec![data.clone()])),
            _ => self.finished(self.yaml.insert(path, at, data)),
        }
    }

    /// Gives the key at a path another name.
    ///
    /// # Errors
    /// Where that cannot be done without touching what is to stay.
    pub fn rename(&self, path: &[Step], name: &str) -> Result<Vec<Edit>, Refusal> {
        self.finished(self.yaml.rename(path, name))
    }

    /// A front matter of one key, above the text.
    fn begun(&self, key: &str, data: &Data) -> Result<Vec<Edit>, Refusal> {
        let start = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        let eol = line_end(self.text);
        let lines = map_lines(&[(key.to_owned(), data.clone())], 0, eol);
        let gap = if self.text[start..].is_empty() || self.text[start..].starts_with(['\n', '\r']) { "" } else { eol };
        let text = format!("---{eol}{lines}{eol}---{eol}{gap}");
        self.finished(Ok(vec![Piece { span: Span::new(start, start), text }]))
    }

    /// The pieces as edits of the file, in which the text below the front matter is the same as before.
    fn finished(&self, pieces: Result<Vec<Piece>, Refused>) -> Result<Vec<Edit>, Refusal> {
        let offset = self.offset().unwrap_or_default();
        let pieces = pieces.map_err(|refused| refused.moved(offset).of(&self.path))?;
        let moved: Vec<Piece> =
            pieces.into_iter().map(|piece| Piece { span: piece.span.moved(offset), ..piece }).collect();
        let place = moved.first().map_or(Span::default(), |piece| piece.span);
        let odd = || Reason::Odd.at(place).of(&self.path);
        let made = apply_to(self.text, &moved).map_err(|refused| refused.of(&self.path))?;
        let inner = front_matter::inner(&made).ok().flatten().ok_or_else(odd)?;
        let below = |text: &str, end: usize| text.get(end..).unwrap_or_default().len();
        let old_end = self.inner.map(|inner| inner.end);
        let same = old_end.is_none_or(|end| below(self.text, end) == below(&made, inner.end));
        if same { Ok(Edit::of(&self.path, moved, 0)) } else { Err(odd()) }
    }
}
