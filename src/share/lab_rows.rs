//! What the lab read off, as rows of comma-separated values: one row per seed and case. Rows of one seed stand
//! together and seeds follow one another, so files of ranges of seeds can be put one behind the other.

use crate::lab::experiment::Experiment;
use crate::lab::metric::{CENSORED, NEVER_BEGAN, Unit};
use crate::lab::samples::Samples;
use crate::share::document::Problem;
use std::fmt::Write;

/// What stands in place of a reading.
const LATE: &str = "none";
const NEVER: &str = "never_began";

/// `seed,series,point,new_leader_us`, without the line break.
pub fn header(experiment: &Experiment) -> String {
    let mut line = String::from("seed,series,point");
    for metric in &experiment.metrics {
        let unit = if metric.unit() == Unit::Time { "_us" } else { "" };
        let _ = write!(line, ",{}{unit}", metric.id());
    }
    line
}

/// The rows of one seed, each with its line break.
pub fn write_seed(experiment: &Experiment, samples: &Samples, seed: u64, out: &mut String) {
    let Some(index) = seed.checked_sub(samples.first_seed) else { return };
    for (number, case) in experiment.cases.iter().enumerate() {
        let (series, point) = (&experiment.series[case.series].name, &experiment.points[case.point].name);
        let _ = write!(out, "{seed},{},{}", quoted(series), quoted(point));
        for metric in 0..experiment.metrics.len() {
            match samples.readings(number, metric).get(index as usize) {
                Some(&CENSORED) => {
                    let _ = write!(out, ",{LATE}");
                }
                Some(&NEVER_BEGAN) => {
                    let _ = write!(out, ",{NEVER}");
                }
                Some(reading) => {
                    let _ = write!(out, ",{reading}");
                }
                None => out.push(','),
            }
        }
        out.push('\n');
    }
}

/// A field that may hold anything.
pub fn quoted(text: &str) -> String {
    let is_plain = !text.contains(['"', ',', '\n', '\r']);
    if is_plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

/// Reads rows back, of one file or of several one behind the other; repeated headers are skipped.
///
/// # Errors
/// A line is not a row of this experiment, or does not follow the one before it.
pub fn read_rows(experiment: &Experiment, text: &str) -> Result<Samples, Problem> {
    let header = header(experiment);
    let cases = experiment.cases.len();
    let mut samples: Option<Samples> = None;
    let mut rows = 0;
    for (index, line) in text.lines().enumerate() {
        let wrong = |message: String| Problem { line: index as u32 + 1, path: String::new(), message };
        let line = line.trim_end_matches('\r');
        if line.is_empty() || line == header {
            continue;
        }
        let fields = split(line);
        let seed: Option<u64> = fields.first().and_then(|seed| seed.parse().ok());
        let (Some(seed), true) = (seed, fields.len() == 3 + experiment.metrics.len()) else {
            return Err(wrong(format!("is no row of this experiment; rows have {header}")));
        };
        let samples = samples.get_or_insert_with(|| Samples::empty(experiment, seed));
        let (case, due) = (rows % cases, samples.first_seed + (rows / cases) as u64);
        let (series, point) = (experiment.cases[case].series, experiment.cases[case].point);
        let named = [experiment.series[series].name.as_str(), experiment.points[point].name.as_str()];
        if seed != due || fields[1..3] != named {
            return Err(wrong(format!("seed {due}, {} should stand here", experiment.case_name(case))));
        }
        let mut readings = Vec::with_capacity(experiment.metrics.len());
        for field in &fields[3..] {
            readings.push(match field.as_str() {
                LATE => CENSORED,
                NEVER => NEVER_BEGAN,
                digits => digits.parse().map_err(|_| wrong(format!("\"{digits}\" is no reading")))?,
            });
        }
        samples.push(case, &readings);
        rows += 1;
    }
    let last = text.lines().count() as u32;
    match samples {
        Some(samples) if rows.is_multiple_of(cases) => Ok(samples),
        Some(_) => Err(Problem { line: last, path: String::new(), message: "the last seed is not complete".into() }),
        None => Err(Problem { line: 1, path: String::new(), message: "there are no rows".into() }),
    }
}

/// The fields of a row; a quoted one may hold commas.
fn split(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = fields.len() - 1;
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                fields[last].push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            letter => fields[last].push(letter),
        }
    }
    fields
}
