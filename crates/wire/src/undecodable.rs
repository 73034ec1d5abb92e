//! Why bytes are no typed input.

use model::{FrontEnd, Refusal, Violation};

/// Why there is no typed input.
#[derive(Clone, Debug)]
pub enum Undecodable {
    /// The bytes are no JSON, CBOR or form. AWS says so before it looks at the credentials.
    Malformed,
    /// A member has another type than the model says; the text of the `SerializationException`.
    Mistyped(String),
    /// Members that break the model's limits. Each service has its own words for them.
    Violations(Vec<Violation>),
}

impl Undecodable {
    /// The front end's refusal; none for violations, which the service words itself.
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Malformed => Some(Refusal::FrontEnd(FrontEnd::Serialization, "".into())),
            Self::Mistyped(text) => Some(Refusal::FrontEnd(FrontEnd::Serialization, text.clone().into())),
            Self::Violations(_) => None,
        }
    }
}
