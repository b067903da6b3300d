//! Acts, by numbers that never change.

use super::bytes::{Eye, Pen};
use super::values::{
    read_place, read_range, read_span, read_value, read_who, write_place, write_range, write_span, write_value,
    write_who,
};
use crate::sim::fault::{Fault, LinkWires, MessageName, Scope, Waking, Which, Who};
use crate::sim::request::Word;

/// As many groups of a partition, and members of a group.
const MOST_GROUPED: usize = 64;

const WAKINGS: [Waking; 3] = [Waking::Either, Waking::InboxFirst, Waking::TimersFirst];

pub fn write_fault(fault: &Fault, pen: &mut Pen) {
    pen.byte(number(fault));
    match fault {
        Fault::Crash(who)
        | Fault::Restart(who)
        | Fault::Wipe(who)
        | Fault::Pause(who)
        | Fault::Isolate(who)
        | Fault::Rejoin(who)
        | Fault::TimeOutNow(who)
        | Fault::Resign(who)
        | Fault::ForgetLeader(who) => write_who(*who, pen),
        Fault::Resume(who, waking) => {
            write_who(*who, pen);
            pen.byte(*waking as u8);
        }
        Fault::Cut { from, to, both } | Fault::Mend { from, to, both } => write_ends((*from, *to, *both), pen),
        Fault::Partition(groups) => {
            pen.count(groups.len());
            for group in groups {
                pen.count(group.len());
                group.iter().for_each(|&who| write_who(who, pen));
            }
        }
        Fault::Heal => {}
        Fault::Rewire { from, to, both, wires } => {
            write_ends((*from, *to, *both), pen);
            write_wires(*wires, pen);
        }
        Fault::Drop(which) | Fault::Duplicate(which) | Fault::Deliver(which) => write_which(*which, pen),
        Fault::Delay(which, by) => {
            write_which(*which, pen);
            write_span(*by, pen);
        }
        Fault::Drift(who, rate) => {
            write_who(*who, pen);
            pen.signed(*rate);
        }
        Fault::Request(word, who) | Fault::Read(word, who) => {
            pen.text(&word.to_string());
            write_who(*who, pen);
        }
        Fault::Transfer { from, to } => {
            write_who(*from, pen);
            write_optional(*to, write_who, pen);
        }
        Fault::Tune(scope, key, value) => {
            match scope {
                Scope::Protocol => pen.byte(0),
                Scope::Node(place) => {
                    pen.byte(1);
                    write_place(*place, pen);
                }
                Scope::Wires => pen.byte(2),
                Scope::Pauses => pen.byte(3),
                Scope::Work => pen.byte(4),
                Scope::Store => pen.byte(5),
            }
            pen.byte(*key);
            write_value(*value, pen);
        }
    }
}

/// Never reuse one.
fn number(fault: &Fault) -> u8 {
    match fault {
        Fault::Crash(_) => 0,
        Fault::Restart(_) => 1,
        Fault::Wipe(_) => 2,
        Fault::Pause(_) => 3,
        Fault::Resume(..) => 4,
        Fault::Cut { .. } => 5,
        Fault::Mend { .. } => 6,
        Fault::Isolate(_) => 7,
        Fault::Rejoin(_) => 8,
        Fault::Partition(_) => 9,
        Fault::Heal => 10,
        Fault::Rewire { .. } => 11,
        Fault::Drop(_) => 12,
        Fault::Duplicate(_) => 13,
        Fault::Delay(..) => 14,
        Fault::Deliver(_) => 15,
        Fault::Drift(..) => 16,
        Fault::Request(..) => 17,
        Fault::Read(..) => 18,
        Fault::TimeOutNow(_) => 19,
        Fault::Transfer { .. } => 20,
        Fault::Resign(_) => 21,
        Fault::ForgetLeader(_) => 22,
        Fault::Tune(..) => 23,
    }
}

