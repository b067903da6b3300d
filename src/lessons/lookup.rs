//! Facts of a run by name: `leader`, `N3.term`, `leader.log`, `store.refused`, `sent.vote_request`, `target1`.
//! Claims are judged by them and captions are filled in from them, so that neither can drift from the run.

use super::verdicts;
use crate::sim::event::What;
use crate::sim::fault::Who;
use crate::sim::inspection::{Inspection, Seat, Shown};
use crate::sim::kernel::Tally;
use crate::sim::measures::Status;
use crate::sim::place::{Census, Place};
use crate::sim::reign::{Reign, Role};
use crate::sim::request::Answer;
use crate::sim::rule::Reason;
use crate::sim::settings::{Field, Settings, Value};
use crate::sim::simulation::Simulation;
use crate::sim::store::{Outcome, Row};
use crate::sim::time::{MILLISECOND, Micros};
use crate::words::event_line::kind_of;
use crate::words::lookup::{Words, plain};
use crate::words::numbers::{grouped, listed, span};

/// What a look-up answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fact {
    Number(u64),
    /// As claims spell it; captions show it unchanged.
    Text(String),
    /// It exists and is empty: nobody leads, nothing was refused.
    Nothing,
}

impl Fact {
    /// As a caption shows it.
    pub fn shown(&self) -> String {
        match self {
            Fact::Number(number) => grouped(*number),
            Fact::Text(text) => text.clone(),
            Fact::Nothing => "nobody".into(),
        }
    }

    /// As a claim spells it.
    pub fn plain(&self) -> String {
        match self {
            Fact::Number(number) => number.to_string(),
            Fact::Text(text) => text.clone(),
            Fact::Nothing => "none".into(),
        }
    }
}

/// The fact with this name; `None` if there is no such fact.
pub fn lookup(sim: &dyn Simulation, path: &str) -> Option<Fact> {
    let kernel = sim.kernel();
    let (head, rest) = path.split_once('.').unwrap_or((path, ""));
    let measures = &kernel.measures;
    match (head, rest) {
        ("now", "") => number(sim.now() / MILLISECOND),
        ("nodes", "") => number(u64::from(kernel.census.nodes)),
        ("quorum", "") => number(kernel.census.quorum() as u64),
        ("up", "") => count(nodes(sim).filter(|&node| status(sim, node) == Status::Up)),
        ("down", "") => count(nodes(sim).filter(|&node| status(sim, node) == Status::Down)),
        ("down", "list") => list(nodes(sim).filter(|&node| status(sim, node) == Status::Down)),
        ("leaders", _) => counted(rest, with_role(sim, Role::Leader)),
        ("candidates", _) => counted(rest, with_role(sim, Role::Candidate)),
        ("followers", _) => counted(rest, followers(sim)),
        ("reign", "") => reign(nodes(sim).filter_map(|node| sim.inspect(node).standing.reign).max()),
        ("tenures", "") => number(measures.tenures.len() as u64),
        ("leaderless", "") => text(span(rounded(leaderless(sim)))),
        ("two_leaders", "") => text(span(rounded(measures.multi_leader))),
        ("two_leaders", "ms") => number(measures.multi_leader / MILLISECOND),
        ("acts", "") => number(sim.history().acts.len() as u64),
        ("elections", "") => number(elections(sim)),
        ("answers", kind) => number(answers(sim, kind)),
        ("told", id) => number(told(sim, id)),
        ("sent", kind) => tally(sim, kind, |tally| tally.sent),
        ("lost", kind) => tally(sim, kind, |tally| tally.lost),
        ("delivered", kind) => tally(sim, kind, |tally| tally.delivered),
        ("flying", kind) => number(flying(sim, kind)),
        ("step", what) => step(sim, what),
        ("store", what) => store(sim, what),
        ("promise", id) => verdicts::promise(sim, id).map(|verdict| Fact::Text(verdict.into())),
        ("broken", "") => number(verdicts::broken(sim)),
        ("setting", what) => setting_of_family(sim, what),
        ("wires", what) => setting(&kernel.network.wires, what),
        ("work", what) => setting(&kernel.work, what),
        _ => of_place(sim, head, rest),
    }
}

fn number(number: u64) -> Option<Fact> {
    Some(Fact::Number(number))
}

fn text(text: String) -> Option<Fact> {
    Some(Fact::Text(text))
}

