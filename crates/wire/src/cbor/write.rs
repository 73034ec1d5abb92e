//! Writes CBOR with the shortest integers, definite lengths, and timestamps as tagged doubles.

use std::fmt;

use minicbor::Encoder;
use minicbor::data::IanaTag;
use model::Timestamp;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};

use crate::unmodeled::{Never, refuse_unmodeled};

/// Writes a value. `usual_length` is the capacity to begin with.
pub fn write(value: &impl Serialize, usual_length: usize) -> Result<Vec<u8>, fmt::Error> {
    let mut writer = Writer(Encoder::new(Vec::with_capacity(usual_length)));
    value.serialize(&mut writer)?;
    Ok(writer.0.into_writer())
}

/// Writes a map of texts.
pub fn object(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = Writer(Encoder::new(Vec::new()));
    // Writing texts to a vector cannot fail.
    let _ = writer.collect_map(members.iter().copied());
    writer.0.into_writer()
}

struct Writer(Encoder<Vec<u8>>);

type Written<E> = Result<(), minicbor::encode::Error<E>>;

fn done<E>(written: Result<&mut Encoder<Vec<u8>>, minicbor::encode::Error<E>>) -> Result<(), fmt::Error> {
    let written: Written<E> = written.map(drop);
    written.map_err(|_| fmt::Error)
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Entries<'w>;
    type SerializeMap = Entries<'w>;
    type SerializeStruct = Entries<'w>;

    refuse_unmodeled!();

    /// Rows that have their JSON are taken apart (`model::Row`).
    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> fmt::Result {
        done(self.0.bool(value))
    }

    fn serialize_i8(self, value: i8) -> fmt::Result {
        done(self.0.i64(value.into()))
    }

    fn serialize_i16(self, value: i16) -> fmt::Result {
        done(self.0.i64(value.into()))
    }

    fn serialize_i32(self, value: i32) -> fmt::Result {
        done(self.0.i64(value.into()))
    }

    fn serialize_i64(self, value: i64) -> fmt::Result {
        done(self.0.i64(value))
    }

    fn serialize_u8(self, value: u8) -> fmt::Result {
        done(self.0.u64(value.into()))
    }

    fn serialize_u16(self, value: u16) -> fmt::Result {
        done(self.0.u64(value.into()))
    }

    fn serialize_u32(self, value: u32) -> fmt::Result {
        done(self.0.u64(value.into()))
    }

    fn serialize_u64(self, value: u64) -> fmt::Result {
        done(self.0.u64(value))
    }

    fn serialize_f32(self, value: f32) -> fmt::Result {
        done(self.0.f32(value))
    }

    fn serialize_f64(self, value: f64) -> fmt::Result {
        done(self.0.f64(value))
    }

    fn serialize_char(self, value: char) -> fmt::Result {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> fmt::Result {
        done(self.0.str(value))
    }

    fn serialize_bytes(self, value: &[u8]) -> fmt::Result {
        done(self.0.bytes(value))
    }

    fn serialize_none(self) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        done(self.0.null())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> fmt::Result {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _name: &'static str, _index: u32, variant: &'static str) -> fmt::Result {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> fmt::Result {
        if name == Timestamp::SHAPE {
            done(self.0.tag(IanaTag::Timestamp))?;
        }
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Entries<'w>, fmt::Error> {
        let len = len.ok_or(fmt::Error)?;
        done(self.0.array(len as u64))?;
        Ok(Entries(self))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Entries<'w>, fmt::Error> {
        let len = len.ok_or(fmt::Error)?;
        done(self.0.map(len as u64))?;
        Ok(Entries(self))
    }

    fn serialize_struct(self, _name: &'static str, len: usize) -> Result<Entries<'w>, fmt::Error> {
        self.serialize_map(Some(len))
    }
}

/// The inside of an array or map whose length is written.
struct Entries<'w>(&'w mut Writer);

impl SerializeSeq for Entries<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        value.serialize(&mut *self.0)
    }

    fn end(self) -> fmt::Result {
        Ok(())
    }
}

impl SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        key.serialize(&mut *self.0)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        value.serialize(&mut *self.0)
    }

    fn end(self) -> fmt::Result {
        Ok(())
    }
}

impl SerializeStruct for Entries<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> fmt::Result {
        self.0.serialize_str(name)?;
        value.serialize(&mut *self.0)
    }

    fn end(self) -> fmt::Result {
        Ok(())
    }
}
