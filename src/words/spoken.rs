//! Sentences made fit for the ear.

/// `N3 waits 96 ms` as `N 3 waits 96 milliseconds`.
pub fn spoken(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 24);
    let letters: Vec<char> = text.chars().collect();
    let mut index = 0;
    while index < letters.len() {
        let letter = letters[index];
        let after = letters.get(index + 1).copied();
        let starts_word = index == 0 || !is_in_word(letters[index - 1]);
        match letter {
            'N' | 'S' if starts_word && after.is_some_and(|next| next.is_ascii_digit()) => {
                out.push(letter);
                out.push(' ');
            }
            '\u{202f}' => {}
            'm' if starts_word && ends_word(&letters, index, "ms") => {
                out.push_str("milliseconds");
                index += 1;
            }
            'µ' if starts_word && ends_word(&letters, index, "µs") => {
                out.push_str("microseconds");
                index += 1;
            }
            '|' => out.push_str("from"),
            _ => out.push(letter),
        }
        index += 1;
    }
    out
}

fn ends_word(letters: &[char], start: usize, unit: &str) -> bool {
    let matches = unit.chars().enumerate().all(|(offset, letter)| letters.get(start + offset) == Some(&letter));
    matches && letters.get(start + unit.chars().count()).is_none_or(|&next| !is_in_word(next))
}

/// The marks of numbers and ranges end a word.
fn is_in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || (!letter.is_ascii() && !"\u{202f}–—·×−…“”‘’".contains(letter))
}

/// Sentences that came in close together: the last one, and how many went before.
pub fn merged(waiting: &[String]) -> Option<String> {
    let last = waiting.last()?;
    match waiting.len() {
        1 => Some(last.clone()),
        2 => Some(format!("{} {last}", waiting[0])),
        more => Some(format!("{} more events. {last}", more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_units_are_spelt_out() {
        assert_eq!(spoken("N3 waits 1\u{202f}046 ms for S2."), "N 3 waits 1046 milliseconds for S 2.");
        assert_eq!(spoken("Terms and NAMES stay."), "Terms and NAMES stay.");
    }

    #[test]
    fn many_sentences_become_one() {
        assert_eq!(merged(&[]), None);
        assert_eq!(merged(&["a.".into(), "b.".into(), "c.".into()]).as_deref(), Some("2 more events. c."));
    }
}
