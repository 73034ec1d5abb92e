//! Reads CBOR with tagged timestamps, indefinite lengths, strings in chunks and half floats. Undefined reads as null.
//!
//! A declared length never reserves memory. Nesting has a limit. Bytes after the value are an error.

use std::borrow::Cow;

use minicbor::Decoder;
use minicbor::data::{IanaTag, Type};
use model::Timestamp;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::tree::Unreadable;

/// The deepest nesting. No input needs a tenth of it.
const DEPTH_MAX: u8 = 64;

/// Reads one value. It must take up all bytes.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    let mut reader = Reader { decoder: Decoder::new(bytes), depth: 0 };
    let value = T::deserialize(&mut reader)?;
    if reader.decoder.position() == bytes.len() { Ok(value) } else { Err(Unreadable) }
}

impl From<minicbor::decode::Error> for Unreadable {
    fn from(_: minicbor::decode::Error) -> Self {
        Self
    }
}

struct Reader<'de> {
    decoder: Decoder<'de>,
    depth: u8,
}

impl<'de> Reader<'de> {
    fn text(&mut self) -> Result<Cow<'de, str>, Unreadable> {
        match self.decoder.datatype()? {
            Type::String => Ok(Cow::Borrowed(self.decoder.str()?)),
            Type::StringIndef => Ok(Cow::Owned(self.decoder.str_iter()?.collect::<Result<String, _>>()?)),
            _ => Err(Unreadable),
        }
    }

    fn bytes(&mut self) -> Result<Vec<u8>, Unreadable> {
        let mut all = Vec::new();
        for chunk in self.decoder.bytes_iter()? {
            all.extend_from_slice(chunk?);
        }
        Ok(all)
    }

    /// Reads a value one level deeper.
    fn within<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Unreadable>) -> Result<T, Unreadable> {
        if self.depth == DEPTH_MAX {
            return Err(Unreadable);
        }
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn visit_text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn visit_array<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unreadable> {
        let left = self.decoder.array()?;
        self.within(|reader| visitor.visit_seq(Entries { reader, left }))
    }

    fn visit_entries<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unreadable> {
        let left = self.decoder.map()?;
        self.within(|reader| visitor.visit_map(Entries { reader, left }))
    }

    /// Shows a timestamp to the visitor as a newtype. Other tags carry nothing that the models need.
    fn visit_tagged<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unreadable> {
        let is_timestamp = self.decoder.tag()? == IanaTag::Timestamp.tag();
        self.within(
            |reader| {
                if is_timestamp { visitor.visit_newtype_struct(reader) } else { reader.deserialize_any(visitor) }
            },
        )
    }

    /// Consumes the mark that ends an indefinite length, if it is next.
    fn ends(&mut self) -> Result<bool, Unreadable> {
        let ends = self.decoder.datatype()? == Type::Break;
        if ends {
            self.decoder.set_position(self.decoder.position() + 1);
        }
        Ok(ends)
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.decoder.datatype()? {
            Type::Null | Type::Undefined => {
                self.decoder.skip()?;
                visitor.visit_unit()
            }
            Type::Bool => visitor.visit_bool(self.decoder.bool()?),
            Type::U8 | Type::U16 | Type::U32 | Type::U64 => visitor.visit_u64(self.decoder.u64()?),
            Type::I8 | Type::I16 | Type::I32 | Type::I64 => visitor.visit_i64(self.decoder.i64()?),
            Type::Int => visitor.visit_i128(self.decoder.int()?.into()),
            Type::F16 => visitor.visit_f64(self.decoder.f16()?.into()),
            Type::F32 => visitor.visit_f64(self.decoder.f32()?.into()),
            Type::F64 => visitor.visit_f64(self.decoder.f64()?),
            Type::String | Type::StringIndef => self.visit_text(visitor),
            Type::Bytes | Type::BytesIndef => visitor.visit_bytes(&self.bytes()?),
            Type::Array | Type::ArrayIndef => self.visit_array(visitor),
            Type::Map | Type::MapIndef => self.visit_entries(visitor),
            Type::Tag => self.visit_tagged(visitor),
            Type::Simple | Type::Break | Type::Unknown(_) => Err(Unreadable),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.visit_text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.visit_text(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.visit_text(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if matches!(self.decoder.datatype()?, Type::Null | Type::Undefined) {
            self.decoder.skip()?;
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        // A number without the tag is no timestamp.
        if name == Timestamp::SHAPE && self.decoder.tag()? != IanaTag::Timestamp.tag() {
            return Err(Unreadable);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.visit_entries(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.visit_entries(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple tuple_struct
        ignored_any
    }
}

/// The rest of an array or map.
struct Entries<'r, 'de> {
    reader: &'r mut Reader<'de>,
    /// The number of entries left, if the length is declared.
    left: Option<u64>,
}

impl Entries<'_, '_> {
    /// Whether another entry follows. It is counted off.
    fn advance(&mut self) -> Result<bool, Unreadable> {
        match &mut self.left {
            Some(0) => Ok(false),
            Some(left) => {
                *left -= 1;
                Ok(true)
            }
            None => self.reader.ends().map(|ends| !ends),
        }
    }
}

impl<'de> SeqAccess<'de> for Entries<'_, 'de> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        if self.advance()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        if self.advance()? { seed.deserialize(&mut *self.reader).map(Some) } else { Ok(None) }
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(&mut *self.reader)
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER_PERMISSIVE;
    use serde::Deserialize;

    use super::*;
    use crate::tree::Tree;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    struct Value {
        t: Option<Timestamp>,
        i: Option<i32>,
        s: Option<String>,
        l: Option<Vec<String>>,
        b: Option<bool>,
    }

    fn hex(text: &str) -> Vec<u8> {
        HEXLOWER_PERMISSIVE.decode(text.replace(' ', "").as_bytes()).expect("hexadecimal digits")
    }

    fn of(text: &str) -> Result<Value, Unreadable> {
        read(&hex(text))
    }

    #[test]
    fn reads_every_form_of_the_protocol() {
        let at = |seconds| Value { t: Some(Timestamp::from_seconds(seconds)), ..Value::default() };
        let word = |text: &str| Value { s: Some(text.to_owned()), ..Value::default() };
        for (bytes, expected) in [
            ("a1 6174 c1 fb41d954fc4007df3b", at(1_700_000_000.123)),
            ("a1 6174 c1 1a6553f100", at(1_700_000_000.0)),
            ("a1 6174 c1 fa4eca9f44", at(1_699_717_632.0)),
            ("a1 6174 c1 f93e00", at(1.5)),
            ("a1 6174 c1 20", at(-1.0)),
            ("bf 6173 6161 ff", word("a")),
            ("a1 6173 7f 6161 6162 ff", word("ab")),
            ("a1 7f 6173 ff 6161", word("a")),
            ("a1 6173 d818 6161", Value::default()),
            ("a2 6173 f6 6169 f7", Value::default()),
            ("a1 7a00000001 78 9f 01 bf 61 61 c5 f9 0000 ff ff", Value::default()),
            ("a1 616c 9f 6161 6162 ff", Value { l: Some(vec!["a".into(), "b".into()]), ..Value::default() }),
            ("a1 6169 1b0000000000000007", Value { i: Some(7), ..Value::default() }),
            ("a1 6169 38ff", Value { i: Some(-256), ..Value::default() }),
            ("a1 6162 f5", Value { b: Some(true), ..Value::default() }),
        ] {
            // The walk drops an unknown tag. The typed path does not.
            let read = of(bytes).or_else(|_| read::<Tree>(&hex(bytes)).map(|_| Value::default()));
            assert_eq!(read.expect(bytes), expected, "{bytes}");
        }
    }

    #[test]
    fn refuses_malformed_bytes() {
        for bytes in [
            "",
            "a1",
            "a1 6174",
            "a1 6174 1a6553f100",
            "a1 6174 c1 6161",
            "a0 00",
            "a1 00 00",
            "a1 4173 6161",
            "bb ffffffffffffffff",
            "9b ffffffffffffffff",
            "7b ffffffffffffffff 61",
            "a1 6173 7b ffffffffffffffff",
            "a1 616c 9b ffffffffffffffff 6161",
            "a1 6173 62c328",
            "a1 6173 7f 7f 6161 ff ff",
            "a1 6178 ff",
            "ff",
            "bf 6173 ff",
            "a1 6178 1c",
        ] {
            assert!(
                of(bytes).is_err()
                    && (bytes.starts_with("a1 6174 1a")
                        || read::<Tree>(&hex(bytes)).is_err()
                        || bytes.starts_with('9')),
                "{bytes}"
            );
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        for opening in [0x81_u8, 0x9f, 0xc1, 0xc5] {
            let mut bytes = vec![opening; 1_000_000];
            bytes.push(0);
            assert!(read::<Tree>(&bytes).is_err(), "{opening:x}");
            let mut unknown = hex("a1 6178");
            unknown.extend(bytes);
            assert!(read::<Value>(&unknown).is_err(), "{opening:x}");
        }
    }
}
