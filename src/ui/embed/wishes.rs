//! What the address of an embed asks for besides what every address may say: the run, the moment, the speed, the theme.

use crate::share::parameters;
use crate::sim::time::Micros;
use crate::words::en::framed as say;

/// Speeds are named as they are printed: `1/50`, `1`, `2`.
pub type Ratio = (u32, u32);

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Controls {
    /// Step, play, the line of time, the clock.
    #[default]
    Full,
    /// Play and the clock.
    Minimal,
    /// Only the picture: somebody else plays it.
    None,
}

/// The parts that can be asked for by name.
pub const PARTS: [&str; 5] = ["store", "key", "log", "timeline", "say"];

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wishes {
    pub controls: Controls,
    /// Pause here.
    pub stop: Option<Micros>,
    /// From the stop back to the start, again and again.
    pub repeats: bool,
    /// In place of the title.
    pub caption: Option<String>,
    /// Exactly these parts, by their places in [`PARTS`]; by size if none is named.
    pub parts: Option<[bool; 5]>,
    /// What was asked wrongly, one sentence each.
    pub complaints: Vec<String>,
}

/// A caption is a line, not a text.
const LONGEST_CAPTION: usize = 120;

impl Wishes {
    /// `query` is what follows the question mark, in any order.
    pub fn read(query: &str) -> Wishes {
        let mut wishes = Wishes::default();
        for (key, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            wishes.take(key, value);
        }
        if wishes.repeats && wishes.stop.is_none() {
            wishes.repeats = false;
            wishes.complaints.push(say::LOOP_1_NEEDS_A_STOP_WHERE.into());
        }
        wishes
    }

    pub fn shows(&self, part: &str, by_size: bool) -> bool {
        let named = PARTS.iter().position(|&known| known == part);
        match (self.parts, named) {
            (Some(parts), Some(index)) => parts[index],
            _ => by_size,
        }
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "controls" => match value {
                "full" => self.controls = Controls::Full,
                "minimal" | "play" => self.controls = Controls::Minimal,
                "none" => self.controls = Controls::None,
                _ => self.complain(key, value, "full"),
            },
            // What is wrong with it the address itself complains of.
            "stop" => self.stop = parameters::time(value),
            "loop" => self.repeats = value == "1",
            "caption" => {
                let text = decoded(value);
                let line: String = text.chars().filter(|letter| !letter.is_control()).take(LONGEST_CAPTION).collect();
                self.caption = Some(line.trim().to_owned()).filter(|line| !line.is_empty());
            }
            "show" => self.take_parts(value),
            _ => {}
        }
    }

    fn take_parts(&mut self, value: &str) {
        let mut parts = [false; 5];
        for name in decoded(value).split(',').filter(|name| !name.is_empty()) {
            match PARTS.iter().position(|known| *known == name) {
                Some(index) => parts[index] = true,
                None => self.complain("show", name, say::THE_OTHERS),
            }
        }
        self.parts = Some(parts);
    }

    fn complain(&mut self, key: &str, value: &str, instead: &str) {
        let value: String = decoded(value).chars().take(24).collect();
        self.complaints.push(say::is_not_known(key, &value, instead));
    }
}

/// `1/50`, `1:50` or `2`, as a numerator and a denominator.
pub fn ratio(text: &str) -> Option<Ratio> {
    let text = text.replace("%2F", "/").replace("%2f", "/");
    let (over, under) = text.split_once(['/', ':']).unwrap_or((text.as_str(), "1"));
    Some((over.parse().ok()?, under.parse().ok()?))
}

/// Percent signs and plus signs undone; what is no text stays as it is.
pub fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        match code {
            Some(code) => {
                bytes.push(code);
                rest = &tail[2..];
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(letter: u8) -> Option<u8> {
    (letter as char).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wish_is_read() {
        let wishes = Wishes::read(
            "controls=minimal&stop=1400&loop=1&speed=1/50&caption=A%20split+vote&show=store,say&lang=en&t=3",
        );
        assert_eq!((wishes.controls, wishes.stop, wishes.repeats), (Controls::Minimal, Some(1_400_000), true));
        assert_eq!(wishes.caption.as_deref(), Some("A split vote"));
        assert!(wishes.shows("store", false) && !wishes.shows("log", true) && wishes.complaints.is_empty());
        assert!(Wishes::default().shows("log", true), "by size if nothing is asked for");
    }

    #[test]
    fn what_is_asked_wrongly_is_told_and_replaced() {
        let wishes = Wishes::read("controls=all&stop=x&show=everything&loop=1");
        assert_eq!(wishes.complaints.len(), 3);
        assert_eq!(wishes.complaints[0], "controls=all is not known; using full.");
        assert_eq!((wishes.controls, wishes.stop, wishes.repeats), (Controls::Full, None, false));
    }

    #[test]
    fn hostile_values_stay_short_and_plain() {
        let long = format!("caption={}&stop={}&speed={}", "%00%0a<b>".repeat(400), "9".repeat(400), "1/".repeat(99));
        let wishes = Wishes::read(&long);
        let caption = wishes.caption.expect("a caption");
        assert!(caption.chars().count() <= LONGEST_CAPTION && !caption.contains(char::is_control));
        assert!(wishes.complaints.iter().all(|line| line.len() < 120));
        assert_eq!((decoded("%zz%4"), decoded("%ff"), decoded("%c3%a9")), ("%zz%4".into(), "%ff".into(), "é".into()));
    }
}
