//! What an author copies into a page: an address, a frame, a custom element, Markdown, and the forms of doc generators.

use std::fmt::Write;

/// In which language the page is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    #[default]
    Iframe,
    Element,
    Markdown,
    MdBook,
    Docusaurus,
    MkDocs,
}

impl Form {
    pub const ALL: [Form; 6] =
        [Form::Iframe, Form::Element, Form::Markdown, Form::MdBook, Form::Docusaurus, Form::MkDocs];

    pub fn id(self) -> &'static str {
        match self {
            Form::Iframe => "iframe",
            Form::Element => "element",
            Form::Markdown => "markdown",
            Form::MdBook => "mdbook",
            Form::Docusaurus => "docusaurus",
            Form::MkDocs => "mkdocs",
        }
    }
}

/// A run in a frame, as an author wants it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frame {
    /// Where Conclave lives, up to the last slash.
    pub base: String,
    /// The family's id.
    pub family: String,
    /// The parameters that name the run: `scene=raft-split-vote`, `n=5&seed=7`, `s=1...`.
    pub run: String,
    /// Other parameters of the address, in order.
    pub wishes: Vec<(&'static str, String)>,
    pub width: u32,
    pub height: u32,
    pub title: String,
}

impl Frame {
    /// The page itself.
    pub fn page(&self) -> String {
        let moment = self.wishes.iter().find(|(key, _)| *key == "t");
        let moment = moment.map_or_else(String::new, |(_, at)| format!("&t={}", encoded(at)));
        format!("{}#/play/{}?{}{moment}", self.base, self.family, self.run)
    }

    /// The page as it is shown in a frame.
    pub fn address(&self) -> String {
        let mut address = format!("{}#/embed/{}?{}", self.base, self.family, self.run);
        for (key, value) in &self.wishes {
            let _ = write!(address, "&{key}={}", encoded(value));
        }
        address
    }

    pub fn snippet(&self, form: Form) -> String {
        match form {
            Form::Iframe => self.iframe("style=\"border:0;max-width:100%\"", ""),
            Form::Docusaurus => self.iframe("style={{border: 0, maxWidth: '100%'}}", " /"),
            Form::Element => {
                format!("<script src=\"{}embed.js\" defer></script>\n{}", attribute(&self.base), self.element())
            }
            Form::MdBook => format!(
                "<!-- book.toml: [output.html] additional-js = [\"conclave.js\"], from examples/embed/mdbook -->\n{}",
                self.element()
            ),
            Form::MkDocs => {
                format!(
                    "<!-- mkdocs.yml: extra_javascript: [{}embed.js] -->\n{}",
                    attribute(&self.base),
                    self.element()
                )
            }
            Form::Markdown => {
                format!("[![{}](conclave.svg)]({})", bracketed(&self.title), self.page())
            }
        }
    }

    fn iframe(&self, style: &str, end: &str) -> String {
        let Frame { width, height, .. } = self;
        let close = if end.is_empty() { "></iframe>" } else { " />" };
        format!(
            "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" allow=\"fullscreen\" {style}{close}",
            attribute(&self.address()),
            attribute(&self.title)
        )
    }

    fn element(&self) -> String {
        let mut attributes =
            match self.run.strip_prefix("scene=").map(|scene| scene.split_once('&').unwrap_or((scene, ""))) {
                Some((scene, "")) => {
                    format!(" scenario=\"{}\" algorithm=\"{}\"", attribute(scene), attribute(&self.family))
                }
                _ => format!(" link=\"{}\"", attribute(&self.page())),
            };
        for (key, value) in &self.wishes {
            let _ = match (*key, value.as_str()) {
                // Of a link the moment is a part.
                ("t", _) if attributes.starts_with(" link") => Ok(()),
                ("t", at) => write!(attributes, " start=\"{}\"", attribute(at)),
                ("autoplay" | "loop" | "lock", _) => write!(attributes, " {key}"),
                (key, value) => write!(attributes, " {key}=\"{}\"", attribute(value)),
            };
        }
        format!(
            "<leader-election{attributes} height=\"auto\">\n  <a href=\"{}\">{}</a>\n</leader-election>",
            attribute(&self.page()),
            attribute(&self.title)
        )
    }
}

/// Inside an attribute or a text of HTML; in JSX too, braces would begin an expression.
fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            other => out.push(other),
        }
    }
    out
}

/// Inside the brackets of a Markdown link.
fn bracketed(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        if matches!(letter, '[' | ']' | '\\' | '<' | '`' | '*' | '_' | '!') {
            out.push('\\');
        }
        out.push(if letter.is_control() { ' ' } else { letter });
    }
    out
}

/// A value of a parameter.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b',' | b':' => {
                out.push(byte as char)
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        Frame {
            base: "https://conclave.example/".into(),
            family: "raft".into(),
            run: "scene=raft-split-vote".into(),
            wishes: vec![("t", "1058".into()), ("theme", "dark".into()), ("lock", "1".into())],
            width: 640,
            height: 400,
            title: "A \"split\" <vote> & {more}".into(),
        }
    }

    #[test]
    fn addresses_say_what_was_wished() {
        assert_eq!(
            frame().address(),
            "https://conclave.example/#/embed/raft?scene=raft-split-vote&t=1058&theme=dark&lock=1"
        );
        assert_eq!(frame().page(), "https://conclave.example/#/play/raft?scene=raft-split-vote&t=1058");
        let named = Frame { wishes: vec![("caption", "a&b #1".into())], ..frame() };
        assert!(named.address().ends_with("&caption=a%26b%20%231"));
    }

    #[test]
    fn nothing_breaks_out_of_a_snippet() {
        for form in Form::ALL {
            let text = frame().snippet(form);
            // Markdown takes a backslash for what is to be read as it stands.
            assert!(!text.replace("\\<", "").contains("<vote>"), "{text}");
            if form != Form::Markdown {
                assert!(!text.contains("{more}") && text.contains("&quot;split&quot;"), "{text}");
            }
        }
        assert_eq!(
            frame().snippet(Form::Iframe),
            "<iframe src=\"https://conclave.example/#/embed/raft?scene=raft-split-vote&amp;t=1058&amp;theme=dark&amp;lock=1\" title=\"A &quot;split&quot; &lt;vote&gt; &amp; &#123;more&#125;\" width=\"640\" height=\"400\" loading=\"lazy\" allow=\"fullscreen\" style=\"border:0;max-width:100%\"></iframe>"
        );
    }

    #[test]
    fn the_element_names_the_story_or_carries_the_run() {
        let text = frame().snippet(Form::Element);
        assert!(text.starts_with("<script src=\"https://conclave.example/embed.js\" defer></script>\n"));
        assert!(text.contains(
            " scenario=\"raft-split-vote\" algorithm=\"raft\" start=\"1058\" theme=\"dark\" lock height=\"auto\""
        ));
        let own = Frame { run: "s=1.abc.de".into(), ..frame() };
        assert!(
            own.snippet(Form::Element)
                .contains(" link=\"https://conclave.example/#/play/raft?s=1.abc.de&amp;t=1058\" theme")
        );
        assert!(frame().snippet(Form::Docusaurus).contains("style={{border: 0, maxWidth: '100%'}} />"));
        assert!(frame().snippet(Form::Markdown).starts_with("[![A \"split\" \\<vote>"));
    }
}
