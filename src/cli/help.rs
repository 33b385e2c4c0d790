//! The words of help and of mistakes in the arguments. Clap knows the arguments; what they mean is said by the words files.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _};

use super::Arguments;
use super::today::NoDay;
use crate::words::Words;

/// The command line with its help in one language.
pub(super) fn command(words: &'static Words) -> Command {
    let command = Arguments::command().arg(flag("help", 'h', ArgAction::Help).global(true)).arg(flag(
        "version",
        'V',
        ArgAction::Version,
    ));
    with_words(command, &["ismsbook"], words).after_help(words.get("cli.help.after"))
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    Arg::new(name).short(short).long(name).action(action)
}

/// Words of the embedded files live as long as the program, which is what clap asks of headings.
fn text(words: &'static Words, key: &str) -> &'static str {
    words.all().get(key).map_or("", String::as_str)
}

/// A command with its words and those of the commands below it; `path` is how it is called.
fn with_words(command: Command, path: &[&str], words: &'static Words) -> Command {
    let key = if path.len() > 1 { path[1..].join("-") } else { path[0].to_owned() };
    let (arguments, options, usage) =
        (text(words, "cli.help.arguments"), text(words, "cli.help.options"), text(words, "cli.help.usage"));
    let about = words.get(&format!("cli.help.about.{key}")).to_owned();
    let mut order = 0;
    let command = command
        .subcommand_help_heading(text(words, "cli.help.commands"))
        .about(about)
        .help_template(format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"))
        .mut_args(|argument| {
            let heading = if argument.is_positional() { arguments } else { options };
            let help = help_of(words, &key, argument.get_id().as_str());
            let valued = argument.get_action().takes_values();
            let name = value_name(words, &argument);
            let argument = if valued { argument.value_name(name) } else { argument };
            order += 1;
            let argument = if argument.is_positional() { argument.display_order(order) } else { argument };
            argument.help(help).help_heading(heading).hide_possible_values(valued).hide_default_value(valued)
        });
    let usage = usage_of(&command, path, words);
    command.override_usage(usage).mut_subcommands(|sub| {
        let path: Vec<String> = path.iter().map(|part| (*part).to_owned()).chain([sub.get_name().to_owned()]).collect();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        with_words(sub, &path, words)
    })
}

/// What stands for a value: `DIR`, or `DIR|FILE` where it may be either.
fn value_name(words: &Words, argument: &Arg) -> String {
    let named = argument.get_value_names().and_then(|names| names.first());
    let said = |part: &str| {
        let key = format!("cli.help.value.{}", part.to_lowercase());
        words.all().get(&key).map_or(part, String::as_str).to_owned()
    };
    let name = named.map_or_else(|| argument.get_id().as_str(), |name| name.as_str());
    name.split('|').map(said).collect::<Vec<_>>().join("|")
}

/// How a command is called. Clap would say the same, but in English alone.
fn usage_of(command: &Command, path: &[&str], words: &Words) -> String {
    let mut parts: Vec<String> = path.iter().map(|part| (*part).to_owned()).collect();
    parts.push(format!("[{}]", words.get("cli.help.value.options")));
    for option in command.get_opts().filter(|option| option.is_required_set()) {
        parts.push(format!("--{} <{}>", option.get_long().unwrap_or_default(), value_name(words, option)));
    }
    for argument in command.get_positionals() {
        let name = value_name(words, argument);
        let name = if argument.is_required_set() { format!("<{name}>") } else { format!("[{name}]") };
        let several = matches!(argument.get_action(), ArgAction::Append);
        parts.push(if several { format!("{name}...") } else { name });
    }
    if command.has_subcommands() {
        parts.push(format!("<{}>", words.get("cli.help.value.command")));
    }
    parts.join(" ")
}

/// The words of an argument: those of its command, else those that all commands share.
fn help_of(words: &'static Words, command: &str, argument: &str) -> String {
    let own = format!("cli.help.{command}.{argument}");
    let key = if words.all().contains_key(&own) { own } else { format!("cli.help.argument.{argument}") };
    words.get(&key).to_owned()
}

/// What clap has to say, in the reader's language.
pub(super) fn said(error: &clap::Error, words: &Words) -> String {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return error.to_string();
    }
    let context = |kind| error.get(kind).map(|value| joined(value, words)).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => words.fill("cli.usage.unknown-argument", &[("argument", &argument)]),
        ErrorKind::InvalidSubcommand => {
            words.fill("cli.usage.unknown-command", &[("command", &context(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::MissingRequiredArgument => words.fill("cli.usage.missing-argument", &[("argument", &argument)]),
        ErrorKind::InvalidValue if value.is_empty() => {
            words.fill("cli.usage.missing-value", &[("argument", &argument)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            words.fill("cli.usage.wrong-value", &[("argument", &argument), ("value", &value)])
        }
        ErrorKind::ArgumentConflict if context(ContextKind::PriorArg) == argument => {
            words.fill("cli.usage.twice", &[("argument", &argument)])
        }
        ErrorKind::ArgumentConflict => words.fill("cli.usage.conflict", &[("argument", &argument)]),
        _ => words.get("cli.usage.other").to_owned(),
    };
    let mut said = format!("{}\n", words.fill("cli.error", &[("what", &what)]));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = near.into_iter().find_map(|kind| error.get(kind).and_then(best));
    let allowed = Some(context(ContextKind::ValidValue)).filter(|allowed| !allowed.is_empty());
    let no_day = std::error::Error::source(error).and_then(|source| source.downcast_ref::<NoDay>());
    let day = no_day.map(|no_day| no_day.nearest.map_or_else(|| "2027-03-31".to_owned(), |day| day.to_string()));
    for (key, value) in [("cli.usage.nearest", near), ("cli.usage.allowed", allowed), ("cli.usage.day", day)] {
        if let Some(value) = value {
            said.push_str(&format!("{}\n", words.fill(key, &[("value", &value)])));
        }
    }
    said.push_str(&format!("{}\n", words.get("cli.usage.help")));
    said
}

/// Of several proposals clap has the best one last.
fn best(value: &ContextValue) -> Option<String> {
    match value {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => None,
    }
}

fn joined(value: &ContextValue, words: &Words) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => words.join(texts),
        ContextValue::StyledStr(text) => text.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn gaps(command: &Command, wrong: &mut Vec<String>) {
        let unsaid = |text: String| text.is_empty() || text.starts_with("cli.help");
        if unsaid(command.get_about().map(ToString::to_string).unwrap_or_default()) {
            wrong.push(command.get_name().to_owned());
        }
        for argument in command.get_arguments() {
            if unsaid(argument.get_help().map(ToString::to_string).unwrap_or_default()) {
                wrong.push(format!("{} {}", command.get_name(), argument.get_id()));
            }
        }
        command.get_subcommands().for_each(|sub| gaps(sub, wrong));
    }

    /// What stays as it is in any language: names of the product, of formats and of programs, and what the user types.
    const NAMES: [&str; 29] = [
        "xls",
        "ods",
        "UTF-8",
        "UTF-16",
        "Shift_JIS",
        "other",
        "ismsbook",
        "Markdown",
        "ISMS",
        "JSON",
        "PDF",
        "URL",
        "Chromium",
        "Chrome",
        "Edge",
        "SOA201",
        "CLD",
        "A.8.11",
        "A.7.1-A.7.4",
        "book.toml",
        "content",
        "themes",
        "page.html",
        "words",
        "ja.yaml",
        "https",
        "iso27001-2022",
        "v1.0..v1.1",
        "output",
    ];

    /// The words of a help, without options, names of commands and what stands in a list of allowed words.
    fn english(command: &mut Command, typed: &[String], found: &mut Vec<String>) {
        let help = command.render_long_help().to_string();
        let words = help.split(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c)));
        let words = words.map(|word| word.trim_matches(['.', '-'])).filter(|word| word.len() > 1);
        let words = words.filter(|word| word.contains(|c: char| c.is_ascii_alphabetic()));
        let unknown = words.filter(|word| !NAMES.contains(word) && !typed.iter().any(|typed| typed == word));
        found.extend(unknown.map(|word| format!("{}: {word}", command.get_name())));
        command.get_subcommands_mut().for_each(|sub| english(sub, typed, found));
    }

    /// What a person types: commands, options, and the words that options and positional arguments know.
    fn typed(command: &Command, words: &mut Vec<String>) {
        words.push(command.get_name().to_owned());
        for argument in command.get_arguments() {
            words.extend(argument.get_long().map(str::to_owned));
            words.extend(argument.get_possible_values().iter().map(|value| value.get_name().to_owned()));
        }
        command.get_subcommands().for_each(|sub| typed(sub, words));
    }

    #[test]
    fn japanese_help_has_no_english_word_that_nobody_types() {
        let mut command = command(Words::of(&Language::japanese()));
        command.build();
        let mut known: Vec<String> = crate::export::EXPORTS.iter().map(|export| export.name.to_owned()).collect();
        let words =
            ["ja", "en", "all", "policy", "procedure", "risk", "audit", "customer", "provider", "own", "ics", "main"];
        known.extend(words.map(str::to_owned));
        typed(&command, &mut known);
        let mut found = Vec::new();
        english(&mut command, &known, &mut found);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn every_command_and_argument_has_its_words() {
        for language in [Language::english(), Language::japanese()] {
            let command = command(Words::of(&language));
            let mut wrong = Vec::new();
            gaps(&command, &mut wrong);
            assert!(wrong.is_empty(), "{language}: {wrong:?}");
            command.debug_assert();
        }
    }
}
