//! Lines of LDIF: unfolded, without comments, taken apart at the colon.

use data_encoding::BASE64;

use super::{Fault, Wrong};

/// A line in one piece.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// Where it starts.
    pub number: usize,
    /// All of it, without its end.
    pub text: String,
}

impl Line {
    /// Whether it separates records.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What is wrong with this line.
    pub fn fault(&self, wrong: Wrong) -> Fault {
        Fault { line: self.number, first: self.text.chars().next().unwrap_or(' '), wrong }
    }

    /// The name before the colon, and the value after it.
    pub fn pair(&self) -> Result<(&str, Vec<u8>), Fault> {
        let (name, rest) = self.text.split_once(':').ok_or_else(|| self.fault(Wrong::Name))?;
        if !is_attribute(name) {
            return Err(self.fault(Wrong::Name));
        }
        Ok((name, self.value(rest)?))
    }

    /// The same, where the value has to be text. Spaces at its end do not count.
    pub fn text_pair(&self) -> Result<(&str, String), Fault> {
        let (name, value) = self.pair()?;
        let text = String::from_utf8(value).map_err(|_| self.fault(Wrong::Base64))?;
        Ok((name, text.trim_end().to_owned()))
    }

    /// What stands after the first colon: text, base64 after a second colon, or the address of a file after `<`.
    fn value(&self, rest: &str) -> Result<Vec<u8>, Fault> {
        if let Some(encoded) = rest.strip_prefix(':') {
            let encoded = encoded.trim_matches(' ');
            return BASE64.decode(encoded.as_bytes()).map_err(|_| self.fault(Wrong::Base64));
        }
        if rest.starts_with('<') {
            return Err(self.fault(Wrong::File));
        }
        let text = rest.trim_start_matches(' ');
        // RFC 2849 allows ASCII only; a text of a request is Unicode anyway, and is taken as it is.
        let is_safe = !text.starts_with([':', '<']) && !text.contains(['\0', '\r']);
        if is_safe { Ok(text.as_bytes().to_vec()) } else { Err(self.fault(Wrong::Value)) }
    }
}

/// The lines of a text, each in one piece: what begins with a space goes on from the line before. Comments are gone,
/// which can be folded, too; empty lines are kept.
pub fn unfold(text: &str) -> Result<Vec<Line>, Fault> {
    let mut lines: Vec<Line> = Vec::new();
    let mut in_comment = false;
    for (number, raw) in (1..).zip(text.split('\n')) {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        if let Some(more) = raw.strip_prefix(' ') {
            match lines.last_mut() {
                _ if in_comment => {}
                Some(line) if !line.is_empty() => line.text.push_str(more),
                _ => return Err(Line { number, text: raw.to_owned() }.fault(Wrong::Fold)),
            }
            continue;
        }
        in_comment = raw.starts_with('#');
        if !in_comment {
            lines.push(Line { number, text: raw.to_owned() });
        }
    }
    Ok(lines)
}

/// Whether a text is the name of an attribute, by words or by numbers, with or without options after semicolons.
pub fn is_attribute(name: &str) -> bool {
    let mut parts = name.split(';');
    let is_word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_name = |part: &str| part.starts_with(|first: char| first.is_ascii_alphabetic()) && is_word(part);
    let is_kind = |part: &str| is_name(part) || is_oid(part);
    parts.next().is_some_and(is_kind) && parts.all(|option| !option.is_empty() && is_word(option))
}

/// Whether a text is an object identifier: numbers between dots.
pub fn is_oid(text: &str) -> bool {
    text.split('.').all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