fn place(place: Option<Place>) -> Fact {
    place.map_or(Fact::Nothing, |place| Fact::Text(place.to_string()))
}

fn reign(reign: Option<Reign>) -> Option<Fact> {
    Some(match reign {
        None => Fact::Nothing,
        Some(Reign { number, by: 0 }) => Fact::Number(number),
        Some(reign) => Fact::Text(reign.to_string()),
    })
}

fn count(places: impl Iterator<Item = Place>) -> Option<Fact> {
    number(places.count() as u64)
}

fn list(places: impl Iterator<Item = Place>) -> Option<Fact> {
    let places: Vec<Place> = places.collect();
    if places.is_empty() { Some(Fact::Nothing) } else { text(listed(&places)) }
}

/// `leaders` counts, `leaders.list` names.
fn counted(rest: &str, places: impl Iterator<Item = Place>) -> Option<Fact> {
    match rest {
        "" => count(places),
        "list" => list(places),
        _ => None,
    }
}

fn nodes(sim: &dyn Simulation) -> impl Iterator<Item = Place> + use<> {
    sim.kernel().census.nodes().collect::<Vec<_>>().into_iter()
}

pub fn status(sim: &dyn Simulation, place: Place) -> Status {
    sim.kernel().statuses[sim.kernel().census.slot(place)]
}

pub fn with_role(sim: &dyn Simulation, role: Role) -> impl Iterator<Item = Place> {
    let kernel = sim.kernel();
    let fits = move |&node: &Place| {
        status(sim, node) != Status::Down && kernel.standings[kernel.census.slot(node)].role == role
    };
    nodes(sim).filter(fits)
}

/// Live nodes that follow the newest leader.
fn followers(sim: &dyn Simulation) -> impl Iterator<Item = Place> {
    let kernel = sim.kernel();
    let leader = kernel.resolve(Who::Leader);
    let follows = move |&node: &Place| {
        leader.is_some()
            && leader != Some(node)
            && status(sim, node) != Status::Down
            && kernel.standings[kernel.census.slot(node)].follows == leader
    };
    nodes(sim).filter(follows)
}

fn rounded(span: Micros) -> Micros {
    span / MILLISECOND * MILLISECOND
}

/// Since the run began, the present stretch counted in.
fn leaderless(sim: &dyn Simulation) -> Micros {
    let mut measures = sim.kernel().measures.clone();
    measures.advance(sim.now());
    measures.leaderless
}

fn elections(sim: &dyn Simulation) -> u64 {
    let stands = |what: &What| matches!(what, What::Became(standing) if standing.role == Role::Candidate);
    sim.history().events().filter(|event| stands(&event.what)).count() as u64
}

fn answers(sim: &dyn Simulation, kind: &str) -> u64 {
    let fits = |what: &What| match what {
        What::Answered { answer, .. } => kind == answer_id(answer),
        _ => false,
    };
    sim.history().events().filter(|event| fits(&event.what)).count() as u64
}

/// `written`, `read` or `refused`.
pub fn answer_id(answer: &Answer) -> &'static str {
    match answer {
        Answer::Written { .. } => "written",
        Answer::Read { .. } => "read",
        Answer::Refused(_) => "refused",
    }
}

fn told(sim: &dyn Simulation, id: &str) -> u64 {
    let fits = |what: &What| matches!(what, What::Told(tale) if tale.id == id);
    sim.history().events().filter(|event| fits(&event.what)).count() as u64
}

/// Of one kind of the family by its id, or of all its kinds.
fn tally(sim: &dyn Simulation, kind: &str, read: fn(&Tally) -> u64) -> Option<Fact> {
    let kinds = 0..sim.kinds().len() as u8;
    if kind == "all" {
        return number(kinds.map(|kind| read(&sim.kernel().tally_of(kind))).sum());
    }
    let parts = kind.split('+');
    let mut total = 0;
    for part in parts {
        let index = kind_number(sim, part)?;
        total += read(&sim.kernel().tally_of(index));
    }
    number(total)
}

fn kind_number(sim: &dyn Simulation, id: &str) -> Option<u8> {
    (0..=u8::MAX).find(|&number| kind_of(sim, number).is_some_and(|kind| kind.id == id))
}

