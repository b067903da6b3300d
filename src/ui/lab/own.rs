//! One's own experiment: what was chosen, and the document it makes.

use super::address::encoded;
use crate::lab::metric::Metric;
use crate::scenarios::algorithm::Algorithm;
use crate::share::document::{parse_chance, parse_span, span_text};
use crate::share::json::writer::Writer;
use crate::sim::duty::Work;
use crate::sim::network::Wires;
use crate::sim::pauses::Pauses;
use crate::sim::settings::{Field, FieldKind, Settings, Value};
use crate::sim::time::MILLISECOND;
use crate::words::en::lab_page as say;
use crate::words::lookup::{Words, plain, sentence_case};

/// A family and one of its presets, by id.
pub type Approach = (String, String);

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Own {
    pub a: Approach,
    /// Compared with this one.
    pub b: Option<Approach>,
    pub nodes: u8,
    pub fault: String,
    /// `nothing`, `nodes`, `fault`, or the way to a setting.
    pub vary: String,
    pub from: String,
    pub to: String,
    pub steps: u64,
    pub metric: Metric,
}

impl Default for Own {
    fn default() -> Own {
        Own {
            a: ("raft".into(), "paper".into()),
            b: None,
            nodes: 5,
            fault: "crash".into(),
            vary: "nodes".into(),
            from: "3".into(),
            to: "9".into(),
            steps: 4,
            metric: Metric::NewLeader,
        }
    }
}

impl Own {
    /// Takes what an address says; what it says wrongly stays as it is.
    pub fn take(&mut self, key: &str, value: &str) {
        match key {
            "a" => self.a = approach(value).unwrap_or_else(|| self.a.clone()),
            "b" => self.b = approach(value),
            "n" => self.nodes = value.parse().unwrap_or(self.nodes).clamp(1, 25),
            "fault" if say::FAULTS.iter().any(|&(known, _)| known == value) => self.fault = value.into(),
            "vary" => self.vary = value.into(),
            "from" => self.from = value.into(),
            "to" => self.to = value.into(),
            "steps" => self.steps = value.parse().unwrap_or(self.steps).clamp(1, 20),
            "metric" => self.metric = Metric::by_id(value).unwrap_or(self.metric),
            _ => {}
        }
    }

    pub fn pairs(&self) -> Vec<String> {
        let mut pairs = vec![format!("a={}.{}", self.a.0, self.a.1)];
        if let Some((family, preset)) = &self.b {
            pairs.push(format!("b={family}.{preset}"));
        }
        pairs.push(format!("n={}&fault={}&vary={}", self.nodes, self.fault, encoded(&self.vary)));
        pairs.push(format!("from={}&to={}&steps={}", encoded(&self.from), encoded(&self.to), self.steps));
        pairs.push(format!("metric={}", self.metric.id()));
        pairs
    }

