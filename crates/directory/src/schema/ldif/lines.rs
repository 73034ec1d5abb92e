//! Lines of LDIF: unfolding, comments, and the parts around the colon.

use data_encoding::BASE64;

use super::{LdifError, LdifErrorKind};

/// An unfolded line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    /// The number of its first part. The first line of a text is 1.
    pub number: usize,
    /// The text without the line end.
    pub text: String,
}

impl Line {
    /// Empty lines separate records.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// An error on this line.
    pub fn error(&self, kind: LdifErrorKind) -> LdifError {
        LdifError { line: self.number, first: self.text.chars().next().unwrap_or(' '), kind }
    }

    /// The name before the colon, and the value after it.
    pub fn pair(&self) -> Result<(&str, Vec<u8>), LdifError> {
        let (name, rest) = self.text.split_once(':').ok_or_else(|| self.error(LdifErrorKind::Name))?;
        if !is_attribute(name) {
            return Err(self.error(LdifErrorKind::Name));
        }
        Ok((name, self.value(rest)?))
    }

    /// Like [`Line::pair`], for a value that has to be text. Spaces at its end are removed.
    pub fn text_pair(&self) -> Result<(&str, String), LdifError> {
        let (name, value) = self.pair()?;
        let text = String::from_utf8(value).map_err(|_| self.error(LdifErrorKind::Base64))?;
        Ok((name, text.trim_end().to_owned()))
    }

    /// The value after the first colon: text, base64 after a second colon, or the URL of a file after `<`.
    fn value(&self, rest: &str) -> Result<Vec<u8>, LdifError> {
        if let Some(encoded) = rest.strip_prefix(':') {
            let encoded = encoded.trim_matches(' ');
            return BASE64.decode(encoded.as_bytes()).map_err(|_| self.error(LdifErrorKind::Base64));
        }
        if rest.starts_with('<') {
            return Err(self.error(LdifErrorKind::File));
        }
        let text = rest.trim_start_matches(' ');
        // RFC 2849 allows ASCII only. The text of a request is Unicode, and other characters are allowed here.
        let is_safe = !text.starts_with([':', '<']) && !text.contains(['\0', '\r']);
        if is_safe { Ok(text.as_bytes().to_vec()) } else { Err(self.error(LdifErrorKind::Value)) }
    }
}

/// The unfolded lines of a text: a line that begins with a space continues the line before. Comments are left out, and
/// they can be folded, too. Empty lines are kept.
pub fn unfold(text: &str) -> Result<Vec<Line>, LdifError> {
    let mut lines: Vec<Line> = Vec::new();
    let mut in_comment = false;
    for (number, raw) in (1..).zip(text.split('\n')) {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        if let Some(more) = raw.strip_prefix(' ') {
            match lines.last_mut() {
                _ if in_comment => {}
                Some(line) if !line.is_empty() => line.text.push_str(more),
                _ => return Err(Line { number, text: raw.to_owned() }.error(LdifErrorKind::Fold)),
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

/// Whether a text is the name or the object identifier of an attribute, with or without options after semicolons.
pub fn is_attribute(name: &str) -> bool {
    let mut parts = name.split(';');
    let is_word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_name = |part: &str| part.starts_with(|first: char| first.is_ascii_alphabetic()) && is_word(part);
    let is_base = |part: &str| is_name(part) || is_oid(part);
    parts.next().is_some_and(is_base) && parts.all(|option| !option.is_empty() && is_word(option))
}

/// Whether a text is an object identifier: numbers between dots.
pub fn is_oid(text: &str) -> bool {
    text.split('.').all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}
