//! The one door for text to the terminal: what an author, a file name or another program wrote cannot steer it.

use std::fmt;
use std::io::{self, Write};

use crate::text::visible;

/// Where a command writes. Letters that would steer a terminal are shown.
pub(super) struct Screen<'a> {
    to: &'a mut dyn Write,
    styled: bool,
}

impl<'a> Screen<'a> {
    /// A door to where the process writes, for texts with colours or without.
    pub(super) fn new(to: &'a mut dyn Write, styled: bool) -> Self {
        Self { to, styled }
    }

    /// Writes text.
    pub(super) fn write_all(&mut self, text: &[u8]) -> io::Result<()> {
        self.to.write_all(visible(&String::from_utf8_lossy(text)).as_bytes())
    }

    /// Writes what `write!` and `writeln!` make.
    pub(super) fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        self.write_all(text.to_string().as_bytes())
    }

    /// Writes text that was given colours; what it was made of was visible before.
    pub(super) fn coloured(&mut self, text: &str) -> io::Result<()> {
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(START).filter(|_| self.styled) {
            self.write_all(before.as_bytes())?;
            let codes = after.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
            if after[codes..].starts_with('m') {
                write!(self.to, "{START}{}m", &after[..codes])?;
                rest = &after[codes + 1..];
            } else {
                self.write_all(START.as_bytes())?;
                rest = after;
            }
        }
        self.write_all(rest.as_bytes())
    }

    /// Writes a file for programs as it is.
    pub(super) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    /// Sends what is still held back.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// What a colour begins with.
const START: &str = "\u{1b}[";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_pass_and_only_where_they_are_ours() {
        let mut to = Vec::new();
        let mut screen = Screen::new(&mut to, true);
        screen.coloured("\u{1b}[1;31mred\u{1b}[0m\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}2J\u{202e}").expect("memory");
        write!(screen, "\u{1b}[31m").expect("memory");
        let text = String::from_utf8(to).expect("UTF-8");
        let shown = "\\u{1b}[2J\\u{1b}]0;title\\u{7}\\u{9b}2J\\u{202e}\\u{1b}[31m";
        assert_eq!(text, format!("\u{1b}[1;31mred\u{1b}[0m{shown}"));
    }
}