    /// What can be varied: the way, a name, and what values it takes.
    pub fn ways(&self) -> Vec<(String, String, FieldKind)> {
        let mut ways = vec![
            ("nodes".into(), say::NODES.into(), FieldKind::Count { low: 1, high: 25 }),
            ("fault".into(), say::TIME_OF_THE_FAULT.into(), FieldKind::Span { low: 0, high: 60_000 * MILLISECOND }),
        ];
        let words = Words::of(&self.a.0);
        let mut add = |prefix: &str, fields: &'static [Field]| {
            for field in fields {
                let name = match prefix {
                    "settings" => sentence_case(&words.name("setting", field.id)),
                    _ => sentence_case(&format!("{prefix}: {}", plain(field.id))),
                };
                ways.push((way_of(prefix, field.id), name, field.kind));
            }
        };
        let own = Algorithm::by_id(&self.a.0).map_or(&[][..], |family| family.fields());
        add("settings", own);
        add("wires", Wires::FIELDS);
        add("pauses", Pauses::FIELDS);
        add("work", Work::FIELDS);
        if let Some(other) = self.b.as_ref().and_then(|(family, _)| Algorithm::by_id(family)) {
            // Both must have it.
            let has = |way: &str| match way.strip_prefix("settings.") {
                Some(id) => other.fields().iter().any(|field| field.id == id),
                None => true,
            };
            ways.retain(|(way, ..)| has(way));
        }
        ways
    }

    pub fn kind(&self) -> Option<FieldKind> {
        self.ways().into_iter().find(|(way, ..)| *way == self.vary).map(|(.., kind)| kind)
    }

    /// From and to that make sense for what varies.
    pub fn suggest(&mut self) {
        let around = |text: &str| text.to_owned();
        let (from, to) = match self.kind() {
            Some(FieldKind::Count { .. }) if self.vary == "nodes" => (around("3"), around("9")),
            Some(FieldKind::Count { low, .. }) => (low.to_string(), (low + 6).to_string()),
            Some(FieldKind::Chance) => (around("0%"), around("10%")),
            Some(FieldKind::Span { .. }) if self.vary == "fault" => (around("5s"), around("8s")),
            Some(FieldKind::Span { low, .. } | FieldKind::Range { low, .. }) => match self.present() {
                Some(Value::Span(usual) | Value::Range(usual, _)) if usual > 0 => {
                    (span_text((usual / 2).max(low)), span_text(usual * 2))
                }
                _ => (around("10ms"), around("100ms")),
            },
            _ => (String::new(), String::new()),
        };
        (self.from, self.to) = (from, to);
    }

    /// What the setting is when it is not varied.
    fn present(&self) -> Option<Value> {
        let (prefix, id) = self.vary.split_once('.')?;
        match prefix {
            "settings" => {
                let family = Algorithm::by_id(&self.a.0)?;
                let field = family.fields().iter().find(|field| field.id == id)?;
                family.preset_value(&self.a.1, field.key)
            }
            "wires" => field_value(&Wires::default(), &id.replace("tail.", "tail_")),
            "pauses" => field_value(&Pauses::default(), id),
            "work" => field_value(&Work::default(), id),
            _ => None,
        }
    }

    /// The document.
    ///
    /// # Errors
    /// A sentence about what was chosen.
    pub fn document(&self) -> Result<String, String> {
        let mut w = Writer::new();
        w.open_map();
        w.name("title").text(say::YOUR_OWN);
        w.name("about").text(say::YOUR_OWN_ABOUT);
        w.name("base").open_map();
        w.name("algorithm").text(&self.a.0);
        w.name("nodes").number(self.nodes.into());
        if matches!(self.metric, Metric::FirstWrite | Metric::Accepted | Metric::Refused | Metric::Corrupted) {
            w.name("work").open_map();
            w.name("job").text("database");
            w.close_map();
        }
        self.write_script(&mut w);
        w.close_map();
        w.name("series").open_list();
        for (family, preset) in std::iter::once(&self.a).chain(&self.b) {
            write_series(family, preset, &mut w);
        }
        w.close_list();
        let is_curve = self.write_points(&mut w)?;
        let end = if self.fault == "none" { "end" } else { self.until() };
        w.name("since").number(0);
        w.name("until").text(end);
        w.name("settle").text(if end == "elected" && self.metric == Metric::Messages { "100ms" } else { "0ms" });
        w.name("limit").text(if end == "end" { "20s" } else { "60s" });
        w.name("metrics").open_list();
        w.text(self.metric.id());
        w.close_list();
        w.name("trials").number(500);
        w.name("show").open_map();
        let share = !is_curve && self.metric.can_be_censored();
        w.name("plot").text(if is_curve {
            "curve"
        } else if share {
            "share"
        } else {
            "table"
        });
        w.name("ours").text(&approach_name(&self.a.0, &self.a.1));
        let way = self.ways().into_iter().find(|(way, ..)| *way == self.vary).map(|(_, name, _)| name);
        w.name("x").text(&if share { "time".to_owned() } else { way.unwrap_or_default() });
        w.name("y").text(crate::words::en::lab::metric_name(self.metric));
        w.close_map();
        w.close_map();
        Ok(w.finish())
    }

    fn until(&self) -> &'static str {
        match self.metric {
            Metric::Detected | Metric::NewLeader | Metric::Reigns | Metric::Split | Metric::Messages => "elected",
            Metric::Followed => "followed",
            Metric::FirstWrite => "written",
            _ => "end",
        }
    }

    fn write_script(&self, w: &mut Writer) {
        let entries: &[(&str, &str, Option<&str>)] = match self.fault.as_str() {
            "pause" => &[("at", "pause", Some("leader")), ("after", "resume", Some("old leader"))],
            "cut" => &[("at", "isolate", Some("leader")), ("after", "heal", None)],
            "none" => &[("at", "heal", None)],
            _ => &[("at", "crash", Some("leader"))],
        };
        w.name("script").open_list();
        for &(when, act, who) in entries {
            w.open_map();
            w.name(when).open_list();
            w.text("5s");
            w.text(if when == "at" { "6s" } else { "5s" });
            w.close_list();
            match who {
                Some(who) => w.name(act).text(who),
                None => w.name(act).flag(true),
            }
            w.close_map();
        }
        w.close_list();
    }

    /// Whether the points stand on an axis.
    fn write_points(&self, w: &mut Writer) -> Result<bool, String> {
        let Some(kind) = self.kind() else { return Ok(false) };
        let way = if self.vary == "fault" { "script[0].at" } else { &self.vary };
        w.name("vary").open_map();
        w.name(way).open_list();
        for value in self.values(kind)? {
            crate::share::document::write_value(value, kind, w);
        }
        w.close_list();
        w.close_map();
        Ok(!matches!(kind, FieldKind::Switch | FieldKind::Choice(_)))
    }

    fn values(&self, kind: FieldKind) -> Result<Vec<Value>, String> {
        let spans = || Ok::<_, String>((at_end("from", parse_span(&self.from))?, at_end("to", parse_span(&self.to))?));
        let whole = |text: &str| text.trim().parse::<u64>().map_err(|_| say::no_whole_number(text));
        Ok(match kind {
            FieldKind::Switch => vec![Value::Switch(false), Value::Switch(true)],
            FieldKind::Choice(choices) => (0..choices.len() as u8).map(Value::Choice).collect(),
            FieldKind::Count { .. } => {
                self.between((whole(&self.from)?, whole(&self.to)?), 1).map(Value::Count).collect()
            }
            FieldKind::Span { .. } => self.between(spans()?, MILLISECOND).map(Value::Span).collect(),
            FieldKind::Range { .. } => {
                // The upper end grows along.
                let (low, high) = match self.present() {
                    Some(Value::Range(low, high)) if low > 0 => (low, high),
                    _ => (1, 1),
                };
                self.between(spans()?, MILLISECOND).map(|from| Value::Range(from, from * high / low)).collect()
            }
            FieldKind::Chance => {
                let ends = (at_end("from", parse_chance(&self.from))?, at_end("to", parse_chance(&self.to))?);
                let ends = (u64::from(ends.0), u64::from(ends.1));
                self.between(ends, 100).map(|parts| Value::Chance(parts as u32)).collect()
            }
        })
    }

    /// So many steps from one end to the other, each a multiple of `grain` where the ends are further apart.
    fn between(&self, (from, to): (u64, u64), grain: u64) -> impl Iterator<Item = u64> {
        let steps = self.steps.max(1);
        let mut all: Vec<u64> = (0..steps)
            .map(|step| {
                let part = u128::from(to.max(from) - from) * u128::from(step) / u128::from((steps - 1).max(1));
                let exact = from + part as u64;
                if step == 0 || step == steps - 1 { exact } else { (exact / grain * grain).max(from) }
            })
            .collect();
        all.dedup();
        all.into_iter()
    }
}

