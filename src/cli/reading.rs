//! Reading what the command line is given, and saying what is wrong with it.

use std::io::{self, Read};
use std::process::ExitCode;

/// The document, or the arguments, cannot be used.
pub const BAD_INPUT: u8 = 2;

/// A file, or standard input for `-`.
pub fn read(file: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let outcome = match file {
        "-" => io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
        file => std::fs::read(file).map(|read| bytes = read),
    };
    outcome.map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..good].iter().filter(|&&byte| byte == b'\n').count();
        format!("is not UTF-8 text (line {line})")
    })
}

/// One line per problem.
pub fn refuse(problems: &[impl std::fmt::Display]) -> ExitCode {
    for problem in problems {
        eprintln!("{problem}");
    }
    ExitCode::from(BAD_INPUT)
}
