//! Writes JSON byte for byte as `serde_json` does, in half its time. Names of members are known to need no escapes, and
//! one pass finds that most texts need none. `serde_json` writes numbers, and texts with escapes.
//!
//! The code that writes a member's name is always inlined: the compiler knows the name there, and copies it without a
//! call.
#![allow(clippy::inline_always)]

use std::fmt;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use crate::unmodeled::{Never, refuse_unmodeled};

/// Writes a value. `usual_length` is the capacity to begin with.
pub fn write(value: &impl Serialize, usual_length: usize) -> Result<Vec<u8>, fmt::Error> {
    let mut writer = Writer(Vec::with_capacity(usual_length));
    value.serialize(&mut writer)?;
    Ok(writer.0)
}

/// Writes an object of texts.
pub fn object<'a>(members: impl Iterator<Item = (&'static str, &'a str)>) -> Vec<u8> {
    let mut writer = Writer(Vec::new());
    // Writing texts to a vector cannot fail.
    let _ = writer.collect_map(members);
    writer.0
}

struct Writer(Vec<u8>);

impl Writer {
    fn by_serde_json<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        serde_json::to_writer(&mut self.0, value).map_err(|_| fmt::Error)
    }

    fn quote(&mut self, text: &str) {
        self.0.reserve(text.len() + 2);
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'"');
    }

    /// Writes a member's name, with the separator before it and the colon after it. The compiler knows the name's
    /// length, so all of it is put together on the stack and appended at once.
    #[inline(always)]
    fn name(&mut self, before: u8, name: &'static str) {
        const ROOM: usize = 64;
        let end = name.len() + 4;
        if end > ROOM {
            self.0.push(before);
            self.quote(name);
            self.0.push(b':');
            return;
        }
        let mut text = [b'"'; ROOM];
        text[0] = before;
        text[2..end - 2].copy_from_slice(name.as_bytes());
        text[end - 1] = b':';
        self.0.extend_from_slice(&text[..end]);
    }
}

/// Whether any character needs an escape. Looks at eight bytes at a time.
fn needs_escapes(text: &str) -> bool {
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let escaped = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    let escaped_words = words.iter().fold(0, |escaped, word| escaped | any_escaped(u64::from_ne_bytes(*word)));
    escaped_words != 0 || rest.iter().any(escaped)
}

/// Whether any byte needs an escape. Subtracting `n` from a smaller byte borrows from its highest bit, which ASCII does
/// not have. Xor with `b` makes an equal byte zero.
const fn any_escaped(word: u64) -> u64 {
    const fn all(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; 8])
    }
    const fn any_below(word: u64, n: u8) -> u64 {
        word.wrapping_sub(all(n)) & !word & all(0x80)
    }
    any_below(word, b' ') | any_below(word ^ all(b'"'), 1) | any_below(word ^ all(b'\\'), 1)
}

/// Writes each type of number as `serde_json` does.
macro_rules! numbers {
    ($($method:ident $number:ty)*) => {$(
        fn $method(self, value: $number) -> fmt::Result {
            self.by_serde_json(&value)
        }
    )*};
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Entries<'w>;
    type SerializeMap = Entries<'w>;
    type SerializeStruct = Entries<'w>;

    refuse_unmodeled!();

    numbers! {
        serialize_i8 i8
        serialize_i16 i16
        serialize_i32 i32
        serialize_i64 i64
        serialize_u8 u8
        serialize_u16 u16
        serialize_u32 u32
        serialize_u64 u64
        serialize_f32 f32
    }

    /// Writes seconds in whole milliseconds, as all timestamps are, without `serde_json`. They have at most 15 digits,
    /// and these are the shortest that stand for the number.
    // The conversions are exact, because the number is whole, positive and small.
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]
    fn serialize_f64(self, value: f64) -> fmt::Result {
        // Adding a half rounds, because the number is positive wherever the result is used.
        let millis = (value * 1000.0 + 0.5) as u64;
        if !(1..1_000_000_000_000_000).contains(&millis) || (millis as f64 / 1000.0).to_bits() != value.to_bits() {
            return self.by_serde_json(&value);
        }
        self.by_serde_json(&(millis / 1000))?;
        let digits = [millis / 100 % 10, millis / 10 % 10, millis % 10].map(|digit| b'0' + digit as u8);
        let length = digits.iter().rposition(|digit| *digit != b'0').map_or(1, |last| last + 1);
        self.0.push(b'.');
        self.0.extend_from_slice(&digits[..length]);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> fmt::Result {
        self.by_serde_json(&value)
    }

    fn serialize_char(self, value: char) -> fmt::Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> fmt::Result {
        if needs_escapes(value) {
            return self.by_serde_json(value);
        }
        self.quote(value);
        Ok(())
    }

    /// A row that is JSON already (`model::Row`).
    fn serialize_bytes(self, json: &[u8]) -> fmt::Result {
        self.0.extend_from_slice(json);
        Ok(())
    }

    fn serialize_none(self) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        self.by_serde_json(&())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> fmt::Result {
        self.quote(variant);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_seq(self, _len: Option<usize>) -> Result<Entries<'w>, fmt::Error> {
        Ok(Entries { writer: self, before: b'[' })
    }

    fn serialize_map(self, _len: Option<usize>) -> Result<Entries<'w>, fmt::Error> {
        Ok(Entries { writer: self, before: b'{' })
    }

    fn serialize_struct(self, _name: &'static str, len: usize) -> Result<Entries<'w>, fmt::Error> {
        self.serialize_map(Some(len))
    }
}

