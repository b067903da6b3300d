//! Whether the settings keep the timing rule: broadcast time much shorter than the election timeout.

use crate::sim::place::Place;
use crate::sim::settings::Value;
use crate::sim::simulation::Simulation;
use crate::sim::time::Micros;
use crate::words::en::controls as say;
use crate::words::numbers::span;

/// The sentence below the sliders, and whether it is a warning.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Judgement {
    pub text: String,
    pub warns: bool,
}

/// `None` where a family has no such rule.
pub fn judge(sim: &dyn Simulation) -> Option<Judgement> {
    let patience = match value(sim, "election_timeout")? {
        Value::Range(low, _) => low,
        Value::Span(span) => span,
        _ => return None,
    };
    let beat = match value(sim, "heartbeat") {
        Some(Value::Span(span)) => span,
        _ => 0,
    };
    let wires = sim.kernel().network.wires;
    let (fast, slow) = wires.latency;
    // The longest silence a follower sees while its leader is well: one beat left late, the next came slow.
    let silence = beat + slow - fast;
    let round_trip = 2 * slow + 2 * wires.disk.1;
    Some(sentence(patience, silence, round_trip, wires.loss))
}

fn sentence(patience: Micros, silence: Micros, round_trip: Micros, loss: u32) -> Judgement {
    let warn = |text: String| Judgement { text, warns: true };
    let (p, s, r) = (span(patience), span(silence), span(round_trip));
    if silence >= patience {
        return warn(say::followers_run(&s, &p));
    }
    if round_trip >= patience {
        return warn(say::votes_come_too_late(&r, &p));
    }
    if round_trip * 3 > patience {
        return warn(say::votes_split(&r, &p));
    }
    if loss > 0 && silence * 2 > patience {
        return warn(say::one_loss_is_enough(&p));
    }
    Judgement { text: say::keeps_the_timing_rule(&r, &p), warns: false }
}

fn value(sim: &dyn Simulation, id: &str) -> Option<Value> {
    let field = sim.fields().iter().find(|field| field.id == id)?;
    Some(sim.setting(Place::Node(1), field.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::time::MILLISECOND;

    fn text(patience: u64, silence: u64, round_trip: u64, loss: u32) -> (bool, String) {
        let ms = |span| span * MILLISECOND;
        let found = sentence(ms(patience), ms(silence), ms(round_trip), loss);
        (found.warns, found.text)
    }

    #[test]
    fn it_warns_exactly_while_the_rule_is_broken() {
        assert!(!text(150, 85, 40, 0).0);
        assert!(text(150, 150, 40, 0).1.starts_with("Too short: up to 150 ms"));
        assert!(text(150, 85, 150, 0).1.starts_with("Too short: asking"));
        assert!(text(150, 85, 60, 0).1.starts_with("Tight: a round"));
        assert!(text(150, 85, 40, 1).1.starts_with("Tight: one lost"));
    }
}
