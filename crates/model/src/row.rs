//! Rows of answers that are written once.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A row that many answers have, with its JSON. Clones share both.
#[derive(Clone)]
pub struct Row<T>(Arc<Written<T>>);

struct Written<T> {
    row: T,
    json: Box<[u8]>,
}

impl<T: Serialize> From<T> for Row<T> {
    /// # Panics
    /// When the row cannot be written as JSON. Every structure of a model can be.
    fn from(row: T) -> Self {
        let json = serde_json::to_vec(&row).expect("a structure of a model can be written as JSON").into();
        Self(Arc::new(Written { row, json }))
    }
}

impl<T> Deref for Row<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.row
    }
}

impl<T: PartialEq> PartialEq for Row<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Row<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Serialize> Serialize for Row<T> {
    /// A row gives a human-readable format its JSON, as bytes, which no member of a model is: the one such format is
    /// `wire`'s JSON. Every other format takes the row apart.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_bytes(&self.0.json)
        } else {
            (**self).serialize(serializer)
        }
    }
}
