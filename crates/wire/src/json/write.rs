//! Writes JSON as `serde_json` does, to the byte, in half its time: names of members are known to need no escapes, and most texts are
//! found in one pass to need none. Numbers, and texts with escapes, are left to `serde_json`.

use std::fmt;
use std::ops::BitOr;

use serde::ser::{Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

/// The text of a value.
pub fn write(value: &impl Serialize, usual_length: usize) -> Result<Vec<u8>, fmt::Error> {
    let mut writer = Writer(Vec::with_capacity(usual_length));
    value.serialize(&mut writer)?;
    Ok(writer.0)
}

/// An object of texts.
pub fn object<'a>(members: impl Iterator<Item = (&'static str, &'a str)>) -> Vec<u8> {
    let mut writer = Writer(Vec::new());
    // Writing texts to a vector cannot fail.
    let _ = writer.collect_map(members);
    writer.0
}

struct Writer(Vec<u8>);

impl Writer {
    fn leave<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        serde_json::to_writer(&mut self.0, value).map_err(|_| fmt::Error)
    }

    fn quote(&mut self, text: &str) {
        self.0.reserve(text.len() + 2);
        self.0.push(b'"');
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(b'"');
    }
}

/// Without a way out of the loop, so that it takes many bytes at a time.
fn needs_escapes(text: &str) -> bool {
    let found = text.bytes().map(|byte| u8::from(byte < b' ') | u8::from(byte == b'"') | u8::from(byte == b'\\'));
    found.fold(0, BitOr::bitor) != 0
}

type Never = Impossible<(), fmt::Error>;

/// Writes each type of number as `serde_json` does.
macro_rules! numbers {
    ($($method:ident $number:ty)*) => {$(
        fn $method(self, value: $number) -> fmt::Result {
            self.leave(&value)
        }
    )*};
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Entries<'w>;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Entries<'w>;
    type SerializeStruct = Entries<'w>;
    type SerializeStructVariant = Never;

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
        serialize_f64 f64
    }

    fn serialize_bool(self, value: bool) -> fmt::Result {
        self.leave(&value)
    }

    fn serialize_char(self, value: char) -> fmt::Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> fmt::Result {
        if needs_escapes(value) {
            return self.leave(value);
        }
        self.quote(value);
        Ok(())
    }

    fn serialize_bytes(self, _value: &[u8]) -> fmt::Result {
        Err(fmt::Error)
    }

    fn serialize_none(self) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        self.leave(&())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> fmt::Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _name: &'static str, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> fmt::Result {
        Err(fmt::Error)
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

    fn serialize_tuple(self, _len: usize) -> Result<Never, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<Never, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Never, fmt::Error> {
        Err(fmt::Error)
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _len: usize,
    ) -> Result<Never, fmt::Error> {
        Err(fmt::Error)
    }
}

/// What is inside an array or object.
struct Entries<'w> {
    writer: &'w mut Writer,
    /// What stands before the next entry: the bracket that opens, until that is written, and then a comma.
    before: u8,
}

impl Entries<'_> {
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

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> fmt::Result {
        self.begin();
        self.writer.quote(name);
        self.writer.0.push(b':');
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> fmt::Result {
        self.close(b'{', b'}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::Timestamp;
    use model::organizations::types::{Account, ListAccountsOutput};
    use proptest::prelude::*;

    use super::*;

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
        agrees(&ListAccountsOutput { accounts: Some(accounts), next_token: None });
        agrees(&ListAccountsOutput::default());
        agrees(&BTreeMap::from([("a", Some(true)), ("b", None)]));
        agrees(&BTreeMap::<String, f32>::new());
        agrees(&vec![1.0, -0.5, 1e300, f64::NAN]);
        agrees(&vec![i64::MIN, 0, i64::MAX]);
    }

    proptest! {
        #[test]
        fn writes_every_text_as_serde_json_does(text in any::<String>(), ascii in "[ -~\\x00-\\x1f\\x7f]*") {
            agrees(&text);
            agrees(&ascii);
            agrees(&BTreeMap::from([(text, ascii)]));
        }
    }
}
