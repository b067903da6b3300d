//! A stretch of a run as Mermaid text, which many wikis and GitHub draw by themselves.

use super::frame::Origin;
use super::sequence::{Diagram, RowKind};
use super::span::Span;
use crate::playback::recording::Recording;
use crate::sim::time::Micros;
use crate::words::numbers::instant;
use crate::words::picture_line::{left_out, participant, stretch};
use std::fmt::Write;

/// # Errors
/// As [`Diagram::of`].
pub fn mermaid(recording: &Recording, span: Span, origin: &Origin) -> Result<String, String> {
    let diagram = Diagram::of(recording, span, origin)?;
    let title = format!("{}, {}", origin.signature(), stretch(span.from, span.to));
    let mut text = format!("---\ntitle: \"{}\"\n---\nsequenceDiagram\n", plain(&title));
    let _ = writeln!(text, "    accDescr: {}", plain(&diagram.told));
    for place in &diagram.places {
        let _ = writeln!(text, "    participant {}", participant(*place));
    }
    let all = match diagram.places.as_slice() {
        [first, .., last] => format!("{},{}", participant(*first), participant(*last)),
        one => one.first().map_or_else(String::new, |place| participant(*place)),
    };
    for row in &diagram.rows {
        match &row.what {
            RowKind::Note { place, text: said, .. } => {
                let _ = writeln!(
                    text,
                    "    Note over {}: {}: {}",
                    place.map_or_else(|| all.clone(), participant),
                    time(row.at),
                    plain(said)
                );
            }
            RowKind::Ends { message } => {
                let arrow = &diagram.arrows[*message];
                let sent = arrow.sent.map_or_else(|| "earlier".into(), time);
                let head = if arrow.lost { "--x" } else { "->>" };
                let _ = writeln!(
                    text,
                    "    {}{head}{}: {} [{sent} to {}]",
                    participant(arrow.from),
                    participant(arrow.to),
                    plain(&arrow.label),
                    time(row.at)
                );
            }
            RowKind::Sent { message } => {
                let arrow = &diagram.arrows[*message];
                // Mermaid draws a message at one height: where it ends. Those that do not end here stand where they left.
                if arrow.ended.is_none() {
                    let (head, then) = if arrow.lost { ("--x", "") } else { ("-)", ", under way at the end") };
                    let _ = writeln!(
                        text,
                        "    {}{head}{}: {} [{}{then}]",
                        participant(arrow.from),
                        participant(arrow.to),
                        plain(&arrow.label),
                        time(row.at)
                    );
                }
            }
        }
    }
    let mut notes = vec![left_out(diagram.left_out)];
    notes.push(origin.link.clone());
    for note in notes.iter().filter(|note| !note.is_empty()) {
        let _ = writeln!(text, "    Note over {all}: {}", plain(note));
    }
    Ok(text)
}

fn time(at: Micros) -> String {
    format!("{} ms", instant(at))
}

/// Letters that mean something to Mermaid, or to HTML, by their number.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '#' | ';' | '<' | '>' | '"' | '&' | '%' | '\\' | '`' => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
            '\n' | '\r' | '\t' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_mermaid() {
        assert_eq!(plain("a;b #1 <i>\n\"x\""), "a#59;b #35;1 #60;i#62; #34;x#34;");
    }
}
