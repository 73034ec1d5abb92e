//! Distinguished names (RFC 4514, with the quotes and semicolons of older RFCs). Names are parsed only to compare them.

/// A distinguished name, the entry's own step first. Comparisons ignore case.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dn(pub Vec<Rdn>);

/// One step of a distinguished name. The value of a step with several attributes contains all but the first attribute's
/// name.
#[derive(Clone, Debug)]
pub struct Rdn {
    /// The attribute's name, such as `CN`.
    pub name: String,
    /// The value, without escapes.
    pub value: String,
}

impl PartialEq for Rdn {
    fn eq(&self, other: &Self) -> bool {
        self.name.eq_ignore_ascii_case(&other.name) && self.value.to_lowercase() == other.value.to_lowercase()
    }
}

impl Eq for Rdn {}

impl Rdn {
    pub fn new(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), value: value.to_owned() }
    }
}

impl Dn {
    /// Parses a name. The empty name stands for the directory itself.
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return Some(Self(Vec::new()));
        }
        split(text)?.into_iter().map(rdn).collect::<Option<Vec<Rdn>>>().map(Self)
    }
}

/// Splits at the commas and semicolons that are neither escaped nor quoted.
fn split(text: &str) -> Option<Vec<&str>> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut escaped, mut quoted) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b',' | b';' if !quoted => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    (!escaped && !quoted).then_some(parts)
}

fn rdn(part: &str) -> Option<Rdn> {
    let (name, value) = part.split_once('=')?;
    let name = name.trim();
    let is_name = super::lines::is_attribute(name) && !name.contains(';');
    let value = unescape(value.trim_start())?;
    (is_name && !value.is_empty()).then(|| Rdn { name: name.to_owned(), value })
}

/// A value without its quotes and escapes, and without the spaces at its end that are not escaped.
fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    // The length without the spaces at the end.
    let mut kept = 0;
    let mut rest = text.bytes().peekable();
    let mut quoted = false;
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => {
                quoted = !quoted;
                kept = bytes.len();
                continue;
            }
            b'\\' => {
                let next = rest.next()?;
                match (hex(next), rest.peek().copied().and_then(hex)) {
                    (Some(high), Some(low)) => {
                        rest.next();
                        bytes.push(high << 4 | low);
                    }
                    _ => bytes.push(next),
                }
                kept = bytes.len();
                continue;
            }
            _ => bytes.push(byte),
        }
        if byte != b' ' || quoted {
            kept = bytes.len();
        }
    }
    bytes.truncate(kept);
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
