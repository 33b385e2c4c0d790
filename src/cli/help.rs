//! The words of help and of mistakes in the arguments. Clap knows the arguments; what they mean is said by the words files.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _};

use super::Arguments;
use crate::words::Words;

/// The command line with its help in one language.
pub(super) fn command(words: &'static Words) -> Command {
    let command = Arguments::command()
        .subcommand_help_heading(text(words, "cli.help.commands"))
        .subcommand_value_name(text(words, "cli.help.command"))
        .arg(flag("help", 'h', ArgAction::Help).global(true))
        .arg(flag("version", 'V', ArgAction::Version));
    with_words(command, "ismsbook", words).after_help(words.get("cli.help.after"))
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    Arg::new(name).short(short).long(name).action(action)
}

/// Words of the embedded files live as long as the program, which is what clap asks of headings.
fn text(words: &'static Words, key: &str) -> &'static str {
    words.all().get(key).map_or("", String::as_str)
}

fn with_words(command: Command, path: &str, words: &'static Words) -> Command {
    let about = words.get(&format!("cli.help.about.{path}")).to_owned();
    let (arguments, options, usage) =
        (text(words, "cli.help.arguments"), text(words, "cli.help.options"), text(words, "cli.help.usage"));
    let of_command = path.to_owned();
    let command = command
        .about(about)
        .help_template(format!("{{about-with-newline}}\n{usage}: {{usage}}\n\n{{all-args}}{{after-help}}"))
        .mut_args(|argument| {
            let heading = if argument.is_positional() { arguments } else { options };
            let help = help_of(words, &of_command, argument.get_id().as_str());
            let valued = argument.get_action().takes_values();
            argument.help(help).help_heading(heading).hide_possible_values(valued).hide_default_value(valued)
        });
    let prefix = if path == "ismsbook" { String::new() } else { format!("{path}-") };
    command.mut_subcommands(|sub| {
        let path = format!("{prefix}{}", sub.get_name());
        with_words(sub, &path, words)
    })
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
    let context = |kind| error.get(kind).map(joined).unwrap_or_default();
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
        ErrorKind::ArgumentConflict => words.fill("cli.usage.conflict", &[("argument", &argument)]),
        _ => words.get("cli.usage.other").to_owned(),
    };
    let mut said = format!("{}\n", words.fill("cli.error", &[("what", &what)]));
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = near.into_iter().find_map(|kind| error.get(kind).and_then(best));
    let allowed = Some(context(ContextKind::ValidValue)).filter(|allowed| !allowed.is_empty());
    for (key, value) in [("cli.usage.nearest", near), ("cli.usage.allowed", allowed)] {
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

fn joined(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
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
