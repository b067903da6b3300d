//! The log for ShiViz: as it wants it, and true to the causes.

use conclave::playback::player::Player;
use conclave::playback::recording::Recording;
use conclave::scenarios::algorithm::Algorithm;
use conclave::scenarios::scenario::Scenario;
use conclave::share::retelling::shiviz;
use conclave::sim::event::What;
use conclave::sim::time::SECOND;
use std::collections::BTreeMap;

type Clock = BTreeMap<String, u32>;

fn clock(text: &str) -> Clock {
    let inside = text.trim_start_matches('{').trim_end_matches('}');
    let entry = |entry: &str| {
        let (name, count) = entry.split_once(':').expect("a pair");
        (name.trim_matches('"').to_owned(), count.parse().expect("a number"))
    };
    inside.split(',').map(entry).collect()
}

#[test]
fn clocks_count_up_and_follow_every_message() {
    for algorithm in Algorithm::all() {
        let mut player = Player::new(Recording::new(Scenario::opening_view(algorithm))).expect("it opens");
        player.seek(3 * SECOND);
        let log = shiviz(player.recording(), player.moment()).expect("it opens");
        assert!(log.whole);
        let mut lines = log.text.lines();
        assert_eq!(lines.next(), Some("(?<host>\\S*) (?<clock>{.*})\\n(?<at>\\S+ ms) (?<event>.*)"));
        assert_eq!(lines.next(), Some(""));
        let events: Vec<(String, Clock, String)> = std::iter::from_fn(|| {
            let (host, text) = lines.next()?.split_once(' ')?;
            Some((host.to_owned(), clock(text), lines.next()?.to_owned()))
        })
        .collect();
        assert_eq!(events.len() as u64, player.sim().events());
        let mut counts = Clock::new();
        let mut messages = 0;
        for (event, (host, clock, text)) in player.sim().history().events().zip(&events) {
            let count = counts.entry(host.clone()).or_default();
            *count += 1;
            assert_eq!((clock[host], host), (*count, &event.place.to_string()), "{text}");
            // Nobody knows more of another place than has happened there.
            assert!(clock.iter().all(|(place, known)| *known <= counts.get(place).copied().unwrap_or(0)), "{text}");
            if let What::Delivered { .. } = event.what {
                let sent = &events[event.cause.expect("it was sent") as usize];
                assert!(sent.1.iter().all(|(place, known)| clock[place] >= *known), "{text}");
                messages += 1;
            }
        }
        assert!(messages > 10, "{}", algorithm.id());
    }
}
