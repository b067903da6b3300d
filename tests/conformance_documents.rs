//! Black-box cases of Zab and of the recipe as documents, the way `conclave-cli run` plays them: what its summary says.

use conclave::playback::director::Director;
use conclave::playback::runner;
use conclave::share::document::read_document;
use conclave::share::json::reader::{self, Json, Value};
use conclave::share::json::writer::Writer;
use conclave::share::summary::write_summary;
use conclave::sim::time::{MILLISECOND, Micros};

/// The summary of a document at this moment.
struct Summary(Json);

fn play(document: &str, until_ms: Micros) -> Summary {
    let recording = read_document(document).unwrap_or_else(|problems| panic!("{document}\n{problems:?}"));
    let mut world = recording.scenario.open().expect("opens");
    let until = until_ms * MILLISECOND;
    runner::run(world.as_mut(), &mut Director::new(&recording), &recording.interventions, until, |_| true);
    let mut writer = Writer::new();
    write_summary(world.as_ref(), recording.scenario.algorithm, 0, &mut writer);
    Summary(reader::read(&writer.finish()).expect("the summary is JSON"))
}

impl Summary {
    /// What stands at a path such as `nodes.0.role`, as text; what is not there is nothing.
    fn at(&self, path: &str) -> String {
        let mut here = Some(&self.0);
        for name in path.split('.') {
            here = here.and_then(|json| match &json.value {
                Value::List(items) => name.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => json.member(name).map(|member| &member.json),
            });
        }
        here.map_or_else(String::new, text)
    }

    /// How often a message of this kind was sent.
    fn sent(&self, kind: &str) -> u64 {
        self.at(&format!("messages.{kind}.sent")).parse().unwrap_or(0)
    }

    /// The nodes with this role, by number.
    fn with_role(&self, role: &str) -> Vec<u64> {
        let roles = (0..25).map(|index| (index + 1, self.at(&format!("nodes.{index}.role"))));
        roles.filter(|(_, its)| its == role).map(|(number, _)| number).collect()
    }

    /// All who led, in the order in which they began.
    fn reigned(&self) -> Vec<u64> {
        (0..40).map_while(|index| self.at(&format!("leaders.{index}.node")).parse().ok()).collect()
    }

    fn node(&self, number: u64, fact: &str) -> String {
        self.at(&format!("nodes.{}.{fact}", number - 1))
    }

    fn keeps_its_promises(&self) -> &Summary {
        assert_eq!(self.at("broken"), "");
        self
    }
}

