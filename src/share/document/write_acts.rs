//! Acts as documents write them.

use super::acts::{Cast, scopes};
use super::links::{write_ends, write_wires};
use super::messages::write_which;
use super::places::{write_place, write_who};
use super::spans::{rate_text, span_text};
use super::values;
use crate::scenarios::algorithm::Algorithm;
use crate::share::json::writer::Writer;
use crate::sim::fault::{Fault, Scope, Waking, Which, Who};
use crate::sim::place::Census;

/// The fields of an act, into an open object.
pub fn write_fault(fault: &Fault, algorithm: Algorithm, census: Census, w: &mut Writer) {
    write_act(fault, Cast { algorithm, census }, w);
}

pub fn write_act(fault: &Fault, cast: Cast, w: &mut Writer) {
    match fault {
        Fault::Crash(who) => write_who(*who, w.name("crash")),
        Fault::Restart(who) => write_who(*who, w.name("restart")),
        Fault::Wipe(who) => write_who(*who, w.name("wipe")),
        Fault::Pause(who) => write_who(*who, w.name("pause")),
        Fault::Resume(who, waking) => {
            write_who(*who, w.name("resume"));
            match waking {
                Waking::Either => {}
                Waking::InboxFirst => w.name("order").text("inbox first"),
                Waking::TimersFirst => w.name("order").text("timers first"),
            }
        }
        Fault::Cut { from, to, both } => link("cut", (*from, *to, *both), w),
        Fault::Mend { from, to, both } => link("mend", (*from, *to, *both), w),
        Fault::Isolate(who) => write_who(*who, w.name("isolate")),
        Fault::Rejoin(who) => write_who(*who, w.name("rejoin")),
        Fault::Partition(groups) => {
            w.name("partition").open_list();
            for group in groups {
                w.open_list();
                for &who in group {
                    write_who(who, w);
                }
                w.close_list();
            }
            w.close_list();
        }
        Fault::Heal => w.name("heal").flag(true),
        Fault::Rewire { from, to, both, wires } => {
            w.name("link").open_map();
            write_ends((*from, *to, *both), w);
            write_wires(*wires, w);
            w.close_map();
        }
        Fault::Drop(which) => messages("drop", *which, None, cast, w),
        Fault::Duplicate(which) => messages("duplicate", *which, None, cast, w),
        Fault::Delay(which, by) => messages("delay", *which, Some(*by), cast, w),
        Fault::Deliver(which) => messages("deliver", *which, None, cast, w),
        Fault::Drift(who, rate) => {
            write_who(*who, w.name("drift"));
            w.name("rate").text(&rate_text(*rate));
        }
        Fault::Request(word, who) => {
            w.name("request").text(&word.to_string());
            write_who(*who, w.name("to"));
        }
        Fault::Read(word, who) => {
            w.name("read").text(&word.to_string());
            write_who(*who, w.name("of"));
        }
        Fault::TimeOutNow(who) => write_who(*who, w.name("timeout_now")),
        Fault::Transfer { from, to } => {
            match to {
                Some(to) => write_who(*to, w.name("transfer")),
                None => w.name("transfer").text("best"),
            }
            if *from != Who::Leader {
                write_who(*from, w.name("from"));
            }
        }
        Fault::Resign(who) => write_who(*who, w.name("resign")),
        Fault::ForgetLeader(who) => write_who(*who, w.name("forget_leader")),
        Fault::Tune(scope, key, value) => tune(*scope, *key, *value, cast, w),
    }
}

fn link(name: &str, ends: (Who, Who, bool), w: &mut Writer) {
    w.name(name).open_map();
    write_ends(ends, w);
    w.close_map();
}

fn messages(name: &str, which: Which, by: Option<u64>, cast: Cast, w: &mut Writer) {
    w.name(name).open_map();
    write_which(which, cast.algorithm, w);
    if let Some(by) = by {
        w.name("by").text(&span_text(by));
    }
    w.close_map();
}

fn tune(scope: Scope, key: u8, value: crate::sim::settings::Value, cast: Cast, w: &mut Writer) {
    let general = if let Scope::Node(_) = scope { Scope::Protocol } else { scope };
    w.name("tune").open_map();
    if let Some((_, prefix, fields)) = scopes(cast.algorithm).into_iter().find(|&(known, ..)| known == general)
        && let Some(field) = fields.iter().find(|field| field.key == key)
    {
        values::write(value, field.kind, w.name(&format!("{prefix}{}", field.id)));
    }
    w.close_map();
    if let Scope::Node(place) = scope {
        write_place(place, w.name("of"));
    }
}