/// How many messages of this kind are under way.
fn flying(sim: &dyn Simulation, kind: &str) -> u64 {
    use crate::sim::kernel::FlightState;
    let wanted = kind_number(sim, kind);
    let flights = sim.kernel().flights.iter().filter(|flight| flight.state == FlightState::Flying);
    flights.filter(|flight| kind == "all" || Some(flight.message.kind) == wanted).count() as u64
}

// ---- what happened last --------------------------------------------------------------------------------------

/// Of the step taken last: `delivered` (the kind), `from`, `at`, `reason`, `rule`, `timer`, `told`, `answered`.
fn step(sim: &dyn Simulation, what: &str) -> Option<Fact> {
    let history = sim.history();
    let first = history.event(sim.kernel().step_event())?;
    let mut events = (first.id..history.end()).filter_map(|id| history.event(id));
    let fact = match what {
        "at" => place(Some(first.place)),
        "delivered" => match first.what {
            What::Delivered { message } => kind_of(sim, message.kind).map(|kind| Fact::Text(kind.id.into()))?,
            _ => Fact::Nothing,
        },
        "from" => match first.what {
            What::Delivered { message } => place(Some(message.from)),
            _ => Fact::Nothing,
        },
        "timer" => match first.what {
            What::TimerFired { timer } => {
                Fact::Text(sim.timer_names().get(usize::from(timer)).copied().unwrap_or("timer").into())
            }
            _ => Fact::Nothing,
        },
        "rule" => first.rule.map_or(Fact::Nothing, |rule| Fact::Text(rule.to_string())),
        "reason" => first.reason.map_or(Fact::Nothing, |Reason(id)| Fact::Text(id.into())),
        "told" => events
            .find_map(|event| match event.what {
                What::Told(tale) => Some(Fact::Text(tale.id.into())),
                _ => None,
            })
            .unwrap_or(Fact::Nothing),
        "answered" => events
            .find_map(|event| match event.what {
                What::Answered { answer, .. } => Some(Fact::Text(answer_id(&answer).into())),
                _ => None,
            })
            .unwrap_or(Fact::Nothing),
        "number" => events
            .find_map(|event| match event.what {
                What::Told(tale) => Some(Fact::Number(tale.numbers[0])),
                _ => None,
            })
            .unwrap_or(Fact::Nothing),
        _ => return None,
    };
    Some(fact)
}

// ---- the store -----------------------------------------------------------------------------------------------

fn store(sim: &dyn Simulation, what: &str) -> Option<Fact> {
    let store = &sim.kernel().store;
    let damage = &store.damage;
    let last = store.rows.back();
    match what {
        "highest" => reign(store.highest),
        "fencing" => setting(&store.guard, "fencing"),
        "accepted" => number(damage.accepted),
        "refused" => number(damage.refused),
        "corrupted" => number(damage.corrupted),
        "lost_updates" => number(damage.lost_updates),
        "double_runs" => number(damage.double_runs),
        "missed_runs" => number(damage.missed_runs),
        "half_runs" => number(damage.half_runs),
        "diverged" => number(damage.diverged),
        "rows" => number(store.rows.len() as u64),
        "last" => Some(last.map_or(Fact::Nothing, |row| Fact::Text(outcome_id(row.outcome).into()))),
        "last.writer" => Some(place(last.map(|row| row.writer))),
        "last.number" => number(last.map_or(0, |row| row.number)),
        "last.token" => last.map_or(Some(Fact::Nothing), |row| reign(row.token)),
        "last.victim" => Some(place(last.and_then(|row| row.victim).map(|victim| victim.writer))),
        _ => by_writer(sim, what),
    }
}

/// `store.N1.accepted`: how many rows of this writer ended like this.
fn by_writer(sim: &dyn Simulation, what: &str) -> Option<Fact> {
    let (who, outcome) = what.split_once('.')?;
    let writer = named(sim, who)??;
    let fits = |row: &&Row| row.writer == writer && outcome_id(row.outcome) == outcome;
    number(sim.kernel().store.rows.iter().filter(fits).count() as u64)
}

/// As claims spell what became of a write.
pub fn outcome_id(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Repeated => "repeated",
        Outcome::Refused => "refused",
        Outcome::Stale => "stale",
        Outcome::Overwrote => "overwrote",
    }
}

// ---- settings ------------------------------------------------------------------------------------------------

