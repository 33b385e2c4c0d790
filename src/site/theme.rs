//! The theme: templates and files of the book's own theme, and below them the default one that comes with the program.

mod accent;
mod limits;
mod shipped;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;

use limits::{Budget, Limit, Paper};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, context, escape_formatter,
};
use serde::Serialize;

use crate::book::Book;
use crate::book::places::theme_files;
use crate::files::{FilePath, Files};
use crate::finding::{Finding, Place};
use crate::language::Language;
use crate::text::{LineIndex, Span};
use crate::words::Words;
use crate::yaml;

/// What a template is given, converted once.
#[derive(Debug, Clone)]
pub(super) struct Values(Value);

impl Values {
    /// The fields of a view type.
    pub(super) fn new(view: &impl Serialize) -> Self {
        Self(Value::from(Serde(view)))
    }
}

/// A template that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The file of the template.
    pub(super) path: FilePath,
    /// Its place in the file.
    pub(super) span: Span,
    /// What is wrong.
    pub(super) wrong: Wrong,
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The engine's own words.
    Said(String),
    /// It asks for too much.
    Beyond(Limit),
}

impl Fault {
    /// The fault as a finding of the book.
    pub(super) fn finding(&self) -> Finding {
        let finding = Finding::new("BOK009", Place::new(&self.path, self.span)).with("template", self.path.as_str());
        match &self.wrong {
            Wrong::Said(detail) => finding.with("detail", detail.as_str()),
            Wrong::Beyond(limit) => finding.variant(limit.word()),
        }
    }
}

/// Templates, words and files of a site.
#[derive(Debug)]
pub(super) struct Theme {
    name: String,
    own: Arc<BTreeMap<String, String>>,
    files: BTreeMap<String, Arc<[u8]>>,
    by_language: BTreeMap<Language, InLanguage>,
    budget: Budget,
    findings: Vec<Finding>,
}

/// What a theme is in one language.
#[derive(Debug)]
struct InLanguage {
    words: Words,
    /// The theme's own templates over the shipped ones.
    own: Environment<'static>,
    /// The shipped ones alone.
    shipped: Environment<'static>,
}

impl Theme {
    /// The theme that the book names, over the default one.
    pub(super) fn new(book: &Book) -> Self {
        let name = book.config.build.theme.value.clone();
        let folder = format!("themes/{name}/");
        let mut findings = Vec::new();
        let own = Arc::new(templates(&book.files, &folder, &mut findings));
        let budget = Budget::of(book);
        let by_language = book.config.languages.iter().map(|language| {
            let words = words(&book.files, &folder, language, &mut findings);
            let shipped = environment(Arc::default(), words.clone());
            let mut theirs = environment(Arc::clone(&own), words.clone());
            limits::set(&mut theirs, budget);
            (language.clone(), InLanguage { words, own: theirs, shipped })
        });
        let by_language = by_language.collect();
        let mut files = published(book);
        if let (Some(color), Some(style)) = (book.config.build.accent, files.get_mut("style.css")) {
            *style = [&**style, accent::style(color).as_bytes()].concat().into();
        }
        Self { name, own, files, by_language, budget, findings }
    }

    /// The words of a language, with the theme's own laid over them.
    pub(super) fn words(&self, language: &Language) -> &Words {
        self.by_language.get(language).map_or_else(|| Words::of(language), |of| &of.words)
    }

    /// What is wrong with the theme before a page is made of it.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether every template is the one that comes with the program.
    pub(super) fn is_shipped(&self) -> bool {
        self.own.is_empty()
    }

    /// The files that the theme publishes beside the pages, by name.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The content of a published file.
    pub(super) fn file(&self, name: &str) -> Option<&Arc<[u8]>> {
        self.files.get(name)
    }

    /// Fills a template: it sees the frame as `page` and the rest as `view`.
    ///
    /// # Errors
    /// What is wrong in the template, where.
    pub(super) fn render(
        &self,
        language: &Language,
        template: &str,
        frame: &Values,
        values: &Values,
    ) -> Result<String, Box<Fault>> {
        if self.is_shipped() {
            return self.render_shipped(language, template, frame, values);
        }
        let of = self.of(language);
        let fill = || {
            let mut paper = Paper::new(self.budget.bytes);
            let context = context! { page => frame.0.clone(), view => values.0.clone() };
            let filled = of.own.get_template(template).and_then(|template| {
                template.render_captured_to(context, &mut paper)?;
                Ok(())
            });
            // An error holds values of the template, which go down as deep.
            filled.map_err(|error| Box::new(self.fault(template, &error)))?;
            Ok(String::from_utf8_lossy(&paper.bytes).into_owned())
        };
        // Whoever wrote the theme decides how deep this goes, so it has a stack of its own.
        let filled = thread::scope(|scope| {
            let thread = thread::Builder::new().stack_size(limits::STACK).spawn_scoped(scope, fill);
            thread.ok().and_then(|thread| thread.join().ok())
        });
        filled.unwrap_or_else(|| Err(Box::new(self.fault(template, &Error::new(ErrorKind::OutOfFuel, "")))))
    }

