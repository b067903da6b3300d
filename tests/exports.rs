//! Exported pictures: the same bytes every time, nothing in them that acts, and what they show is what the run shows.
#![cfg(feature = "cli")]
#![allow(clippy::disallowed_methods, reason = "runs the command line and reads golden files")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn cli(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_conclave-cli")).args(arguments).output().expect("the command line starts")
}

fn drawn(arguments: &[&str]) -> String {
    let output = cli(&[&["export"], arguments].concat());
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

const LINK: &str = "https://conclave.example/#/play/raft?scene=raft-stale-leader";
const STALE: [&str; 4] = ["raft-stale-leader", "--link", LINK, "--from=1200ms"];

fn picture(kind: &str) -> String {
    match kind {
        "--svg" => drawn(&["raft-stale-leader", "--svg", "--at", "2s", "--link", LINK]),
        _ => drawn(&[&STALE[..], &["--to=1310ms", kind]].concat()),
    }
}

const KINDS: [(&str, &str); 6] = [
    ("--svg", "stale_leader.svg"),
    ("--animated-svg", "stale_leader_animated.svg"),
    ("--sequence", "stale_leader_sequence.svg"),
    ("--space-time", "stale_leader_space_time.svg"),
    ("--transcript", "stale_leader.txt"),
    ("--mermaid", "stale_leader.mmd"),
];

/// Without the colours and strokes, which follow the page's style sheet.
fn unstyled(text: &str) -> String {
    let mut in_style = false;
    let kept = text.lines().filter(|line| {
        in_style = in_style && *line != "</style>" || *line == "<style>";
        !in_style || line.starts_with("@keyframes")
    });
    kept.collect::<Vec<_>>().join("\n") + "\n"
}

/// With GOLDEN=write in the environment the files are written anew.
#[test]
fn every_picture_is_the_golden_one_to_the_byte() {
    for (kind, file) in KINDS {
        let path = Path::new("tests/golden/exports").join(file);
        let text = picture(kind);
        assert_eq!(text, picture(kind), "{kind} twice");
        let text = unstyled(&text);
        if std::env::var("GOLDEN").is_ok_and(|value| value == "write") {
            fs::create_dir_all("tests/golden/exports").expect("a folder");
            fs::write(&path, &text).expect("written");
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        let differs = text.lines().zip(golden.lines()).position(|(new, old)| new != old);
        assert!(text == golden, "{kind} differs from {} in line {:?}", path.display(), differs.map(|line| line + 1));
    }
}

#[test]
fn every_picture_says_where_it_comes_from() {
    for (kind, _) in KINDS {
        let text = picture(kind);
        assert!(text.contains("Conclave, raft, seed 1"), "{kind}");
        let link = if kind == "--mermaid" { LINK.replace('#', "#35;") } else { LINK.to_owned() };
        assert!(text.contains(&link), "{kind}");
    }
}

#[test]
fn nothing_in_a_picture_acts_or_comes_from_elsewhere() {
    for (kind, _) in KINDS {
        let text = picture(kind).to_lowercase();
        for bad in
            ["<script", "javascript:", "onload", "onclick", "<foreignobject", "@import", "url(http", "href=\"data"]
        {
            assert!(!text.contains(bad), "{kind}: {bad}");
        }
        for address in text.split("http").skip(1) {
            let known = ["s://conclave.example/", "://www.w3.org/2000/svg"];
            assert!(known.iter().any(|start| address.starts_with(start)), "{kind}: http{}", &address[..30]);
        }
    }
}

/// Every tag closed, every attribute quoted, no letter that XML forbids.
fn assert_well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>') || open.last() == Some(&"style"), "a bare >: {}", &rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split([' ', '\n']).next().expect("a name"));
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn pictures_are_well_formed_whatever_a_document_says() {
    let file = std::env::temp_dir().join(format!("conclave-exports-{}.json", std::process::id()));
    let document = r#"{ "title": "</svg><script>alert(1)</script>", "algorithm": "raft", "nodes": 7, "seed": 4127,
        "work": { "job": "database" }, "script": [ { "when": "leader", "request": "<b>&\"x'" }, { "at": "2s", "cut": { "from": 1, "to": 3, "one_way": true } } ] }"#;
    fs::write(&file, document).expect("written");
    let file_name = file.to_str().expect("a path");
    for kind in ["--svg", "--sequence", "--animated-svg"] {
        let link = "https://a.example/\"onload=\"alert(1)";
        let spans: &[&str] = if kind == "--svg" { &["--at=3s"] } else { &["--from=2s", "--to=2.1s"] };
        let svg = drawn(&[&[file_name, kind, "--link", link], spans].concat());
        assert_well_formed(&svg);
        assert!(!svg.contains("<script") && !svg.contains("a.example"), "{kind}");
        assert!(svg.contains("seed 4127"), "{kind}");
    }
    // Without a link of its own a document becomes one, which can be drawn again.
    let svg = drawn(&[file_name, "--svg", "--at=3s", "--base", "https://conclave.example/"]);
    let link = svg.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
    assert!(link.starts_with("https://conclave.example/#/play/raft?s=1."), "{link}");
    assert_eq!(drawn(&[link, "--svg", "--at=3s"]), svg);
    fs::remove_file(file).expect("removed");
}

#[test]
fn all_families_can_be_drawn() {
    for (family, words) in [("bully", "Bully"), ("paxos", "Paxos"), ("zab", "Zab"), ("zookeeper", "ZooKeeper")] {
        let address = format!("#/play/{family}?n=5&seed=3");
        let known = cli(&["export", "--svg", &address]);
        if !known.status.success() {
            let said = String::from_utf8_lossy(&known.stderr).into_owned();
            assert!(said.contains("is not known"), "{family}: {said}");
            continue;
        }
        let svg = String::from_utf8(known.stdout).expect("text");
        assert_well_formed(&svg);
        assert!(svg.contains(words), "{family}");
        for kind in ["--animated-svg", "--sequence"] {
            assert_well_formed(&drawn(&[&address, kind, "--to=600ms", "--from=300ms"]));
        }
    }
}

#[test]
fn a_moving_picture_stands_still_for_whoever_wants_that() {
    let svg = picture("--animated-svg");
    let style = &svg[svg.find("<style>").expect("style")..svg.find("</style>").expect("style")];
    let moving = style.find("animation-duration").expect("it moves");
    let asked = style.find("@media (prefers-reduced-motion:no-preference)").expect("a question");
    assert!(asked < moving, "motion only for those who want it");
    assert_eq!(style.matches("animation-duration").count(), 1);
    assert!(!svg.contains("<animate"), "motion that no style sheet can stop");
    // Standing still it shows the end of the stretch: the new leader, not the old state.
    let still: Vec<&str> = svg.lines().filter(|line| !line.contains("visibility=\"hidden\"")).collect();
    let still = still.join("\n");
    assert!(still.contains("Two leaders: N1 and N5") && !still.contains(">N1 leads term 1<"));
}

#[test]
fn the_diagram_says_what_happened_and_what_it_leaves_out() {
    let text = picture("--mermaid");
    assert!(text.contains("N5->>N3: vote request (term 2)"));
    assert!(text.contains("Note over N5: 1\u{202f}251 ms: N5 is now candidate in term 2."));
    assert!(text.contains("N5--xN1: vote request (term 2), lost: the link is cut"));
    assert!(text.contains("left out"));
    assert!(!text.contains("heartbeat"));
    let candidate = text.find("is now candidate").expect("candidate");
    assert!(candidate < text.find("vote request").expect("request"), "first what it becomes, then what it sends");
}

#[test]
fn a_theme_is_kept_and_mistakes_are_told() {
    let dark = drawn(&["raft-stale-leader", "--svg", "--theme", "dark"]);
    assert!(!dark.contains("prefers-color-scheme") && dark.contains("#161C24"));
    assert!(picture("--svg").contains("@media (prefers-color-scheme:dark)"));
    for (arguments, said) in [
        (&["export", "--svg", "no-such-story"][..], "no such file"),
        (&["export", "--sequence", "raft-split-vote", "--from=2s", "--to=1s"], "must end after it begins"),
        (&["export", "--sequence", "raft-split-vote", "--from=0s", "--to=1min"], "Choose a shorter one"),
        (&["export", "--svg", "#/play/craft"], "algorithm=craft is not known"),
        (&["export", "raft-split-vote"], "required"),
        (&["export", "--svg", "--mermaid", "raft-split-vote"], "cannot be used with"),
    ] {
        let output = cli(arguments);
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text.contains(said), "{arguments:?}: {text}");
    }
}

