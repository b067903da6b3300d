//! Who may use whom: reads the `use` lines and the paths of every source file.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "it reads the source")]

use std::fs;
use std::path::{Path, PathBuf};

/// From left to right: a folder uses only folders before it (and itself).
const ROOMS: &[&str] =
    &["sim", "protocols", "scenarios", "playback", "lab", "words", "picture", "share", "lessons", "ui", "cli"];

/// Only the browser app names the browser.
const BROWSER: &[&str] = &["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo_timers", "plotters"];

fn sources(under: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(under) else { return found };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Code without comments.
fn code(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("readable source");
    text.lines().map(|line| line.split("//").next().unwrap_or("").to_string()).collect()
}

fn room_of(path: &Path) -> Option<usize> {
    let inside = path.strip_prefix("src").ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    let name = first.strip_suffix(".rs").unwrap_or(first);
    ROOMS.iter().position(|&room| room == name)
}

#[test]
fn a_room_uses_only_rooms_to_its_left() {
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let Some(room) = room_of(&path) else { continue };
        for (number, line) in code(&path).iter().enumerate() {
            for (other, name) in ROOMS.iter().enumerate() {
                let allowed = other <= room;
                let named = line.contains(&format!("crate::{name}::")) || line.contains(&format!("conclave::{name}::"));
                if named && !allowed && ROOMS[room] != "cli" {
                    wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "these reach to the right:\n{}", wrong.join("\n"));
}

#[test]
fn no_protocol_names_another() {
    let mut wrong = Vec::new();
    for path in sources(Path::new("src/protocols")) {
        let Some(family) = path.components().nth(2).and_then(|part| part.as_os_str().to_str()) else { continue };
        for line in code(&path) {
            if let Some(after) = line.split("protocols::").nth(1)
                && !after.starts_with(family)
                && family != "mod.rs"
            {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "one algorithm names another:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_browser_app_names_the_browser() {
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let in_app = path.starts_with("src/ui") || path == Path::new("src/main.rs");
        if in_app {
            continue;
        }
        for (number, line) in code(&path).iter().enumerate() {
            if BROWSER.iter().any(|name| line.contains(&format!("{name}::"))) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "browser code outside the app:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_session_touches_the_player() {
    let wrong: Vec<String> = sources(Path::new("src/ui"))
        .into_iter()
        .filter(|path| !path.starts_with("src/ui/session") && path != Path::new("src/ui/session.rs"))
        .filter(|path| code(path).iter().any(|line| line.contains("Player")))
        .map(|path| path.display().to_string())
        .collect();
    assert!(wrong.is_empty(), "the player is named outside the session: {wrong:?}");
}

#[test]
fn the_engine_has_no_floats_clocks_or_hash_maps() {
    let rooms = ["sim", "protocols", "scenarios", "playback"];
    let forbidden = ["f32", "f64", "HashMap", "HashSet", "Instant::now", "SystemTime", "std::env", "std::fs"];
    let mut wrong = Vec::new();
    for path in rooms.iter().flat_map(|room| sources(&Path::new("src").join(room))) {
        for (number, line) in code(&path).iter().enumerate() {
            let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').collect();
            if words.iter().any(|word| forbidden.iter().any(|bad| word.ends_with(bad) && !word.ends_with("_f64"))) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "not deterministic:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_contents_pages_hold_no_logic() {
    let mut wrong = Vec::new();
    for path in sources(Path::new("src")) {
        let text = fs::read_to_string(&path).expect("readable source");
        if !text.starts_with("//!") {
            wrong.push(format!("{}: the first line does not say what it is", path.display()));
        }
        if path.ends_with("mod.rs") && text.contains("fn ") {
            wrong.push(format!("{}: a contents page holds logic", path.display()));
        }
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
        if ["utils", "common_utils", "helpers", "types", "misc"].contains(&name) {
            wrong.push(format!("{}: a name for the rest", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
