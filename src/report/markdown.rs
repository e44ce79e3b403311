//! The results text from Markdown to HTML.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The level of the heading under which the text stands.
const ABOVE: usize = 3;

/// Converts a text. Comments, which say from which finding a number is, are left out; any other markup of HTML is shown
/// as the letters that it is made of, because a template is no page.
pub(super) fn html(text: &str) -> String {
    let mut links = Vec::new();
    let mut level = ABOVE;
    let events = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        // A picture would have to be loaded; what it shows in words stays.
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            links.push(is_address(dest_url));
            links.last().is_some_and(|is_address| *is_address).then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or_default().then_some(event),
        // Headings go down by one at a time, whatever the template leaves out.
        Event::Start(Tag::Heading { level: own, classes, attrs, .. }) => {
            level = (own as usize + ABOVE).min(level + 1).min(6);
            Some(Event::Start(Tag::Heading { level: heading(level), id: None, classes, attrs }))
        }
        Event::End(TagEnd::Heading(_)) => Some(Event::End(TagEnd::Heading(heading(level)))),
        Event::Html(markup) | Event::InlineHtml(markup) if markup.trim_start().starts_with("<!--") => {
            // What follows a comment on its line is text.
            let after = markup.split_once("-->").map(|(_, after)| after.trim().to_owned());
            after.filter(|after| !after.is_empty()).map(|after| Event::Text(after.into()))
        }
        Event::Html(markup) | Event::InlineHtml(markup) => Some(Event::Text(markup)),
        other => Some(other),
    });
    let mut written = String::new();
    html::push_html(&mut written, events);
    // A wide table is scrolled in its own frame. Text cannot hold these tags: what looks like one was escaped.
    written
        .replace(
            "<table>",
            "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Table\">\n<table>",
        )
        .replace("</table>", "</table>\n</div>")
}

fn heading(level: usize) -> HeadingLevel {
    HeadingLevel::try_from(level).unwrap_or(HeadingLevel::H6)
}

/// Whether a link leads to a page, a person or a place on this page, and runs nothing.
fn is_address(target: &str) -> bool {
    ["https://", "http://", "mailto:", "#"].iter().any(|start| target.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn comments_go_and_markup_is_shown() {
        let text = "# Results\n\nOf 22<!-- a/b --> people *most* <script>alert(1)</script>.\n\n> a caution\n";
        let written = html(text);
        assert!(
            written.contains(
                "<h4>Results</h4>\n<p>Of 22 people <em>most</em> &lt;script&gt;alert(1)&lt;/script&gt;.</p>"
            ),
            "{written}"
        );
        let written_links =
            html("[a](javascript:alert(1)) [b](https://example.org) ![c](https://example.org/c.png)");
        assert_eq!(written_links, "<p>a <a href=\"https://example.org\">b</a> c</p>\n");
        assert!(written.contains("<blockquote>\n<p>a caution</p>"), "{written}");
    }

    #[test]
    fn headings_leave_out_no_level() {
        let written = html("### A\n\n# B\n\n#### C\n\n## D\n");
        assert_eq!(written, "<h4>A</h4>\n<h4>B</h4>\n<h5>C</h5>\n<h5>D</h5>\n");
    }
}
