//! Measured times of real clusters, drawn beside the simulation.

use super::library::fetch_text;
use crate::lab::show::{ReferencePoints, Show};

/// Sorted times of each reference that was measured, by its place in the list of references; empty for the others.
pub async fn fetch_measured(show: &Show) -> Result<Vec<Vec<u64>>, String> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut all = Vec::new();
    for reference in &show.references {
        let ReferencePoints::Measured { file, run, column } = &reference.points else {
            all.push(Vec::new());
            continue;
        };
        let known = files.iter().position(|(name, _)| name == file);
        let index = match known {
            Some(index) => index,
            None => {
                files.push((file.clone(), fetch_text(&format!("measured/{file}")).await?));
                files.len() - 1
            }
        };
        all.push(times_of(&files[index].1, run, column));
    }
    Ok(all)
}

fn times_of(text: &str, run: &str, column: &str) -> Vec<u64> {
    let mut lines = text.lines();
    let Some(place) = lines.next().and_then(|head| head.split(',').position(|name| name == column)) else {
        return Vec::new();
    };
    let rows = lines.filter(|line| line.split(',').next() == Some(run));
    let mut times: Vec<u64> = rows.filter_map(|line| line.split(',').nth(place)?.parse().ok()).collect();
    times.sort_unstable();
    times
}
