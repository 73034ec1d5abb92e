//! Converts JSON values to CBOR and back, independently of the server's reader and writer.

use std::convert::Infallible;

use minicbor::data::Type;
use minicbor::{Decoder, Encoder, decode, encode};
use serde_json::{Map, Value};

/// Writes a value. No input of Directory Service has a timestamp, which would need a tag.
pub fn write(value: &Value) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    // Writing to a vector cannot fail.
    let _ = put(&mut encoder, value);
    encoder.into_writer()
}

/// Reads a value. Timestamps become seconds.
///
/// # Errors
/// A text, when the bytes are no CBOR, or hold what JSON cannot.
pub fn read(bytes: &[u8]) -> Result<Value, String> {
    let mut decoder = Decoder::new(bytes);
    let value = take(&mut decoder).map_err(|wrong| format!("the answer is no CBOR: {wrong}"))?;
    if decoder.position() == bytes.len() { Ok(value) } else { Err("the answer goes on after its end".to_owned()) }
}

fn put(encoder: &mut Encoder<Vec<u8>>, value: &Value) -> Result<(), encode::Error<Infallible>> {
    match value {
        Value::Null => drop(encoder.null()?),
        Value::Bool(held) => drop(encoder.bool(*held)?),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => drop(encoder.i64(integer)?),
            (None, Some(integer)) => drop(encoder.u64(integer)?),
            (None, None) => drop(encoder.f64(number.as_f64().unwrap_or_default())?),
        },
        Value::String(text) => drop(encoder.str(text)?),
        Value::Array(items) => {
            encoder.array(items.len() as u64)?;
            items.iter().try_for_each(|item| put(encoder, item))?;
        }
        Value::Object(entries) => {
            encoder.map(entries.len() as u64)?;
            for (name, value) in entries {
                encoder.str(name)?;
                put(encoder, value)?;
            }
        }
    }
    Ok(())
}

fn take(decoder: &mut Decoder<'_>) -> Result<Value, decode::Error> {
    Ok(match decoder.datatype()? {
        Type::Null => {
            decoder.null()?;
            Value::Null
        }
        Type::Bool => decoder.bool()?.into(),
        Type::F32 | Type::F64 => decoder.f64()?.into(),
        Type::String => decoder.str()?.into(),
        Type::Tag => {
            decoder.tag()?;
            take(decoder)?
        }
        Type::Array => {
            let len = decoder.array()?.unwrap_or_default();
            (0..len).map(|_| take(decoder)).collect::<Result<Vec<Value>, _>>()?.into()
        }
        Type::Map => {
            let mut entries = Map::new();
            for _ in 0..decoder.map()?.unwrap_or_default() {
                let name = decoder.str()?.to_owned();
                entries.insert(name, take(decoder)?);
            }
            entries.into()
        }
        _ => decoder.i64()?.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let value = serde_json::json!({"a": [1, -7, 1.5, true, null, "x"], "b": {}, "c": 4_000_000_000_u64});
        assert_eq!(read(&write(&value)), Ok(value));
        assert_eq!(read(&[0xc1, 0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0]), Ok(1.5.into()));
        for wrong in [&[][..], &[0xa1, 0x61], &[0, 0], &[0x41, 0]] {
            assert!(read(wrong).is_err(), "{wrong:x?}");
        }
    }
}
