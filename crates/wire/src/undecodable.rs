//! The errors of decoding.

use model::{FrontEnd, Refusal, Violation};

/// The error for bytes that are not a typed input.
#[derive(Clone, Debug)]
pub enum Undecodable {
    /// The bytes are no JSON, CBOR or form. AWS checks this before the credentials.
    Malformed,
    /// A member has a type that the model does not allow. Holds the text of the `SerializationException`.
    Mistyped(String),
    /// Members break the model's limits. Each service words this error itself.
    Violations(Vec<Violation>),
}

impl Undecodable {
    /// The refusal of the front end. None for violations, which the service words itself.
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Malformed => Some(Refusal::FrontEnd(FrontEnd::Serialization, "".into())),
            Self::Mistyped(text) => Some(Refusal::FrontEnd(FrontEnd::Serialization, text.clone().into())),
            Self::Violations(_) => None,
        }
    }
}
