//! Reads JSON (RFC 8259) and remembers the line of every value, for errors that can be found.

use std::fmt;

/// Deeper nesting is refused, so that no input can exhaust the stack.
const DEEPEST: usize = 64;

/// A value and the line it begins on, counted from 1.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Json {
    pub line: u32,
    pub value: Value,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    Null,
    Flag(bool),
    /// As written: `12`, `-3`, `1.5e9`.
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// In the order written; no name twice.
    Map(Vec<Member>),
}

/// A named value of a map.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub name: String,
    /// The line of the name.
    pub line: u32,
    pub json: Json,
}

impl Json {
    /// In words, for errors: "a list".
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Flag(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "an object",
        }
    }

    /// The member with this name, if this is a map that has one.
    pub fn member(&self, name: &str) -> Option<&Member> {
        match &self.value {
            Value::Map(members) => members.iter().find(|member| member.name == name),
            _ => None,
        }
    }
}

/// Where and why a text is not JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JsonError {
    pub line: u32,
    pub message: String,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (line {})", self.message, self.line)
    }
}

/// Reads one value and nothing after it.
///
/// # Errors
/// The text is not JSON, is nested too deeply, or names a member twice.
pub fn read(text: &str) -> Result<Json, JsonError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { rest: text, line: 1, depth: 0 };
    let json = reader.value()?;
    reader.skip_space();
    match reader.peek() {
        None => Ok(json),
        Some(_) => Err(reader.wrong("there is more after the end of the document")),
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: u32,
    depth: usize,
}

type Outcome<T> = Result<T, JsonError>;

impl<'a> Reader<'a> {
    fn wrong(&self, message: impl Into<String>) -> JsonError {
        JsonError { line: self.line, message: message.into() }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// What stands here, as an error names it.
    fn found(&self) -> String {
        match self.peek() {
            None => "the end of the text".into(),
            Some(c) if c.is_control() => format!("a control character (U+{:04X})", c as u32),
            Some(c) => format!("'{c}'"),
        }
    }

    fn advance(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn skip_space(&mut self) {
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let space = self.rest.find(|c| !is_space(c)).unwrap_or(self.rest.len());
        let skipped = self.advance(space);
        self.line += skipped.bytes().filter(|&byte| byte == b'\n').count() as u32;
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.skip_space();
        let there = self.rest.starts_with(wanted);
        if there {
            self.advance(wanted.len_utf8());
        }
        there
    }

    fn value(&mut self) -> Outcome<Json> {
        self.skip_space();
        let line = self.line;
        let value = match self.peek() {
            Some('{') => self.nested(Self::map)?,
            Some('[') => self.nested(Self::list)?,
            Some('"') => Value::Text(self.text()?),
            Some('-' | '0'..='9') => Value::Number(self.number()?),
            Some('a'..='z' | 'A'..='Z') => self.word()?,
            _ => return Err(self.wrong(format!("expected a value, found {}", self.found()))),
        };
        Ok(Json { line, value })
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Outcome<Value>) -> Outcome<Value> {
        if self.depth == DEEPEST {
            return Err(self.wrong(format!("nested more than {DEEPEST} deep")));
        }
        self.depth += 1;
        self.advance(1);
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Outcome<Value> {
        let mut items = Vec::new();
        if self.eat(']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.eat(']') {
                return Ok(Value::List(items));
            }
            if !self.eat(',') {
                return Err(self.wrong(format!("expected ',' or ']' in a list, found {}", self.found())));
            }
        }
    }

    fn map(&mut self) -> Outcome<Value> {
        let mut members: Vec<Member> = Vec::new();
        if self.eat('}') {
            return Ok(Value::Map(members));
        }
        let mut names = std::collections::BTreeSet::new();
        loop {
            self.skip_space();
            let line = self.line;
            if self.peek() != Some('"') {
                return Err(self.wrong(format!("expected a name in double quotes, found {}", self.found())));
            }
            let name = self.text()?;
            if !self.eat(':') {
                return Err(self.wrong(format!("expected ':' after \"{name}\", found {}", self.found())));
            }
            if !names.insert(name.clone()) {
                return Err(JsonError { line, message: format!("\"{name}\" is given twice") });
            }
            members.push(Member { name, line, json: self.value()? });
            if self.eat('}') {
                return Ok(Value::Map(members));
            }
            if !self.eat(',') {
                return Err(self.wrong(format!("expected ',' or '}}' in an object, found {}", self.found())));
            }
        }
    }

    fn word(&mut self) -> Outcome<Value> {
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let value = match &self.rest[..end] {
            "null" => Value::Null,
            "true" => Value::Flag(true),
            "false" => Value::Flag(false),
            _ => return Err(self.wrong("expected a value; texts stand in double quotes")),
        };
        self.advance(end);
        Ok(value)
    }

    fn number(&mut self) -> Outcome<String> {
        let end = self.rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let text = &self.rest[..end.unwrap_or(self.rest.len())];
        if !is_number(text) {
            return Err(self.wrong(format!("\"{}\" is not a number", shortened(text))));
        }
        self.advance(text.len());
        Ok(text.into())
    }

    fn text(&mut self) -> Outcome<String> {
        self.advance(1);
        let mut text = String::new();
        loop {
            let plain = self.rest.find(|c: char| c == '"' || c == '\\' || (c as u32) < 0x20).unwrap_or(self.rest.len());
            text.push_str(self.advance(plain));
            match self.peek() {
                Some('"') => {
                    self.advance(1);
                    return Ok(text);
                }
                Some('\\') => text.push(self.escape()?),
                Some(_) => return Err(self.wrong(format!("{} inside a text", self.found()))),
                None => return Err(self.wrong("a text is not closed")),
            }
        }
    }

    fn escape(&mut self) -> Outcome<char> {
        self.advance(1);
        let Some(c) = self.peek() else { return Err(self.wrong("a text is not closed")) };
        self.advance(c.len_utf8());
        Ok(match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.unicode_escape(),
            _ => return Err(self.wrong(format!("\\{c} is not an escape"))),
        })
    }

