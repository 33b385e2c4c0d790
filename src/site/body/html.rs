//! Writing the tree: headings with their anchors, tables that scroll and name their heads, boxes, captioned sources.

use std::collections::BTreeMap;
use std::fmt::Write;

use comrak::html::{ChildRendering, Context};
use comrak::nodes::{AlertType, Node, NodeValue, TableAlignment};
use comrak::{Options, create_formatter};

use super::footnotes;
use crate::document::Manuscript;
use crate::document::markdown::{english_kind, is_reserved};
use crate::words::Words;

/// What writing needs to know and to count.
pub(super) struct Writer {
    levels: Vec<u8>,
    drop_title: bool,
    headings: Vec<(String, Vec<String>, String)>,
    next: usize,
    /// How many tables have a label already: each is called by its own.
    tables: BTreeMap<String, usize>,
    words: &'static Words,
}

impl Writer {
    pub(super) fn new(levels: Vec<u8>, drop_title: bool, manuscript: &Manuscript, words: &'static Words) -> Self {
        let headings = manuscript.body.headings.iter();
        let headings =
            headings.map(|heading| (heading.id.clone(), standing(&heading.aliases), heading.text.clone())).collect();
        Self { levels, drop_title, headings, next: 0, tables: BTreeMap::new(), words }
    }
}

/// The aliases that stand on the page.
fn standing(aliases: &[String]) -> Vec<String> {
    aliases.iter().filter(|alias| !is_reserved(alias)).cloned().collect()
}

/// comrak asks for one, though [`write`] always hands one over.
impl Default for Writer {
    fn default() -> Self {
        let words = Words::of(&crate::language::Language::english());
        Self { levels: Vec::new(), drop_title: false, headings: Vec::new(), next: 0, tables: BTreeMap::new(), words }
    }
}

/// Writes the tree as HTML.
pub(super) fn write(root: Node<'_>, options: &Options<'_>, writer: Writer) -> String {
    let mut html = String::new();
    // The only error of the formatter is that of writing to memory, which does not fail.
    let words = writer.words;
    let _ = BookFormatter::format_document(root, options, &mut html, writer);
    footnotes::labelled(html, words)
}

/// A text as HTML shows it.
pub(in crate::site) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The words of a node without markup.
pub(super) fn words_of(node: Node<'_>) -> String {
    let mut text = String::new();
    for inner in node.descendants().skip(1) {
        match &inner.data().value {
            NodeValue::Text(part) => text.push_str(part),
            NodeValue::Code(code) => text.push_str(&code.literal),
            _ => {}
        }
    }
    text
}

create_formatter!(BookFormatter<Writer>, {
    NodeValue::Heading(_) => |context, node, entering| {
        return heading(context, node, entering);
    },
    NodeValue::Table(_) => |context, entering| {
        return table(context, entering);
    },
    NodeValue::TableRow(head) => |context, node, entering| {
        return table_row(context, node, head, entering);
    },
    NodeValue::TableCell => |context, node, entering| {
        return table_cell(context, node, entering);
    },
    NodeValue::TaskItem(ref task) => |context, entering| {
        return task_item(context, task.symbol.is_some(), entering);
    },
    NodeValue::Alert(ref alert) => |context, entering| {
        let title = alert.title.clone();
        return alert_box(context, alert.alert_type, title.as_deref(), entering);
    },
    NodeValue::BlockDirective(ref directive) => |context, entering| {
        return directive_box(context, &directive.info, entering);
    },
    NodeValue::CodeBlock(ref code) => |context, entering| {
        if entering {
            code_block(context, &code.info, &code.literal)?;
        }
    },
    NodeValue::HtmlBlock(ref html) => |context, entering| {
        if entering {
            context.cr()?;
            context.write_str(&without_comments(&html.literal))?;
            context.cr()?;
        }
    },
    NodeValue::HtmlInline(ref html) => |context, entering| {
        if entering {
            context.write_str(&without_comments(html))?;
        }
    },
});

type Written = Result<ChildRendering, std::fmt::Error>;

fn heading(context: &mut Context<'_, '_, Writer>, node: Node<'_>, entering: bool) -> Written {
    let at = context.user.next;
    let level = context.user.levels.get(at).copied().unwrap_or(2);
    let dropped = at == 0
        && context.user.drop_title
        && node.previous_sibling().is_none_or(|previous| matches!(previous.data().value, NodeValue::HtmlBlock(_)));
    if !entering {
        context.user.next += 1;
        if !dropped {
            writeln!(context, "</h{level}>")?;
        }
        return Ok(ChildRendering::HTML);
    }
    let (id, aliases, text) = context.user.headings.get(at).cloned().unwrap_or_default();
    context.cr()?;
    if dropped {
        write!(context, "<span id=\"{}\"></span>", escape(&id))?;
        for alias in &aliases {
            write!(context, "<span id=\"{}\"></span>", escape(alias))?;
        }
        context.write_str("\n")?;
        return Ok(ChildRendering::Skip);
    }
    write!(context, "<h{level} id=\"{}\">", escape(&id))?;
    for alias in &aliases {
        write!(context, "<span id=\"{}\"></span>", escape(alias))?;
    }
    write!(
        context,
        "<a class=\"anchor\" href=\"#{}\" aria-label=\"{}\"></a>",
        crate::site::links::Links::encode_fragment(&id),
        escape(&text)
    )?;
    Ok(ChildRendering::HTML)
}

