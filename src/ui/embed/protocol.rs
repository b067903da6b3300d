//! Every message between the frame and the page around it. Anybody may post anything: what is not exactly one of
//! these commands does nothing. `docs/embedding.md` lists them for authors.

use super::wishes::{Ratio, ratio};
use crate::sim::time::{MILLISECOND, Micros};
use crate::words::en::framed as say;

/// Messages carry this field with this value; another version would carry another number.
pub const NAMESPACE: &str = "conclave";
pub const VERSION: u32 = 1;

/// The fields that commands may have; nothing else is looked at.
pub const FIELDS: [&str; 7] = ["command", "ms", "event", "scenario", "link", "speed", "theme"];

/// No text of a command is longer: a link of a long run.
pub const LONGEST: usize = 8_000;
/// An hour, in milliseconds.
const LATEST: f64 = 3_600_000.0;
/// As many commands are obeyed in a second; whoever posts more is not playing.
pub const MOST_A_SECOND: u32 = 60;

/// A value out of a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Given {
    Number(f64),
    Text(String),
    /// Anything else, of whatever shape.
    Other,
}

#[derive(Clone, PartialEq, Debug)]
pub enum Command {
    Play,
    Pause,
    StepForward,
    StepBackward,
    Seek(Micros),
    SeekEvent(u64),
    /// A story by its id.
    LoadScenario(String),
    /// An address of this app, or its fragment.
    LoadLink(String),
    SetSpeed(Ratio),
    /// `auto`, `light` or `dark`.
    SetTheme(&'static str),
}

impl Command {
    /// Reads the fields of a message that carries the namespace.
    ///
    /// # Errors
    /// It is no command, or not of its shape; one sentence.
    pub fn read(fields: &[(&str, Given)]) -> Result<Command, String> {
        let value = |wanted: &str| fields.iter().find(|(key, _)| *key == wanted).map(|(_, value)| value);
        let Some(Given::Text(name)) = value("command") else {
            return Err(say::A_COMMAND_IS_A_TEXT.into());
        };
        let text = |key: &str| match value(key) {
            Some(Given::Text(text)) if text.len() <= LONGEST => Some(text.as_str()),
            _ => None,
        };
        let whole = |key: &str, most: f64| match value(key) {
            Some(Given::Number(number)) if *number >= 0.0 && *number <= most => Some(*number as u64),
            _ => None,
        };
        match name.as_str() {
            "play" => Ok(Command::Play),
            "pause" => Ok(Command::Pause),
            "stepForward" => Ok(Command::StepForward),
            "stepBackward" => Ok(Command::StepBackward),
            "seek" => match (whole("ms", LATEST), whole("event", 9.0e15)) {
                (Some(at), _) => Ok(Command::Seek(at * MILLISECOND)),
                (None, Some(event)) => Ok(Command::SeekEvent(event)),
                _ => Err(say::SEEK_NEEDS_MS_A_NUMBER_FROM.into()),
            },
            "load" => match (text("scenario"), text("link")) {
                (Some(id), _) if is_slug(id) => Ok(Command::LoadScenario(id.to_owned())),
                (None, Some(link)) => fragment(link)
                    .map(|fragment| Command::LoadLink(fragment.to_owned()))
                    .ok_or_else(|| say::LOAD_THE_LINK_IS_NONE_OF.into()),
                _ => Err(say::LOAD_NEEDS_SCENARIO_THE_NAME_OF.into()),
            },
            "setSpeed" => match text("speed").and_then(ratio) {
                Some(ratio) => Ok(Command::SetSpeed(ratio)),
                None => Err(say::SETSPEED_NEEDS_SPEED_SUCH_AS_1.into()),
            },
            "setTheme" => match text("theme")
                .and_then(|name| ["auto", "light", "dark"].into_iter().find(|&known| known == name))
            {
                Some(theme) => Ok(Command::SetTheme(theme)),
                None => Err(say::SETTHEME_NEEDS_THEME_AUTO_LIGHT_OR.into()),
            },
            _ => Err(say::is_no_command(name.chars().take(24).collect())),
        }
    }
}

fn is_slug(id: &str) -> bool {
    id.len() <= 64 && id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

/// What follows the `#` of an address; only what pages of this app begin with.
fn fragment(link: &str) -> Option<&str> {
    let after = link.split_once('#').map_or(link, |(_, after)| after);
    let known = after.starts_with('/') && !after.starts_with("//") || after.starts_with("s=");
    (known && after.chars().all(|letter| letter.is_ascii_graphic())).then_some(after)
}

/// A value in an event.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    Text(String),
    Number(f64),
    Flag(bool),
    Texts(Vec<String>),
}

/// What the frame tells the page around it.
#[derive(Clone, PartialEq, Debug)]
pub enum Event {
    Ready {
        title: String,
        at: Micros,
    },
    StateChange {
        playing: bool,
        at: Micros,
        speed: Ratio,
    },
    Time {
        at: Micros,
    },
    Leader {
        node: String,
        reign: Option<String>,
        at: Micros,
    },
    SplitBrain {
        leaders: Vec<String>,
        at: Micros,
    },
    /// The store refused a write for its token.
    Refused {
        node: String,
        token: Option<String>,
        seen: Option<String>,
        at: Micros,
    },
    Error {
        message: String,
    },
    Resize {
        height: u32,
    },
}

impl Event {
    pub fn name(&self) -> &'static str {
        match self {
            Event::Ready { .. } => "ready",
            Event::StateChange { .. } => "statechange",
            Event::Time { .. } => "time",
            Event::Leader { .. } => "leader",
            Event::SplitBrain { .. } => "splitbrain",
            Event::Refused { .. } => "refused",
            Event::Error { .. } => "error",
            Event::Resize { .. } => "resize",
        }
    }