pub fn read_fault(eye: &mut Eye<'_>) -> Fault {
    match eye.byte() {
        0 => Fault::Crash(read_who(eye)),
        1 => Fault::Restart(read_who(eye)),
        2 => Fault::Wipe(read_who(eye)),
        3 => Fault::Pause(read_who(eye)),
        4 => {
            let who = read_who(eye);
            Fault::Resume(who, WAKINGS[eye.number_to(2) as usize])
        }
        5 => {
            let (from, to, both) = read_ends(eye);
            Fault::Cut { from, to, both }
        }
        6 => {
            let (from, to, both) = read_ends(eye);
            Fault::Mend { from, to, both }
        }
        7 => Fault::Isolate(read_who(eye)),
        8 => Fault::Rejoin(read_who(eye)),
        9 => {
            let groups = eye.count(MOST_GROUPED);
            let group = |eye: &mut Eye<'_>| {
                let members = eye.count(MOST_GROUPED);
                (0..members).map(|_| read_who(eye)).collect()
            };
            Fault::Partition((0..groups).map(|_| group(eye)).collect())
        }
        10 => Fault::Heal,
        11 => {
            let (from, to, both) = read_ends(eye);
            Fault::Rewire { from, to, both, wires: read_wires(eye) }
        }
        12 => Fault::Drop(read_which(eye)),
        13 => Fault::Duplicate(read_which(eye)),
        14 => {
            let which = read_which(eye);
            Fault::Delay(which, read_span(eye))
        }
        15 => Fault::Deliver(read_which(eye)),
        16 => {
            let who = read_who(eye);
            Fault::Drift(who, eye.signed())
        }
        17 => {
            let word = read_word(eye);
            Fault::Request(word, read_who(eye))
        }
        18 => {
            let word = read_word(eye);
            Fault::Read(word, read_who(eye))
        }
        19 => Fault::TimeOutNow(read_who(eye)),
        20 => {
            let from = read_who(eye);
            Fault::Transfer { from, to: read_optional(read_who, eye) }
        }
        21 => Fault::Resign(read_who(eye)),
        22 => Fault::ForgetLeader(read_who(eye)),
        23 => {
            let scope = match eye.number_to(5) {
                0 => Scope::Protocol,
                1 => Scope::Node(read_place(eye)),
                2 => Scope::Wires,
                3 => Scope::Pauses,
                4 => Scope::Work,
                _ => Scope::Store,
            };
            let key = eye.byte();
            Fault::Tune(scope, key, read_value(eye))
        }
        _ => {
            eye.fail();
            Fault::Heal
        }
    }
}

fn write_ends((from, to, both): (Who, Who, bool), pen: &mut Pen) {
    write_who(from, pen);
    write_who(to, pen);
    pen.flag(both);
}

fn read_ends(eye: &mut Eye<'_>) -> (Who, Who, bool) {
    (read_who(eye), read_who(eye), eye.flag())
}

pub fn write_optional<T>(value: Option<T>, write: impl Fn(T, &mut Pen), pen: &mut Pen) {
    pen.flag(value.is_some());
    if let Some(value) = value {
        write(value, pen);
    }
}

pub fn read_optional<T>(read: impl Fn(&mut Eye<'_>) -> T, eye: &mut Eye<'_>) -> Option<T> {
    eye.flag().then(|| read(eye))
}

pub fn write_wires(wires: LinkWires, pen: &mut Pen) {
    write_optional(wires.latency, write_range, pen);
    write_optional(wires.loss, |loss, pen| pen.number(u64::from(loss)), pen);
}

pub fn read_wires(eye: &mut Eye<'_>) -> LinkWires {
    let latency = read_optional(read_range, eye);
    let loss = read_optional(|eye| eye.number_to(1_000_000) as u32, eye);
    // What the sliders allow: no message takes no time.
    if latency.is_some_and(|(low, high)| low == 0 || high > 60 * crate::sim::time::SECOND) {
        eye.fail();
    }
    LinkWires { latency, loss }
}

pub fn write_name(name: MessageName, pen: &mut Pen) {
    write_place(name.from, pen);
    write_place(name.to, pen);
    pen.number(u64::from(name.nth));
}

pub fn read_name(eye: &mut Eye<'_>) -> MessageName {
    let (from, to) = (read_place(eye), read_place(eye));
    MessageName { from, to, nth: eye.number_to(u64::from(u32::MAX)) as u32 }
}

fn write_which(which: Which, pen: &mut Pen) {
    let (tag, kind, from, to) = match which {
        Which::One(name) => {
            pen.byte(0);
            return write_name(name, pen);
        }
        Which::Like { kind, from, to } => (1, kind, from, to),
        Which::Every { kind, from, to } => (2, kind, from, to),
    };
    pen.byte(tag);
    write_optional(kind, |kind, pen| pen.byte(kind), pen);
    write_optional(from, write_who, pen);
    write_optional(to, write_who, pen);
}

fn read_which(eye: &mut Eye<'_>) -> Which {
    let tag = eye.number_to(2);
    if tag == 0 {
        return Which::One(read_name(eye));
    }
    let kind = read_optional(|eye| eye.byte(), eye);
    let (from, to) = (read_optional(read_who, eye), read_optional(read_who, eye));
    if tag == 1 { Which::Like { kind, from, to } } else { Which::Every { kind, from, to } }
}

fn read_word(eye: &mut Eye<'_>) -> Word {
    Word::new(eye.text(8)).unwrap_or_else(|| {
        eye.fail();
        Word::default()
    })
}
