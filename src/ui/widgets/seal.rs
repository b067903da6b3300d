//! The wax of a reign: six waxes take turns, the number is always printed.

use crate::sim::reign::Reign;

/// The class that gives a reign its colour.
pub fn wax(reign: Option<Reign>) -> &'static str {
    const WAXES: [&str; 6] = ["r6", "r1", "r2", "r3", "r4", "r5"];
    match reign {
        Some(reign) => WAXES[(reign.number % 6) as usize],
        None => "rn",
    }
}

/// The name of the token that holds this colour.
pub fn wax_token(reign: Option<Reign>) -> &'static str {
    const TOKENS: [&str; 6] = ["--reign-6", "--reign-1", "--reign-2", "--reign-3", "--reign-4", "--reign-5"];
    match reign {
        Some(reign) => TOKENS[(reign.number % 6) as usize],
        None => "--ink-3",
    }
}
