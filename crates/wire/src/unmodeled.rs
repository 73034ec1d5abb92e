//! Types of serde that no answer of AWS has: tuples, and variants that hold something. All writers refuse them.

use std::fmt;

use serde::ser::Impossible;

/// A serializer that no value reaches.
pub type Never = Impossible<(), fmt::Error>;

/// Implements the methods of a `Serializer` for these types as errors.
macro_rules! refuse_unmodeled {
    () => {
        type SerializeTuple = Never;
        type SerializeTupleStruct = Never;
        type SerializeTupleVariant = Never;
        type SerializeStructVariant = Never;

        fn serialize_newtype_variant<T: Serialize + ?Sized>(
            self,
            _name: &'static str,
            _index: u32,
            _variant: &'static str,
            _value: &T,
        ) -> fmt::Result {
            Err(fmt::Error)
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
    };
}

pub(crate) use refuse_unmodeled;