    /// `\u` and four digits; characters beyond U+FFFF are written as two of them.
    fn unicode_escape(&mut self) -> Outcome<char> {
        let first = self.four_digits()?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        if first < 0xdc00 && self.rest.starts_with("\\u") {
            self.advance(2);
            let second = self.four_digits()?;
            if (0xdc00..0xe000).contains(&second)
                && let Some(c) = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
            {
                return Ok(c);
            }
        }
        Err(self.wrong("half of a \\u pair stands alone"))
    }

    fn four_digits(&mut self) -> Outcome<u32> {
        let digits = self.rest.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(number) = number else { return Err(self.wrong("\\u needs four hexadecimal digits")) };
        self.advance(4);
        Ok(number)
    }
}

/// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(m, e)| (m, Some(e)));
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, None), |(w, f)| (w, Some(f)));
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_their_lines() {
        let json = read("{\n \"a\": [1,\n 2.5e-3, \"x\\n\\u00e9\\ud83d\\ude00\"],\n\"b\": null }").unwrap();
        let list = &json.member("a").unwrap().json;
        assert_eq!(list.line, 2);
        let Value::List(items) = &list.value else { panic!("a list") };
        assert_eq!((items[1].line, &items[1].value), (3, &Value::Number("2.5e-3".into())));
        assert_eq!(items[2].value, Value::Text("x\né😀".into()));
        assert_eq!(json.member("b").unwrap().line, 4);
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_line() {
        let refused = |text: &str| read(text).unwrap_err();
        assert_eq!(refused("[1,\n2,\n]").line, 3);
        assert_eq!(refused("{\"a\": 1,\n\"a\": 2}").line, 2);
        for text in [
            "",
            "{",
            "[",
            "\"",
            "\"\\",
            "\"\\u12",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\x\"",
            "01",
            "1.",
            ".5",
            "-",
            "1e",
            "+1",
            "tru",
            "nul",
            "NaN",
            "{a: 1}",
            "{\"a\" 1}",
            "[1 2]",
            "{} x",
            "'a'",
            "\"\u{1}\"",
            "// c\n1",
            "\"\\u00e\u{e9}\"",
        ] {
            refused(text);
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_not_followed() {
        assert!(read(&("[".repeat(64) + &"]".repeat(64))).is_ok());
        assert!(read(&"[".repeat(65)).unwrap_err().message.contains("deep"));
        assert!(read(&"{\"a\":".repeat(1_000_000)).is_err());
    }
}
