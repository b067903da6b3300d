//! A stretch of a run as plain text, a line for everything that tells something.

use super::frame::Origin;
use super::span::{Span, play};
use crate::playback::recording::Recording;
use crate::words::event_line::event_line;
use crate::words::headline::headline;
use crate::words::numbers::instant;
use crate::words::picture_line::{left_out_of_text, stretch};
use std::fmt::Write;

/// # Errors
/// As [`play`].
pub fn transcript(recording: &Recording, span: Span, origin: &Origin) -> Result<String, String> {
    let end = play(recording, span, |_| {})?;
    let mut text = format!("{}, {}\n", origin.signature(), stretch(span.from, span.to));
    if !origin.link.is_empty() {
        text += &format!("{}\n", origin.link);
    }
    text.push('\n');
    let mut routine = 0;
    for event in end.history().events().filter(|event| event.at >= span.from && event.at <= span.to) {
        let line = event_line(&origin.words, end.as_ref(), event);
        if line.routine {
            routine += 1;
            continue;
        }
        let _ = writeln!(text, "{:>9} ms  {}", instant(event.at), line.text);
    }
    let said = headline(&origin.words, end.as_ref());
    let _ = writeln!(text, "\n{}. {}", said.title, said.why);
    if routine > 0 {
        let _ = writeln!(text, "{}", left_out_of_text(routine));
    }
    Ok(text)
}