    /// Fills a template of the shipped theme, in the words of this one.
    ///
    /// # Errors
    /// Where a book is beyond what the engine can do.
    pub(super) fn render_shipped(
        &self,
        language: &Language,
        template: &str,
        frame: &Values,
        values: &Values,
    ) -> Result<String, Box<Fault>> {
        let context = context! { page => frame.0.clone(), view => values.0.clone() };
        let rendered = self.of(language).shipped.get_template(template).and_then(|template| template.render(context));
        rendered.map_err(|error| Box::new(self.fault(template, &error)))
    }

    fn of(&self, language: &Language) -> &InLanguage {
        self.by_language.get(language).expect("pages are made in the languages of the book")
    }

    /// Follows an error to the template that it began in, which is the one asked for where the error does not say.
    fn fault(&self, asked: &str, error: &Error) -> Fault {
        let mut innermost = error;
        while let Some(cause) = std::error::Error::source(innermost).and_then(|cause| cause.downcast_ref::<Error>()) {
            innermost = cause;
        }
        let name = innermost.name().unwrap_or(asked);
        let own = self.own.get(name);
        let text = own.map(String::as_str).or_else(|| shipped::template(name)).unwrap_or_default();
        let theme = if own.is_some() { self.name.as_str() } else { "default" };
        let index = LineIndex::new(text);
        let start = index.line_start(innermost.line().unwrap_or(1));
        let source = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let whole = Span::new(start, start + source.len());
        let span = innermost.range().map_or(whole, |range| Span::new(range.start, range.end));
        let kind = innermost.kind();
        let wrong = match kind {
            ErrorKind::OutOfFuel => Wrong::Beyond(Limit::Steps),
            ErrorKind::WriteFailure => Wrong::Beyond(Limit::Page),
            _ => Wrong::Said(innermost.detail().map_or_else(|| kind.to_string(), |detail| format!("{kind}: {detail}"))),
        };
        let path = FilePath::new(&format!("themes/{theme}/{}", name.strip_prefix("!default/").unwrap_or(name)));
        Fault { path, span, wrong }
    }
}

/// The files of the default theme: its templates, words, styles and script, by name.
pub fn shipped_theme() -> impl Iterator<Item = (&'static str, &'static str)> {
    shipped::TEMPLATES.iter().chain(shipped::FILES).chain(shipped::WORDS).copied()
}

/// The templates of a theme's folder by name. In the place of one that is too long or too deep, the shipped one stands.
fn templates(files: &Files, folder: &str, findings: &mut Vec<Finding>) -> BTreeMap<String, String> {
    let mut templates = BTreeMap::new();
    for (path, file) in files.under(folder).filter(|(path, _)| path.as_str().ends_with(".html")) {
        let (None, Ok(text)) = (&file.problem, file.text()) else { continue };
        match limits::of_source(text, &syntax()) {
            None => _ = templates.insert(path.as_str()[folder.len()..].to_owned(), text.to_owned()),
            Some((limit, span)) => {
                findings.push(Fault { path: path.clone(), span, wrong: Wrong::Beyond(limit) }.finding());
            }
        }
    }
    templates
}

/// The files that are published as they are: the default theme's, and over them the book's own.
fn published(book: &Book) -> BTreeMap<String, Arc<[u8]>> {
    let mut published: BTreeMap<String, Arc<[u8]>> =
        shipped::FILES.iter().map(|(name, text)| ((*name).to_owned(), Arc::from(text.as_bytes()))).collect();
    let own = theme_files(&book.files, &book.config.build.theme.value).filter(|(path, _)| book.places.keeps(path));
    published.extend(own.filter_map(|(path, name)| Some((name.to_owned(), Arc::clone(&book.files.get(path)?.bytes)))));
    published
}

