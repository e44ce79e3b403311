//! A text in Markdown as blocks of runs: what its other renderings and its length are made of.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: Kind,
    /// What stands in it.
    pub(super) runs: Vec<Run>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of a level from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A point of a list, with its number if the list has numbers.
    Point(Option<u64>),
    /// A note below the text.
    Note,
    /// A row of a table, its cells apart by tabs.
    Row,
}

/// Letters that look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// The letters.
    pub(super) text: String,
    /// Whether they are bold.
    pub(super) bold: bool,
    /// Whether they are in italics.
    pub(super) italic: bool,
}

impl Block {
    /// Its letters alone, in one line.
    pub(super) fn text(&self) -> String {
        let whole: String = self.runs.iter().map(|run| run.text.as_str()).collect();
        whole.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Reads a text. Comments, which say from which finding a number is, are left out; any other markup of HTML is the letters
/// of which it is made.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.event(event);
    }
    reader.close();
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    kind: Option<Kind>,
    runs: Vec<Run>,
    bold: usize,
    italic: usize,
    quotes: usize,
    /// The cells of the row so far.
    cells: usize,
    /// The next number of each open list; `None` for points without.
    lists: Vec<Option<u64>>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::Html(markup) | Event::InlineHtml(markup) => match markup.trim_start().strip_prefix("<!--")
            {
                // What follows a comment on its line is text.
                Some(comment) => {
                    self.push(comment.split_once("-->").map_or("", |(_, after)| after.trim_end()));
                }
                None => self.push(&markup),
            },
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            Event::Rule => self.close(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.open(Kind::Heading(number(*level))),
            // The paragraph of a point is that point.
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock
                if !matches!(self.kind, Some(Kind::Point(_))) || !self.runs.is_empty() =>
            {
                self.open(if self.quotes > 0 { Kind::Note } else { Kind::Paragraph });
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::List(first) => self.lists.push(*first),
            Tag::Item => {
                let number = self.lists.last().copied().flatten();
                if let Some(Some(next)) = self.lists.last_mut() {
                    *next += 1;
                }
                self.open(Kind::Point(number));
            }
            Tag::TableHead | Tag::TableRow => {
                self.open(Kind::Row);
                self.cells = 0;
            }
            Tag::TableCell => {
                if self.cells > 0 {
                    self.push("\t");
                }
                self.cells += 1;
            }
            Tag::Strong => self.bold += 1,
            Tag::Emphasis => self.italic += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::Emphasis => self.italic = self.italic.saturating_sub(1),
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow => self.close(),
            _ => {}
        }
    }

    fn open(&mut self, kind: Kind) {
        self.close();
        self.kind = Some(kind);
    }

    fn push(&mut self, text: &str) {
        let run = Run { text: text.replace('\n', " "), bold: self.bold > 0, italic: self.italic > 0 };
        match self.runs.last_mut() {
            Some(last) if (last.bold, last.italic) == (run.bold, run.italic) => last.text.push_str(&run.text),
            _ if run.text.is_empty() => {}
            _ => self.runs.push(run),
        }
    }

    fn close(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        let kind = self.kind.take().unwrap_or(Kind::Paragraph);
        if runs.iter().any(|run| !run.text.trim().is_empty()) {
            self.blocks.push(Block { kind, runs });
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 | HeadingLevel::H5 | HeadingLevel::H6 => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_into_its_blocks() {
        let text = "# Results\n\nOf 22<!-- a/b --> people,\n**most** came.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> small base\n";
        let read: Vec<(Kind, String)> =
            blocks(text).into_iter().map(|block| (block.kind, block.text())).collect();
        assert_eq!(
            read,
            [
                (Kind::Heading(1), "Results".to_owned()),
                (Kind::Paragraph, "Of 22 people, most came.".to_owned()),
                (Kind::Point(None), "one".to_owned()),
                (Kind::Point(None), "two".to_owned()),
                (Kind::Row, "a\tb".to_owned()),
                (Kind::Row, "1\t2".to_owned()),
                (Kind::Note, "small base".to_owned()),
            ]
        );
        assert!(blocks(text)[1].runs.iter().any(|run| run.bold && run.text == "most"));
    }

    #[test]
    fn markup_of_a_page_stays_letters_and_points_keep_their_numbers() {
        let read = blocks("Of <script>x</script> and &lt;b&gt; \\*c\\*\n\n3. three\n4. four\n");
        assert_eq!(read[0].text(), "Of <script>x</script> and <b> *c*");
        assert_eq!(read[1].kind, Kind::Point(Some(3)));
        assert_eq!(read[2].kind, Kind::Point(Some(4)));
    }
}