fn at_end<T>(end: &str, read: Result<T, String>) -> Result<T, String> {
    read.map_err(|message| format!("{}: {message}", sentence_case(end)))
}

fn approach(text: &str) -> Option<Approach> {
    let (family, preset) = text.split_once('.')?;
    let known = Algorithm::by_id(family)?;
    known.presets().contains(&preset).then(|| (family.into(), preset.into()))
}

/// `Raft, paper`.
pub fn approach_name(family: &str, preset: &str) -> String {
    let words = Words::of(family);
    format!("{}, {}", words.family_name(family), words.name("preset", preset))
}

fn write_series(family: &str, preset: &str, w: &mut Writer) {
    w.open_map();
    w.name("name").text(&approach_name(family, preset));
    w.name("set").open_map();
    w.name("algorithm").text(family);
    w.name("settings.preset").text(preset);
    w.close_map();
    w.close_map();
}

fn field_value<S: Settings>(settings: &S, id: &str) -> Option<Value> {
    S::FIELDS.iter().find(|field| field.id == id).map(|field| settings.value(field.key))
}

/// Documents write the rare slow messages as a part of the wires.
fn way_of(prefix: &str, id: &str) -> String {
    match id.strip_prefix("tail_") {
        Some(rest) if prefix == "wires" => format!("wires.tail.{rest}"),
        _ => format!("{prefix}.{id}"),
    }
}
