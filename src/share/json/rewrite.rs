//! Writes back what was read, perhaps changed.

use super::reader::{Json, Value};
use super::writer::Writer;

/// The document as text, a field of its top level on a line.
pub fn rewrite(json: &Json) -> String {
    let mut w = Writer::new();
    write(json, 1, &mut w);
    w.finish() + "\n"
}

/// `levels` levels of maps have their fields on lines of their own.
fn write(json: &Json, levels: usize, w: &mut Writer) {
    match &json.value {
        Value::Null => w.null(),
        Value::Flag(flag) => w.flag(*flag),
        Value::Number(digits) => w.digits(digits),
        Value::Text(text) => w.text(text),
        Value::List(items) => {
            w.open_list();
            items.iter().for_each(|item| write(item, 0, w));
            w.close_list();
        }
        Value::Map(members) => {
            w.open_map();
            for member in members {
                if levels > 0 {
                    w.new_line(2);
                }
                write(&member.json, levels.saturating_sub(1), w.name(&member.name));
            }
            if levels > 0 {
                w.end_lines();
            }
            w.close_map();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::reader::read;
    use super::*;

    #[test]
    fn what_is_written_reads_the_same() {
        let text = r#"{"a": [1, -2.5e3, "x\n", null, true], "b": {"c": {}}}"#;
        let json = read(text).expect("json");
        let again = read(&rewrite(&json)).expect("json again");
        let values = |json: &Json| format!("{:?}", json.value).replace(|c: char| c.is_ascii_digit(), "");
        assert_eq!(values(&json), values(&again));
        assert!(rewrite(&json).contains("-2.5e3"));
    }
}