/// The words of a language with the theme's own laid over them; where those cannot be read, they are left out and it is noted.
fn words(files: &Files, folder: &str, language: &Language, findings: &mut Vec<Finding>) -> Words {
    let words = Words::of(language);
    let path = FilePath::new(&format!("{folder}words/{language}.yaml"));
    match files.text(&path).map(yaml::parse) {
        Some(Ok(own)) => words.overlaid(&own),
        Some(Err(fault)) => {
            let finding = Finding::new("BOK009", Place::new(&path, fault.span)).variant("words");
            findings.push(finding.with("template", path.as_str()));
            words.clone()
        }
        None => words.clone(),
    }
}

fn syntax() -> SyntaxConfig {
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).build().expect("the usual delimiters do not clash")
}

fn environment(own: Arc<BTreeMap<String, String>>, words: Words) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_loader(move |name| Ok(load(&own, name)));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(syntax());
    environment.set_debug(true);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write_value);
    environment.add_filter("ticks", |value: &Value| ticked(value));
    environment.add_filter("lang", |code: &str| Value::from_safe_string(lang(code)));
    let prefixed = words.clone();
    environment.add_function("t", move |key: &str, values: Kwargs| say(&prefixed, &format!("site.{key}"), &values));
    environment.add_function("word", move |key: &str, values: Kwargs| say(&words, key, &values));
    environment
}

/// Writes a value into a page: nothing for a field that is not there, not the word "None"; and a slash as it is, which
/// the engine's own escaping would spell out in every link.
fn write_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        _ if value.is_none() => Ok(()),
        Some(text) if !value.is_safe() => Ok(out.write_str(&crate::site::body::escape(text))?),
        _ => escape_formatter(out, state, value),
    }
}

/// The template of this name: the book's own first; `!default/` asks for the one that comes with the program.
fn load(own: &BTreeMap<String, String>, name: &str) -> Option<String> {
    if name.split('/').any(|part| part == "..") {
        return None;
    }
    own.get(name).cloned().or_else(|| shipped::template(name).map(str::to_owned))
}

/// The words under a key with their places filled; where they hold backticks, as HTML.
fn say(words: &Words, key: &str, values: &Kwargs) -> Result<Value, Error> {
    let text = words.get(key);
    let marked = text.contains('`');
    let mut said = if marked { ticks(text) } else { text.to_owned() };
    for name in values.args() {
        let value = values.get::<Value>(name)?.to_string();
        said = said.replace(&format!("{{{name}}}"), if marked { escaped(&value) } else { value }.as_str());
    }
    Ok(if marked { Value::from_safe_string(said) } else { Value::from(said) })
}

/// The attributes of an element in a language of its own; none where it has the page's.
fn lang(code: &str) -> String {
    match (Language::is_code(code), Language::new(code).is_right_to_left()) {
        (false, _) => String::new(),
        (true, false) => format!(" lang=\"{code}\""),
        (true, true) => format!(" lang=\"{code}\" dir=\"rtl\""),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A text in which backticks mark what is written as it stands, as HTML.
fn ticks(text: &str) -> String {
    let mut html = String::new();
    for (at, part) in text.split('`').enumerate() {
        let part = escaped(part);
        html.push_str(&if at % 2 == 1 { format!("<code>{part}</code>") } else { part });
    }
    html
}

/// The same for what a template holds; what is HTML already stays.
fn ticked(value: &Value) -> Value {
    if value.is_safe() { value.clone() } else { Value::from_safe_string(ticks(&value.to_string())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_a_template_asks_for_is_there() {
        let words = Words::of(&Language::english());
        let mut missing = Vec::new();
        for (name, text) in shipped::TEMPLATES {
            for (call, prefix) in [("t('", "site."), ("word('", "")] {
                for (at, _) in text.match_indices(call) {
                    let boundary = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
                    let key = text[at + call.len()..].split('\'').next().unwrap_or_default();
                    let whole = text[at + call.len() + key.len() + 1..].starts_with([')', ',']);
                    if boundary && whole && !words.all().contains_key(&format!("{prefix}{key}")) {
                        missing.push(format!("{name}: {prefix}{key}"));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn a_name_cannot_leave_the_theme() {
        assert_eq!(load(&BTreeMap::new(), "../page.html"), None);
        assert!(load(&BTreeMap::new(), "!default/page.html").is_some());
    }

    #[test]
    fn backticks_mark_code_and_nothing_escapes_them() {
        assert_eq!(ticks("`A<b` & c"), "<code>A&lt;b</code> &amp; c");
    }
}