#[test]
fn a_link_is_drawn_at_its_own_moment_in_every_form() {
    let at = |link: &str| {
        let svg = drawn(&[link, "--svg"]);
        svg.split_once(", at ").and_then(|(_, rest)| rest.split_once(" ms")).expect("a moment").0.to_owned()
    };
    assert_eq!(at("#/play/raft?scene=raft-stale-leader&t=2s"), "2\u{202f}000");
    assert_eq!(at("#/play/raft?scene=raft-stale-leader&t=1307.5ms"), "1\u{202f}307");
    assert_ne!(at("#/play/raft?scene=raft-stale-leader&t=e73"), at("#/play/raft?scene=raft-stale-leader&t=e20"));
    let payload = address_of_a_document();
    assert_eq!(at(&format!("{payload}&t=1500")), "1\u{202f}500", "what the address says comes before its payload");
    let output = cli(&["export", "#/play/raft?t=soon", "--svg"]);
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("t=soon is not known"));
}

/// A run as an address with all of it.
fn address_of_a_document() -> String {
    let file = std::env::temp_dir().join(format!("conclave-link-{}.json", std::process::id()));
    fs::write(&file, r#"{ "algorithm": "raft", "nodes": 5, "seed": 1 }"#).expect("written");
    let svg = drawn(&[file.to_str().expect("a path"), "--svg", "--at=1s"]);
    let start = svg.find("#/play/raft?s=").expect("its address");
    svg[start..].split(['"', '<', ' ']).next().expect("an end").to_owned()
}

#[test]
fn a_short_address_runs_what_the_page_runs() {
    let with = |more: &str| drawn(&[&format!("#/play/raft?n=5&seed=3&timing=wide{more}&t=2s"), "--svg"]);
    assert!(with("&job=database").contains("highest"), "the store is drawn");
    assert_ne!(with("&job=database"), with(""));
}
