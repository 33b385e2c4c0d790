//! TXT905: a code fence that is never closed.

use crate::book::Book;
use crate::derive::Derived;
use crate::finding::{Place, Severity};
use crate::rules::{Findings, Rule, words};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "TXT905",
    name: "unclosed-fence",
    severity: Severity::Warning,
    words: words!("unclosed_fence"),
    check,
};

fn check(book: &Book, _: &Derived, findings: &mut Findings) {
    for document in &book.documents {
        for (_, manuscript) in document.manuscripts() {
            for span in &manuscript.body.unclosed_fences {
                let fence: String =
                    span.of(&manuscript.text).trim_start().chars().take_while(|c| matches!(c, '`' | '~')).collect();
                findings.add(RULE.on(document, Place::new(&manuscript.path, *span)).with("fence", fence));
            }
        }
    }
}