fn setting_of_family(sim: &dyn Simulation, what: &str) -> Option<Fact> {
    let (id, part) = what.split_once('.').unwrap_or((what, ""));
    let field = sim.fields().iter().find(|field| field.id == id)?;
    value(sim.setting(Place::Node(1), field.key), field, part)
}

fn setting<S: Settings>(settings: &S, what: &str) -> Option<Fact> {
    let (id, part) = what.split_once('.').unwrap_or((what, ""));
    let field = S::FIELDS.iter().find(|field| field.id == id)?;
    value(settings.value(field.key), field, part)
}

/// `election_timeout` reads "150 ms to 300 ms", `election_timeout.low` the number of milliseconds.
fn value(value: Value, field: &Field, part: &str) -> Option<Fact> {
    use crate::sim::settings::FieldKind;
    match (value, part) {
        (Value::Switch(on), "") => text(if on { "on" } else { "off" }.into()),
        (Value::Span(time), "") => text(span(time)),
        (Value::Span(time), "ms") => number(time / MILLISECOND),
        (Value::Range(low, high), "") if low == high => text(span(low)),
        (Value::Range(low, high), "") => text(format!("{} to {}", span(low), span(high))),
        (Value::Range(low, _), "low") => text(span(low)),
        (Value::Range(_, high), "high") => text(span(high)),
        (Value::Count(count), "") => number(count),
        (Value::Chance(chance), "") => text(crate::words::numbers::percent(chance)),
        (Value::Choice(choice), "") => match field.kind {
            FieldKind::Choice(choices) => choices.get(usize::from(choice)).map(|id| Fact::Text((*id).into())),
            _ => None,
        },
        _ => None,
    }
}

// ---- one place -----------------------------------------------------------------------------------------------

/// The place that a name stands for now: `N3`, `leader`, `winner` (who took office last), `target` (of the last
/// act), `target2` (of the second). `Some(None)` if the role is vacant.
pub fn named(sim: &dyn Simulation, name: &str) -> Option<Option<Place>> {
    let kernel = sim.kernel();
    let census: Census = kernel.census;
    let nth = |prefix: &str| name.strip_prefix(prefix)?.parse::<usize>().ok()?.checked_sub(1);
    let found = match name {
        "leader" => kernel.resolve(Who::Leader),
        "old_leader" => kernel.resolve(Who::OldLeader),
        "candidate" => kernel.resolve(Who::Candidate),
        "follower" => kernel.resolve(Who::Follower),
        "followed" => kernel.resolve(Who::Followed),
        "winner" => kernel.measures.tenures.last().map(|tenure| tenure.place),
        "target" => sim.history().acts.iter().rev().find_map(|act| act.target),
        "highest" => nodes(sim).filter(|&node| status(sim, node) != Status::Down).max(),
        "impatient" => impatient(sim),
        _ => {
            if let Some(index) = nth("winner") {
                kernel.measures.tenures.get(index).map(|tenure| tenure.place)
            } else if let Some(index) = nth("target") {
                sim.history().acts.get(index).and_then(|act| act.target)
            } else {
                let place = crate::scenarios::who::parse_place(name)?;
                Some(place).filter(|&place| census.contains(place))
            }
        }
    };
    Some(found)
}

/// The running node whose ring runs out first.
pub fn impatient(sim: &dyn Simulation) -> Option<Place> {
    let waiting = nodes(sim).filter(|&node| status(sim, node) == Status::Up);
    let rings = waiting.filter_map(|node| sim.inspect(node).ring.map(|ring| (ring.due_at, node)));
    rings.filter(|&(due, _)| due >= sim.now()).min().map(|(_, node)| node)
}