    /// Its fields besides the namespace and its name.
    pub fn fields(&self) -> Vec<(&'static str, Said)> {
        let ms = |at: &Micros| ("ms", Said::Number(*at as f64 / MILLISECOND as f64));
        let text = |key: &'static str, text: &Option<String>| text.clone().map(|text| (key, Said::Text(text)));
        match self {
            Event::Ready { title, at } => vec![("title", Said::Text(title.clone())), ms(at)],
            Event::StateChange { playing, at, speed: (over, under) } => {
                vec![("playing", Said::Flag(*playing)), ms(at), ("speed", Said::Text(format!("{over}/{under}")))]
            }
            Event::Time { at } => vec![ms(at)],
            Event::Leader { node, reign, at } => {
                [Some(("node", Said::Text(node.clone()))), text("reign", reign), Some(ms(at))]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Event::SplitBrain { leaders, at } => vec![("leaders", Said::Texts(leaders.clone())), ms(at)],
            Event::Refused { node, token, seen, at } => {
                let fields =
                    [Some(("node", Said::Text(node.clone()))), text("token", token), text("seen", seen), Some(ms(at))];
                fields.into_iter().flatten().collect()
            }
            Event::Error { message } => vec![("message", Said::Text(message.clone()))],
            Event::Resize { height } => vec![("height", Said::Number(f64::from(*height)))],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Given {
        Given::Text(text.to_owned())
    }

    fn read(name: &str, fields: &[(&'static str, Given)]) -> Result<Command, String> {
        Command::read(&[&[("command", text(name))], fields].concat())
    }

    #[test]
    fn every_command_is_understood() {
        for (name, command) in [
            ("play", Command::Play),
            ("pause", Command::Pause),
            ("stepForward", Command::StepForward),
            ("stepBackward", Command::StepBackward),
        ] {
            assert_eq!(read(name, &[]), Ok(command));
        }
        assert_eq!(read("seek", &[("ms", Given::Number(1_058.0))]), Ok(Command::Seek(1_058_000)));
        assert_eq!(read("seek", &[("event", Given::Number(73.0))]), Ok(Command::SeekEvent(73)));
        let load = |key, value: &str| read("load", &[(key, text(value))]);
        assert_eq!(load("scenario", "raft-split-vote"), Ok(Command::LoadScenario("raft-split-vote".into())));
        assert_eq!(load("link", "https://a.example/x/#/play/raft?n=3"), Ok(Command::LoadLink("/play/raft?n=3".into())));
        assert_eq!(read("setSpeed", &[("speed", text("1/50"))]), Ok(Command::SetSpeed((1, 50))));
        assert_eq!(read("setTheme", &[("theme", text("dark"))]), Ok(Command::SetTheme("dark")));
    }

    #[test]
    fn what_strangers_post_does_nothing() {
        let huge = "x".repeat(LONGEST + 1);
        let numbers = [f64::NAN, f64::INFINITY, -1.0, 1e300].map(|number| ("ms", Given::Number(number)));
        for field in numbers.into_iter().chain([("ms", text("5")), ("ms", Given::Other)]) {
            assert!(read("seek", &[field]).is_err());
        }
        for name in ["", "Play", "eval", "constructor", "__proto__", "load ", huge.as_str()] {
            let refused = read(name, &[]).expect_err("refused");
            assert!(refused.len() < 60, "{refused}");
        }
        for link in
            ["javascript:alert(1)", "data:text/html,<script>", "//a.example", "#<img>", "#/play?\u{202e}", &huge]
        {
            assert!(read("load", &[("link", text(link))]).is_err(), "{link}");
        }
        for id in ["../secret", "RAFT", "a b", "raft-split-vote\n", &huge] {
            assert!(read("load", &[("scenario", text(id))]).is_err(), "{id}");
        }
        for theme in ["", "Dark", "dark;color:red", "toString"] {
            assert!(read("setTheme", &[("theme", text(theme))]).is_err());
        }
        assert!(read("setSpeed", &[("speed", text("1/0/0"))]).is_err());
        assert!(Command::read(&[("command", Given::Other)]).is_err() && Command::read(&[]).is_err());
    }

    #[test]
    fn events_carry_their_fields() {
        let event = Event::Leader { node: "N4".into(), reign: Some("8".into()), at: 1_058_500 };
        assert_eq!(event.name(), "leader");
        let fields = event.fields();
        assert_eq!(fields[0], ("node", Said::Text("N4".into())));
        assert_eq!(fields[2], ("ms", Said::Number(1_058.5)));
    }
}