fn table(context: &mut Context<'_, '_, Writer>, entering: bool) -> Written {
    context.cr()?;
    if !entering {
        context.write_str("</tbody>\n</table></div>\n")?;
        return Ok(ChildRendering::HTML);
    }
    let heading =
        context.user.next.checked_sub(1).and_then(|at| context.user.headings.get(at)).map(|(_, _, text)| text.clone());
    let words = context.user.words;
    let label = match heading {
        Some(heading) => words.fill("body.table", &[("heading", &heading)]),
        None => words.get("body.table-plain").to_owned(),
    };
    let count = context.user.tables.entry(label.clone()).or_default();
    *count += 1;
    let label = match *count {
        1 => label,
        n => words.fill("body.table-again", &[("label", &label), ("n", &n.to_string())]),
    };
    writeln!(context, "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table>", escape(&label))?;
    Ok(ChildRendering::HTML)
}

fn table_row(context: &mut Context<'_, '_, Writer>, node: Node<'_>, head: bool, entering: bool) -> Written {
    context.cr()?;
    match (entering, head) {
        (true, true) => context.write_str("<thead>\n<tr>")?,
        (true, false) => {
            let first = node.previous_sibling().is_none();
            context.write_str(if first { "<tbody>\n<tr>" } else { "<tr>" })?;
        }
        (false, true) => context.write_str("</tr>\n</thead>\n<tbody>\n")?,
        (false, false) => context.write_str("</tr>\n")?,
    }
    Ok(ChildRendering::HTML)
}

fn table_cell(context: &mut Context<'_, '_, Writer>, node: Node<'_>, entering: bool) -> Written {
    let row = node.parent();
    let head = row.is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)));
    if !entering {
        context.write_str(if head { "</th>" } else { "</td>" })?;
        return Ok(ChildRendering::HTML);
    }
    let mut column = 0;
    let mut before = node.previous_sibling();
    while let Some(cell) = before {
        column += 1;
        before = cell.previous_sibling();
    }
    let alignment = row.and_then(comrak::arena_tree::Node::parent).and_then(|table| match &table.data().value {
        NodeValue::Table(table) => table.alignments.get(column).copied(),
        _ => None,
    });
    let class = match alignment {
        Some(TableAlignment::Center) => " class=\"center\"",
        Some(TableAlignment::Right) => " class=\"right\"",
        _ => "",
    };
    context.write_str(if head { "<th scope=\"col\"" } else { "<td" })?;
    write!(context, "{class}>")?;
    Ok(ChildRendering::HTML)
}

fn task_item(context: &mut Context<'_, '_, Writer>, done: bool, entering: bool) -> Written {
    if !entering {
        context.write_str("</li>\n")?;
        return Ok(ChildRendering::HTML);
    }
    let words = context.user.words;
    let (label, checked) =
        if done { (words.get("body.task-done"), " checked") } else { (words.get("body.task-open"), "") };
    context.cr()?;
    write!(
        context,
        "<li class=\"task\"><input type=\"checkbox\" disabled{checked} aria-label=\"{}\"> ",
        escape(label)
    )?;
    Ok(ChildRendering::HTML)
}

fn alert_kind(kind: AlertType) -> &'static str {
    match kind {
        AlertType::Note => "note",
        AlertType::Tip => "tip",
        AlertType::Important => "important",
        AlertType::Warning => "warning",
        AlertType::Caution => "caution",
    }
}

fn alert_box(context: &mut Context<'_, '_, Writer>, kind: AlertType, title: Option<&str>, entering: bool) -> Written {
    context.cr()?;
    if entering {
        open_box(context, alert_kind(kind), title)?;
    } else {
        context.write_str("</div>\n")?;
    }
    Ok(ChildRendering::HTML)
}

fn open_box(context: &mut Context<'_, '_, Writer>, kind: &str, title: Option<&str>) -> std::fmt::Result {
    let own = context.user.words.get(&format!("body.alert.{kind}")).to_owned();
    let title = title.filter(|title| !title.is_empty()).map_or(own, str::to_owned);
    writeln!(
        context,
        "<div class=\"alert alert-{kind}\" role=\"note\">\n<p class=\"alert-title\">{}</p>",
        escape(&title)
    )
}

/// `:::note Title` becomes a box; a kind that is not known is a note with its own words as the title.
fn directive_box(context: &mut Context<'_, '_, Writer>, info: &str, entering: bool) -> Written {
    context.cr()?;
    if !entering {
        context.write_str("</div>\n")?;
        return Ok(ChildRendering::HTML);
    }
    let info = info.trim();
    let (name, title) = info.split_once(char::is_whitespace).map_or((info, ""), |(name, title)| (name, title.trim()));
    let known = english_kind(&name.to_ascii_lowercase());
    let kind = known.map_or("note", alert_kind);
    let title = if known.is_some() { title } else { info };
    open_box(context, kind, Some(title))?;
    Ok(ChildRendering::HTML)
}

fn code_block(context: &mut Context<'_, '_, Writer>, info: &str, literal: &str) -> std::fmt::Result {
    context.cr()?;
    let name = info.split_whitespace().next().unwrap_or_default();
    let label = if name.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", escape(name)) };
    writeln!(
        context,
        "<figure class=\"code\">{label}<pre tabindex=\"0\"><code>{}</code></pre></figure>",
        escape(literal)
    )
}

fn without_comments(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<!--") {
        text.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, tail)| tail);
    }
    text.push_str(rest);
    text
}