fn of_place(sim: &dyn Simulation, name: &str, what: &str) -> Option<Fact> {
    let found = named(sim, name)?;
    if what.is_empty() {
        return Some(place(found));
    }
    let Some(at) = found else { return Some(Fact::Nothing) };
    let kernel = sim.kernel();
    if at == Place::Store {
        return None;
    }
    let page = sim.inspect(at);
    let up = status(sim, at) != Status::Down;
    match what {
        "status" => text(verdicts::status_id(status(sim, at)).into()),
        "role" if !up => text("down".into()),
        "role" => text(verdicts::role_id(page.standing.role).into()),
        "title" => text(page.standing.title.into()),
        "follows" => Some(place(page.standing.follows.filter(|_| up))),
        "reign" => reign(page.standing.reign),
        "token" => reign(page.standing.token),
        "votes" => number(seats(&page, Seat::Taken)),
        "refusals" => number(seats(&page, Seat::Refused)),
        "needed" => Some(page.bench.as_ref().map_or(Fact::Nothing, |bench| Fact::Number(u64::from(bench.needed)))),
        "voted_for" => Some(place(page.slip.filter(|slip| slip.binding).map(|slip| slip.to))),
        "patience" => Some(match page.ring {
            Some(ring) => Fact::Text(span(rounded(ring.due_at.saturating_sub(sim.now())))),
            None => Fact::Nothing,
        }),
        "drift" => text(kernel.drift(kernel.census.slot(at)).to_string()),
        "strip" => text(page.strip.iter().map(|cell| cell.number.to_string()).collect::<Vec<_>>().join(" ")),
        "strip.length" => number(page.strip_start.saturating_sub(1) + page.strip.len() as u64),
        "zombie" => text(span(rounded(kernel.measures.zombie(at, sim.now())))),
        _ => row(&page, what),
    }
}

fn seats(page: &Inspection, wanted: Seat) -> u64 {
    page.bench.as_ref().map_or(0, |bench| bench.seats.iter().filter(|(_, seat)| *seat == wanted).count() as u64)
}

/// `log` is the list, `log.length` and `log.last` what they say.
fn row(page: &Inspection, what: &str) -> Option<Fact> {
    let (id, part) = what.split_once('.').unwrap_or((what, ""));
    let shown = &page.rows.iter().chain(&page.card).find(|row| row.id == id)?.value;
    match (shown, part) {
        (Shown::Number(value), "") => number(*value),
        (Shown::Numbers(values), "") => text(values.iter().map(u64::to_string).collect::<Vec<_>>().join(" ")),
        (Shown::Numbers(values), "length") => number(values.len() as u64),
        (Shown::Numbers(values), "last") => Some(values.last().map_or(Fact::Nothing, |&last| Fact::Number(last))),
        (Shown::Place(at), "") => Some(place(Some(*at))),
        (Shown::Places(places), "") => list(places.iter().copied()),
        (Shown::Places(places), "length") => number(places.len() as u64),
        (Shown::Reign(value), "") => reign(Some(*value)),
        (Shown::Flag(on), "") => text(if *on { "yes" } else { "no" }.into()),
        (Shown::Id(id), "") => text((*id).into()),
        (Shown::Text(shown), "") => text(shown.clone()),
        (Shown::Nothing, _) => Some(Fact::Nothing),
        _ => None,
    }
}

/// The braces of a caption filled in. `earlier` answers `was.`, the facts of the moment before.
///
/// # Errors
/// The first brace for which the run has no value.
pub fn filled(
    template: &str,
    sim: &dyn Simulation,
    words: &Words,
    earlier: &[(String, Fact)],
) -> Result<String, String> {
    let missing = std::cell::RefCell::new(None::<String>);
    let out = crate::words::lookup::fill(template, |key| {
        let fact = match key.strip_prefix("was.") {
            Some(path) => earlier.iter().find(|(known, _)| known == path).map(|(_, fact)| fact.clone()),
            None => lookup(sim, key),
        };
        if fact.is_none() {
            missing.borrow_mut().get_or_insert_with(|| key.to_owned());
        }
        fact.map(|fact| said(key, &fact, words))
    });
    match missing.into_inner() {
        Some(key) => Err(format!("the run has no value for {{{key}}}")),
        None => Ok(out),
    }
}

/// Reasons and kinds have words of their own.
fn said(key: &str, fact: &Fact, words: &Words) -> String {
    match (key, fact) {
        ("step.reason", Fact::Text(id)) => words.name("reason", id),
        ("step.delivered", Fact::Text(id)) => words.name("message", id),
        (_, Fact::Text(id)) if id.contains('_') && !id.contains(' ') && !key.ends_with("znode") => plain(id),
        _ => fact.shown(),
    }
}

/// The facts of this moment that the next caption looks back on.
pub fn looked_back_on(template: &str, sim: &dyn Simulation) -> Vec<(String, Fact)> {
    let pieces = template.split('{').skip(1).filter_map(|piece| piece.split('}').next());
    let paths = pieces.filter_map(|key| key.strip_prefix("was."));
    paths.filter_map(|path| lookup(sim, path).map(|fact| (path.to_owned(), fact))).collect()
}