fn text(json: &Json) -> String {
    match &json.value {
        Value::Null => "null".into(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(text) | Value::Text(text) => text.clone(),
        Value::List(items) => items.iter().map(text).collect::<Vec<String>>().join(" "),
        Value::Map(members) => members.iter().map(|member| text(&member.json)).collect::<Vec<String>>().join(" "),
    }
}

/// Zab with these fields besides the family; the names of ZooKeeper's own configuration.
fn zab(fields: &str, until_ms: Micros) -> Summary {
    play(&format!("{{ \"algorithm\": \"zab\", {fields} }}"), until_ms)
}

fn recipe(fields: &str, until_ms: Micros) -> Summary {
    play(&format!("{{ \"algorithm\": \"zookeeper\", {fields} }}"), until_ms)
}

// ---- Zab: who wins -------------------------------------------------------------------------------------------

#[test]
fn votes_are_ordered_by_epoch_then_history_then_server() {
    // CZ-01: each better vote in a cluster of its own.
    for (initial, winner) in [
        (r#""3": { "current_epoch": 2 }"#, 3),
        (r#""1": { "current_epoch": 1 }"#, 1),
        (
            r#""1": { "zxid": [1, 1] }, "2": { "current_epoch": 1 }, "3": { "current_epoch": 1 }, "4": { "current_epoch": 1 }"#,
            1,
        ),
        (
            r#""1": { "zxid": [1, 1] }, "2": { "zxid": [1, 1] }, "3": { "current_epoch": 1 }, "4": { "current_epoch": 1 }"#,
            2,
        ),
    ] {
        let run = zab(&format!(r#""nodes": 4, "initial": {{ {initial} }}"#), 3_000);
        assert_eq!(run.keeps_its_promises().with_role("leader"), [winner], "{initial}");
    }
    // CZ-37.
    let zxids = |epochs: [u64; 3]| {
        let [one, two, three] = epochs;
        let initial = format!(
            r#""1": {{ "zxid": [1, 5], "current_epoch": {one} }}, "2": {{ "zxid": [1, 4], "current_epoch": {two} }},
            "3": {{ "zxid": [1, 3], "current_epoch": {three} }}"#
        );
        zab(&format!(r#""nodes": 3, "initial": {{ {initial} }}"#), 3_000).with_role("leader")
    };
    assert_eq!(zxids([1, 1, 1]), [1]);
    assert_eq!(zxids([1, 2, 2]), [2]);
}

#[test]
fn lookers_agree_and_servers_of_two_formats_do_too() {
    // CZ-04: five equal votes for the same server.
    let run = zab(r#""nodes": 5, "initial": { "5": { "zxid": [1, 1] } }"#, 3_000);
    assert_eq!((run.with_role("leader"), run.node(5, "vote_zxid")), (vec![5], "(1,1)".into()));
    // CZ-03, CZ-06: half of those that settled speak the old format; who comes late joins them in their round.
    let run = zab(
        r#""nodes": 5, "initial": { "1": { "old_format": true }, "2": { "old_format": true },
            "3": { "zxid": [15, 1] }, "4": { "zxid": [15, 1] }, "5": { "zxid": [15, 2], "old_format": true } },
        "script": [ { "when": "elected", "pause": 3 }, { "after": "1s", "crash": 3 }, { "after": "500ms", "restart": 3 } ]"#,
        5_000,
    );
    assert_eq!((run.with_role("leader"), run.node(3, "follows")), (vec![5], "5".into()));
    run.keeps_its_promises();
}

#[test]
fn rounds_are_caught_up_with_and_comers_disturb_nobody() {
    // CZ-09.
    let run = zab(
        r#""nodes": 3, "settings": { "preset": "zookeeper" }, "initial": { "1": { "down": true } },
        "script": [ { "when": "elected", "crash": 3 }, { "after": "500ms", "restart": 1 } ]"#,
        10_000,
    );
    assert_eq!((run.with_role("leader"), run.node(1, "round")), (vec![2], "2".into()));
    // CZ-10.
    let run = zab(
        r#""nodes": 3, "settings": { "preset": "zookeeper" },
        "script": [ { "when": "elected", "crash": 1 }, { "after": "1s", "restart": 1 } ]"#,
        10_000,
    );
    assert_eq!((run.reigned(), run.node(1, "phase"), run.node(1, "round")), (vec![3], "broadcast".into(), "1".into()));
}

#[test]
fn weights_and_repeated_elections() {
    // CZ-11.
    let run = zab(r#""nodes": 9, "settings": { "weighted": 3 }"#, 5_000);
    assert!(run.with_role("leader")[0] <= 3);
    // CZ-12.
    let run = zab(
        r#""nodes": 7, "script": [ { "when": "elected", "crash": "leader" }, { "when": "elected", "crash": "leader" },
            { "when": "elected", "crash": "leader" } ]"#,
        6_000,
    );
    assert_eq!(run.reigned(), [7, 6, 5, 4]);
    assert!((1..=3).all(|node| run.node(node, "follows") == "4"));
}

// ---- Zab: discovery ------------------------------------------------------------------------------------------

#[test]
fn the_new_epoch_is_one_above_every_promise() {
    // CZ-16 and CZ-19: five promised by the leader and six by the follower; nothing by the leader and twenty.
    for (follower, leader, epoch) in [(6, 5, "7"), (20, 0, "21")] {
        let run = zab(
            &format!(
                r#""nodes": 3, "initial": {{ "1": {{ "accepted_epoch": {follower} }}, "2": {{ "accepted_epoch": {leader} }},
                "3": {{ "down": true }} }}"#
            ),
            3_000,
        );
        assert_eq!((run.with_role("leader"), run.node(1, "epoch")), (vec![2], epoch.into()));
        assert_eq!(run.node(2, "accepted_epoch"), epoch);
    }
}

#[test]
fn acknowledgements_of_others_do_not_stand_in_for_the_leaders_own_promise() {
    // CZ-17: while the leader's disk is busy with its promise, nobody reigns.
    let slow = r#""nodes": 3, "wires": { "disk": "1s" }"#;
    let early = zab(slow, 1_100);
    assert_eq!((early.with_role("leader"), early.sent("ack_epoch")), (vec![], 0));
    assert_eq!(zab(slow, 8_000).with_role("leader"), [3]);
}

#[test]
fn a_normal_run_goes_through_its_packets() {
    // CZ-18.
    let run = zab(r#""nodes": 2"#, 3_000);
    for kind in ["follower_info", "leader_info", "ack_epoch", "diff", "new_leader", "up_to_date"] {
        assert_eq!(run.sent(kind), 1, "{kind}");
    }
    assert_eq!((run.node(1, "accepted_epoch"), run.node(1, "epoch")), ("1".into(), "1".into()));
    // Between LEADERINFO and NEWLEADER it has promised the epoch, not adopted it.
    let run =
        zab(r#""nodes": 2, "script": [ { "at": "0s", "drop": { "kind": "new_leader", "every": true } } ]"#, 3_000);
    assert_eq!((run.node(1, "accepted_epoch"), run.node(1, "epoch")), ("1".into(), "0".into()));
}

// ---- Zab: synchronisation ------------------------------------------------------------------------------------

/// Server 3 comes late to 1 and 2, of which 2 leads.
fn late_to(leader: &str, comer: &str, settings: &str) -> Summary {
    zab(
        &format!(
            r#""nodes": 3, "settings": {{ {settings} }},
            "initial": {{ "1": {{ {leader} }}, "2": {{ {leader} }}, "3": {{ {comer}, "down": true }} }},
            "script": [ {{ "when": "elected", "restart": 3 }} ]"#
        ),
        4_000,
    )
}

#[test]
fn a_leader_without_a_log_truncates_sends_nothing_or_sends_everything() {
    // CZ-25: the leader's last is 1 and its log is empty.
    let leader = r#""zxid": [1, 1], "in_snapshot": 1"#;
    for (comer, course) in
        [(r#""zxid": [1, 3]"#, "trunc"), (r#""zxid": [1, 1]"#, "diff"), (r#""accepted_epoch": 0"#, "snap")]
    {
        let run = late_to(leader, comer, "");
        assert_eq!((run.node(3, "sync"), run.node(3, "zxid")), (course.into(), "(1,1)".into()), "{comer}");
        assert_eq!(run.keeps_its_promises().sent("proposal"), 0);
    }
}

#[test]
fn the_log_on_disk_is_used_where_memory_does_not_reach() {
    // CZ-27: 2, 3 and 5 to 9 on disk, of these three in memory; the follower has 4, or 3.
    let leader = r#""log": [[1, 2], [1, 3], [1, 5], [1, 6], [1, 7], [1, 8], [1, 9]]"#;
    for (comer, course) in [(r#""log": [[1, 2], [1, 3], [1, 4]]"#, "trunc"), (r#""log": [[1, 2], [1, 3]]"#, "diff")] {
        let run = late_to(leader, comer, r#""memory_kept": 3"#);
        assert_eq!((run.node(3, "sync"), run.node(3, "zxid")), (course.into(), "(1,9)".into()), "{comer}");
        assert_eq!(run.keeps_its_promises().sent("proposal"), 5);
    }
    // Without what is on disk everything is sent anew.
    let run = late_to(&format!(r#"{leader}, "in_snapshot": 4"#), r#""log": [[1, 2], [1, 3]]"#, r#""memory_kept": 3"#);
    assert_eq!(run.node(3, "sync"), "snap");
}

#[test]
fn equal_histories_need_no_snapshot() {
    // CZ-23.
    let run = late_to(r#""zxid": [1, 2]"#, r#""zxid": [1, 2]"#, "");
    assert_eq!((run.node(3, "sync"), run.node(3, "epoch"), run.sent("snap")), ("diff".into(), "2".into(), 0));
}

#[test]
fn a_follower_stopped_after_its_acknowledgement_has_the_leaders_data() {
    // CZ-35.
    let run = zab(
        r#""nodes": 3, "initial": { "2": { "zxid": [1, 4] }, "3": { "zxid": [1, 4] } }, "wires": { "disk": "20ms" },
        "script": [ { "at": ["300ms", "600ms"], "crash": 1 }, { "after": "1s", "restart": 1 } ]"#,
        5_000,
    );
    assert_eq!(run.node(1, "log"), "1 1 1 1");
    run.keeps_its_promises();
}

#[test]
fn who_never_acknowledges_a_proposal_is_closed_on() {
    // CZ-22: it answers pings, and every acknowledgement of a transaction is lost.
    let run = zab(
        r#""nodes": 3, "settings": { "preset": "zookeeper_fast", "sync_limit": 2 },
        "script": [ { "when": "followed", "drop": { "kind": "ack", "from": 1, "every": true } }, { "after": "10ms", "request": "x" } ]"#,
        4_000,
    );
    assert!(run.sent("closed") > 0);
    assert_eq!(run.with_role("leader"), [3]);
}

#[test]
fn a_voter_that_never_connects_only_delays() {
    // CZ-34: three of five run, one elects and never connects; then all five run.
    let disloyal = r#"{ "at": "0s", "drop": { "kind": "follower_info", "from": 1 } }"#;
    let run = zab(
        &format!(
            r#""nodes": 5, "settings": {{ "preset": "zookeeper_fast", "init_limit": 5 }},
            "initial": {{ "4": {{ "down": true }}, "5": {{ "down": true }} }}, "script": [ {disloyal} ]"#
        ),
        10_000,
    );
    assert_eq!(run.with_role("leader"), [3]);
    let disloyal = disloyal.replace("\"from\": 1", "\"from\": 1, \"every\": true");
    let run = zab(
        &format!(
            r#""nodes": 5, "settings": {{ "preset": "zookeeper_fast", "init_limit": 15 }}, "script": [ {disloyal} ]"#
        ),
        20_000,
    );
    assert_eq!(run.with_role("leader"), [5]);
}

// ---- the recipe ----------------------------------------------------------------------------------------------

#[test]
fn sessions_lie_between_the_limits_of_the_service() {
    // CZ-36: the configured limits, and 2 and 20 ticks.
    let granted = |settings: &str| {
        let run = recipe(
            &format!(
                r#""nodes": 2, "settings": {{ "preset": "zookeeper", {settings} }},
                "initial": {{ "1": {{ "session_timeout": "1s" }}, "2": {{ "session_timeout": "5min" }} }}"#
            ),
            3_000,
        );
        [run.node(1, "session_ms"), run.node(2, "session_ms")]
    };
    assert_eq!(granted(r#""min_session_timeout": "10s", "max_session_timeout": "15s""#), ["10000", "15000"]);
    assert_eq!(granted(r#""tick_time": "2s""#), ["4000", "40000"]);
}

#[test]
fn the_service_stops_and_one_leads_afterwards() {
    // CK-02.
    let script = r#""script": [ { "at": "5s", "crash": "S1" }, { "at": "5s", "crash": "S2" }, { "at": "5s", "crash": "S3" },
        { "at": "15s", "restart": "S1" }, { "at": "15s", "restart": "S2" }, { "at": "15s", "restart": "S3" } ]"#;
    let fields = format!(r#""nodes": 10, "settings": {{ "preset": "zookeeper" }}, {script}"#);
    assert_eq!(recipe(&fields, 14_900).with_role("leader"), []);
    let run = recipe(&fields, 40_000);
    assert_eq!(run.keeps_its_promises().with_role("leader").len(), 1);
}

#[test]
fn one_loses_its_znode_while_another_gains_leadership() {
    // CK-06.
    let run = recipe(
        r#""nodes": 2, "settings": { "preset": "zookeeper" }, "initial": { "2": { "down": true } },
        "script": [ { "at": "2s", "restart": 2 }, { "at": "5s", "cut": { "from": 1, "to": "S1" } }, { "at": "5s", "cut": { "from": 1, "to": "S2" } },
            { "at": "5s", "cut": { "from": 1, "to": "S3" } }, { "at": "14s", "heal": true } ]"#,
        20_000,
    );
    assert_eq!((run.reigned(), run.with_role("leader")), (vec![1, 2], vec![2]));
    assert!(run.at("leaders.0.until_us").parse::<u64>().unwrap() < run.at("leaders.1.from_us").parse::<u64>().unwrap());
    assert_eq!(run.node(1, "title"), "waiting");
}

/// Contenders 1 to `nodes` enter half a second after one another.
fn in_turn(nodes: u8, settings: &str, then: &str) -> String {
    let down: Vec<String> = (2..=nodes).map(|node| format!(r#""{node}": {{ "down": true }}"#)).collect();
    let start: Vec<String> =
        (2..=nodes).map(|node| format!(r#"{{ "at": "{}ms", "restart": {node} }}"#, 500 * u32::from(node))).collect();
    format!(
        r#""nodes": {nodes}, "settings": {{ {settings} }}, "initial": {{ {} }}, "script": [ {}, {then} ]"#,
        down.join(", "),
        start.join(", ")
    )
}

#[test]
fn leadership_follows_the_order_of_creation_and_rotates() {
    // CK-09: ten leave in turn.
    let resign = |turns: usize| {
        vec![r#"{ "when": "leader", "resign": "leader" }, { "after": "500ms", "heal": true }"#; turns].join(", ")
    };
    let begin = r#"{ "at": "8s", "heal": true }"#;
    let run = recipe(&in_turn(10, r#""requeue": false"#, &format!("{begin}, {}", resign(10))), 20_000);
    assert_eq!(run.reigned(), (1..=10).collect::<Vec<u64>>());
    assert_eq!(run.with_role("leader"), []);
    // CK-10: with a new place in the queue each leads in each turn.
    let run = recipe(&in_turn(5, r#""preset": "quick""#, &format!("{begin}, {}", resign(14))), 20_000);
    assert_eq!(run.reigned(), [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
}

#[test]
fn who_waits_for_one_that_stops_leads_at_once() {
    // CK-11.
    let run = recipe(&in_turn(2, r#""requeue": false"#, r#"{ "at": "1200ms", "resign": 1 }"#), 3_000);
    assert_eq!((run.reigned(), run.node(1, "title")), (vec![1, 2], "resigned".into()));
    // Two lists to find the place, one more when the watch has fired, and no other.
    assert_eq!((run.sent("get_children"), run.sent("event")), (3, 1));
}

#[test]
fn all_enter_at_once_and_lead_in_turn() {
    // CK-12: its hundred offers are more than a world takes.
    for nodes in [3, 25] {
        let resign =
            vec![r#"{ "when": "leader", "resign": "leader" }, { "after": "300ms", "heal": true }"#; nodes].join(", ");
        let run =
            recipe(&format!(r#""nodes": {nodes}, "settings": {{ "requeue": false }}, "script": [ {resign} ]"#), 30_000);
        let mut all = run.reigned();
        all.sort_unstable();
        assert_eq!(all, (1..=nodes as u64).collect::<Vec<u64>>());
        assert_eq!(run.at("multi_leader_us"), "0");
    }
}

#[test]
fn an_observer_sees_the_one_and_then_the_other() {
    // CK-14.
    let document = in_turn(3, r#""preset": "herd", "requeue": false"#, r#"{ "at": "3s", "resign": 1 }"#);
    assert_eq!(recipe(&document, 2_900).node(3, "follows"), "1");
    assert_eq!(recipe(&document, 5_000).node(3, "follows"), "2");
}

#[test]
fn what_other_keys_left_behind_is_not_waited_for() {
    // CK-16.
    let before = r#"{ "created": 7, "zxid": 40 }"#;
    let run = recipe(&format!(r#""nodes": 2, "initial": {{ "S1": {before}, "S2": {before}, "S3": {before} }}"#), 5_000);
    assert_eq!(run.with_role("leader").len(), 1);
    assert_eq!(run.at("servers.0.znodes"), "7 8");
    assert!(run.at("tokens.0.token").parse::<u64>().unwrap() > 40);
}

#[test]
fn a_chain_wakes_one_and_a_herd_all() {
    // CK-18: what the death of a leader adds to a run without it.
    for (herd, woken) in [("false", 1), ("true", 19)] {
        let document =
            |then: &str| recipe(&in_turn(20, &format!(r#""preset": "zookeeper", "herd": {herd}"#), then), 24_000);
        let (calm, shaken) = (document(r#"{ "at": "12s", "heal": true }"#), document(r#"{ "at": "12s", "crash": 1 }"#));
        assert_eq!((calm.reigned(), shaken.reigned()), (vec![1], vec![1, 2]));
        assert_eq!(shaken.sent("event") - calm.sent("event"), woken);
        assert_eq!(shaken.sent("get_children") - calm.sent("get_children"), woken);
    }
}

#[test]
fn a_zombie_is_stopped_by_a_store_that_fences_and_by_no_other() {
    // CK-20.
    let run = |fencing: &str| {
        recipe(
            &format!(
                r#""nodes": 3, "settings": {{ "preset": "zookeeper", "lead_until_lost": true }},
                "work": {{ "job": "database", "pace": "100ms" }}, "store": {{ "fencing": "{fencing}" }},
                "script": [ {{ "at": "6s", "pause": "leader" }}, {{ "after": "6.5s", "resume": "old leader", "order": "timers first" }} ]"#
            ),
            16_000,
        )
    };
    let (on, off) = (run("on"), run("off"));
    assert!(on.at("store.refused").parse::<u64>().unwrap() > 0);
    assert_eq!((on.at("store.corrupted"), off.at("store.refused")), ("0".into(), "0".into()));
    assert!(off.at("store.corrupted").parse::<u64>().unwrap() > 0);
    assert!(on.at("leaders.0.zombie_us").parse::<u64>().unwrap() > 0);
}
