//! Writes JSON, a line or a document.

use std::fmt::Write;

/// Puts one value after the other; commas come by themselves.
#[derive(Default)]
pub struct Writer {
    out: String,
    /// Whether a comma belongs before the next value or name.
    comma: bool,
}

impl Writer {
    pub fn new() -> Writer {
        Writer::default()
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// What was written; begins anew, keeping what is allocated.
    pub fn take_line(&mut self, take: impl FnOnce(&str)) {
        take(&self.out);
        self.out.clear();
        self.comma = false;
    }

    fn before(&mut self) {
        if self.comma {
            self.out.push(',');
        }
        self.comma = true;
    }

    pub fn open_map(&mut self) {
        self.before();
        self.out.push('{');
        self.comma = false;
    }

    pub fn close_map(&mut self) {
        self.out.push('}');
        self.comma = true;
    }

    pub fn open_list(&mut self) {
        self.before();
        self.out.push('[');
        self.comma = false;
    }

    pub fn close_list(&mut self) {
        self.out.push(']');
        self.comma = true;
    }

    /// The name of the next value of a map.
    pub fn name(&mut self, name: &str) -> &mut Writer {
        self.before();
        self.quote(name);
        self.out.push(':');
        self.comma = false;
        self
    }

    pub fn number(&mut self, number: u64) {
        self.before();
        let _ = write!(self.out, "{number}");
    }

    /// A number as it was written elsewhere.
    pub fn digits(&mut self, digits: &str) {
        self.before();
        self.out.push_str(digits);
    }

    /// A number given in thousandths, as a decimal: `7.25`.
    pub fn thousandths(&mut self, thousandths: u64) {
        self.before();
        let _ = write!(self.out, "{}", thousandths / 1_000);
        let fraction = thousandths % 1_000;
        if fraction > 0 {
            let _ = write!(self.out, ".{}", format!("{fraction:03}").trim_end_matches('0'));
        }
    }

    pub fn text(&mut self, text: &str) {
        self.before();
        self.quote(text);
    }

    pub fn flag(&mut self, flag: bool) {
        self.before();
        self.out.push_str(if flag { "true" } else { "false" });
    }

    pub fn null(&mut self) {
        self.before();
        self.out.push_str("null");
    }

    /// Starts a new line in a document written to be read.
    pub fn new_line(&mut self, indent: usize) {
        if self.comma {
            self.out.push(',');
            self.comma = false;
        }
        self.out.push('\n');
        for _ in 0..indent {
            self.out.push(' ');
        }
    }

    /// The closing bracket that follows stands on its own line.
    pub fn end_lines(&mut self) {
        self.out.push('\n');
    }

    fn quote(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\t' => self.out.push_str("\\t"),
                '\r' => self.out.push_str("\\r"),
                c if (c as u32) < 0x20 || matches!(c, '\u{2028}' | '\u{2029}' | '\u{7f}') => {
                    let _ = write!(self.out, "\\u{:04x}", c as u32);
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_stand_where_they_belong() {
        let mut w = Writer::new();
        w.open_map();
        w.name("a").open_list();
        w.number(1);
        w.open_list();
        w.close_list();
        w.null();
        w.close_list();
        w.name("b\"\u{1}").text("x\ny");
        w.name("c").flag(true);
        w.close_map();
        assert_eq!(w.finish(), r#"{"a":[1,[],null],"b\"\u0001":"x\ny","c":true}"#);
    }
}