/// The inside of an array or object.
struct Entries<'w> {
    writer: &'w mut Writer,
    /// The byte before the next entry: first the opening bracket, then a comma.
    before: u8,
}

impl Entries<'_> {
    #[inline(always)]
    fn begin(&mut self) {
        self.writer.0.push(self.before);
        self.before = b',';
    }

    fn close(self, opening: u8, closing: u8) {
        if self.before == opening {
            self.writer.0.push(opening);
        }
        self.writer.0.push(closing);
    }
}

impl SerializeSeq for Entries<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.begin();
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> fmt::Result {
        self.close(b'[', b']');
        Ok(())
    }
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        self.begin();
        key.serialize(&mut *self.writer)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.writer.0.push(b':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> fmt::Result {
        self.close(b'{', b'}');
        Ok(())
    }
}

impl SerializeStruct for Entries<'_> {
    type Ok = ();
    type Error = fmt::Error;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> fmt::Result {
        self.writer.name(self.before, name);
        self.before = b',';
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> fmt::Result {
        self.close(b'{', b'}');
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::cast_precision_loss)]
mod tests {
    use std::collections::BTreeMap;

    use model::Timestamp;
    use model::organizations::types::{Account, ListAccountsOutput};
    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;

    /// A member whose name is longer than any of the models'.
    #[derive(Default, Serialize)]
    struct LongName {
        a_name_that_has_more_than_the_sixty_characters_that_are_put_together_at_once: bool,
        another: bool,
    }

    fn agrees(value: &impl Serialize) {
        let (ours, theirs) = (write(value, 0).unwrap(), serde_json::to_vec(value).unwrap());
        assert_eq!(String::from_utf8(ours), String::from_utf8(theirs));
    }

    #[test]
    fn writes_what_serde_json_writes() {
        let account = Account {
            email: Some("a@example.com".into()),
            joined_timestamp: Some(Timestamp::from_millis(1_795_420_800_123)),
            paths: Some(vec!["o/r/".into()]),
            ..Account::default()
        };
        let accounts = vec![Account::default(), Account { paths: Some(Vec::new()), ..Account::default() }, account];
        agrees(&accounts);
        agrees(&ListAccountsOutput::default());
        agrees(&BTreeMap::from([("a", Some(true)), ("b", None)]));
        agrees(&BTreeMap::<String, f32>::new());
        agrees(&LongName::default());
        agrees(&vec![1.0, -0.5, 1e300, f64::NAN]);
        agrees(&vec![i64::MIN, 0, i64::MAX]);
    }

    #[test]
    fn writes_rows_as_they_are() {
        let account = Account { name: Some("a \"quoted\" name".into()), ..Account::default() };
        let output =
            ListAccountsOutput { accounts: Some(vec![account.into(), Account::default().into()]), next_token: None };
        let written = String::from_utf8(write(&output, 0).unwrap()).unwrap();
        assert_eq!(written, r#"{"Accounts":[{"Name":"a \"quoted\" name"},{}]}"#);
    }

    proptest! {
        #[test]
        fn writes_every_text_as_serde_json_does(text in any::<String>(), ascii in "[ -~\\x00-\\x1f\\x7f]*") {
            agrees(&text);
            agrees(&ascii);
            agrees(&BTreeMap::from([(text, ascii)]));
        }

        #[test]
        fn writes_every_number_as_serde_json_does(number in any::<f64>(), millis in any::<u64>(), shift in 0..64) {
            agrees(&number);
            let millis = millis >> shift;
            agrees(&(millis as f64 / 1000.0));
            agrees(&(millis as f64));
        }
    }
}
