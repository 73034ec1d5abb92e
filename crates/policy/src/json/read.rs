//! Reads a JSON text by recursive descent.

use super::{DEPTH_MAX, Parsed, Value, quoted};
use crate::finding::{Finding, Position};
use crate::path::Path;

pub(super) fn document(text: &str) -> Result<Parsed, Finding> {
    let mut reader = Reader { text, at: 0, depth: 0, duplicates: Vec::new() };
    let root = reader.value(&Path::ROOT)?;
    reader.skip_white_space();
    if reader.peek().is_some() {
        return Err(reader.unexpected(&Path::ROOT, "the end of the text"));
    }
    Ok(Parsed { root, duplicates: reader.duplicates })
}

struct Reader<'t> {
    text: &'t str,
    /// The offset of the next character, in bytes.
    at: usize,
    depth: usize,
    duplicates: Vec<Finding>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn advance(&mut self, char: char) {
        self.at += char.len_utf8();
    }

    /// Skips a character if it is the next one. Returns whether it was.
    fn skip(&mut self, char: char) -> bool {
        let is_next = self.peek() == Some(char);
        if is_next {
            self.advance(char);
        }
        is_next
    }

    fn skip_white_space(&mut self) {
        while let Some(char @ (' ' | '\t' | '\n' | '\r')) = self.peek() {
            self.advance(char);
        }
    }

    /// The finding for the next character.
    fn unexpected(&self, path: &Path<'_>, expected: &str) -> Finding {
        let found = match self.peek() {
            None => "the end of the text".to_owned(),
            Some(char) if char.is_control() => "a control character".to_owned(),
            Some(char) => format!("{char:?}"),
        };
        self.finding(path, &found, expected)
    }

    fn finding(&self, path: &Path<'_>, found: &str, expected: &str) -> Finding {
        let before = &self.text[..self.at];
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        let position =
            Position { line: before.matches('\n').count() + 1, column: before[line_start..].chars().count() + 1 };
        Finding { position: Some(position), ..Finding::new(path, found, expected) }
    }

    fn value(&mut self, path: &Path<'_>) -> Result<Value, Finding> {
        self.skip_white_space();
        match self.peek() {
            Some('{') => self.nested(path, Self::object),
            Some('[') => self.nested(path, Self::array),
            Some('"') => self.string(path).map(Value::String),
            Some('-' | '0'..='9') => self.number(path).map(Value::Number),
            _ => self.word(path),
        }
    }

    fn word(&mut self, path: &Path<'_>) -> Result<Value, Finding> {
        for (word, value) in [("null", Value::Null), ("true", Value::Bool(true)), ("false", Value::Bool(false))] {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.unexpected(path, "a value"))
    }

    fn nested(
        &mut self,
        path: &Path<'_>,
        read: fn(&mut Self, &Path<'_>) -> Result<Value, Finding>,
    ) -> Result<Value, Finding> {
        if self.depth == DEPTH_MAX {
            return Err(self.unexpected(path, &format!("at most {DEPTH_MAX} levels of objects and lists")));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self, path)?;
        self.depth -= 1;
        Ok(value)
    }

    fn array(&mut self, path: &Path<'_>) -> Result<Value, Finding> {
        let mut items = Vec::new();
        self.skip_white_space();
        if self.skip(']') {
            return Ok(Value::Array(items));
        }
        loop {
            let path = path.index(items.len());
            items.push(self.value(&path)?);
            self.skip_white_space();
            if self.skip(']') {
                return Ok(Value::Array(items));
            }
            if !self.skip(',') {
                return Err(self.unexpected(&path, "',' or ']'"));
            }
        }
    }

    fn object(&mut self, path: &Path<'_>) -> Result<Value, Finding> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        self.skip_white_space();
        if self.skip('}') {
            return Ok(Value::Object(entries));
        }
        loop {
            let key = self.key(path, entries.is_empty())?;
            let path = path.key(&key);
            self.skip_white_space();
            if !self.skip(':') {
                return Err(self.unexpected(&path, "':'"));
            }
            let value = self.value(&path)?;
            self.skip_white_space();
            let ends = self.skip('}');
            if !ends && !self.skip(',') {
                return Err(self.unexpected(&path, "',' or '}'"));
            }
            if entries.iter().any(|(name, _)| *name == key) {
                let found = format!("the key {} a second time", quoted(&key));
                self.duplicates.push(Finding::new(&path, found, "each key once"));
            }
            entries.push((key, value));
            if ends {
                return Ok(Value::Object(entries));
            }
        }
    }

    fn key(&mut self, path: &Path<'_>, is_first: bool) -> Result<String, Finding> {
        self.skip_white_space();
        match self.peek() {
            Some('"') => self.string(path),
            _ if is_first => Err(self.unexpected(path, "a key in quotation marks or '}'")),
            _ => Err(self.unexpected(path, "a key in quotation marks")),
        }
    }

    fn string(&mut self, path: &Path<'_>) -> Result<String, Finding> {
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.peek() {
                Some('"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some('\\') => {
                    self.at += 1;
                    text.push(self.escape(path)?);
                }
                Some('\0'..'\x20') => return Err(self.unexpected(path, "its escape, such as \\n")),
                Some(char) => {
                    self.advance(char);
                    text.push(char);
                }
                None => return Err(self.unexpected(path, "'\"' at the end of the string")),
            }
        }
    }

    fn escape(&mut self, path: &Path<'_>) -> Result<char, Finding> {
        let char = match self.peek() {
            Some(char @ ('"' | '\\' | '/')) => char,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => {
                self.at += 1;
                return self.unicode(path);
            }
            _ => return Err(self.unexpected(path, "one of \" \\ / b f n r t u after the backslash")),
        };
        self.at += 1;
        Ok(char)
    }

    fn unicode(&mut self, path: &Path<'_>) -> Result<char, Finding> {
        let first = self.four_digits(path)?;
        let code = match first {
            0xd800..0xdc00 if self.text[self.at..].starts_with("\\u") => {
                self.at += 2;
                match self.four_digits(path)? {
                    second @ 0xdc00..0xe000 => 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                    _ => first,
                }
            }
            _ => first,
        };
        char::from_u32(code).ok_or_else(|| self.finding(path, "half of a surrogate pair", "its other half"))
    }

    fn four_digits(&mut self, path: &Path<'_>) -> Result<u32, Finding> {
        let mut code = 0;
        for _ in 0..4 {
            let Some(digit) = self.peek().and_then(|char| char.to_digit(16)) else {
                return Err(self.unexpected(path, "four hexadecimal digits after \\u"));
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn number(&mut self, path: &Path<'_>) -> Result<String, Finding> {
        let start = self.at;
        self.skip('-');
        if !self.skip('0') {
            self.digits(path)?;
        }
        if self.skip('.') {
            self.digits(path)?;
        }
        if self.skip('e') || self.skip('E') {
            let _ = self.skip('+') || self.skip('-');
            self.digits(path)?;
        }
        Ok(self.text[start..self.at].to_owned())
    }

    /// Steps over at least one digit.
    fn digits(&mut self, path: &Path<'_>) -> Result<(), Finding> {
        if !self.peek().is_some_and(|char| char.is_ascii_digit()) {
            return Err(self.unexpected(path, "a digit"));
        }
        while self.peek().is_some_and(|char| char.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }
}
