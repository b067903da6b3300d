//! A run of the lab, opened in Play: the address names the experiment and which run of it.

use super::address::{self, RunName};
use super::bench::prepare;
use crate::playback::arrival::Arrival;
use crate::playback::recording::Recording;
use crate::scenarios::script::Trigger;
use crate::sim::time::{MILLISECOND, Micros};
use crate::ui::session::Session;
use crate::words::en::lab_page as say;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// So long before the moment that is measured from, the run stands still.
const BEFORE: Micros = 50 * MILLISECOND;

/// Opens the run that the address names, if it names one; complains on the page if there is none.
pub fn follow(session: Session) {
    let hash = window().location().hash().unwrap_or_default();
    let Some((_, query)) = hash.split_once('?') else { return };
    let value = |wanted: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.filter(|&(key, _)| key == wanted).map(|(_, value)| address::decoded(value)).next()
    };
    let Some(experiment) = value("lab") else { return };
    let number = |name: &str| value(name).and_then(|text| text.parse::<u64>().ok());
    let (Some(case), Some(seed)) = (number("case"), number("run")) else {
        session.remark(say::NO_RUN_NAMED.into());
        return;
    };
    let run = RunName { case: case as usize, seed };
    let address = address::parse(&experiment, query);
    session.pause();
    spawn_local(async move {
        let outcome = match prepare(&address).await {
            Ok(loaded) => match loaded.experiment.cases.get(run.case) {
                Some(case) => {
                    let mut scenario = case.scenario.clone();
                    scenario.seed = run.seed;
                    let name = loaded.experiment.case_name(run.case);
                    scenario.title = say::title_of_run(&loaded.experiment.title, &name, run.seed);
                    open(session, Recording::new(scenario))
                }
                None => Err(say::NO_SUCH_CASE.to_owned()),
            },
            Err(problems) => Err(problems.first().cloned().unwrap_or_default()),
        };
        if let Err(message) = outcome {
            session.remark(message);
        }
    });
}

fn open(session: Session, recording: Recording) -> Result<(), String> {
    let at = recording.scenario.script.iter().filter_map(|entry| match entry.trigger {
        Trigger::At(low, _) => Some(low),
        _ => None,
    });
    let at = at.max().unwrap_or(0).saturating_sub(BEFORE);
    session.open_recording(recording, Arrival::At(at)).map(|_| ()).map_err(|error| error.to_string())
}
