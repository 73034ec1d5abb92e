//! The error of this service.
//!
//! Each resource has an enum of its refusals in its own file, which says the code and the text of each. Here they lose
//! their type, so this file knows no resource.

use std::borrow::Cow;

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::{Refusal, ServiceError};

/// What a handler answers.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal of Directory Service.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Refusal);

/// The refusals of a resource.
///
/// "Recorded" beside a text: from a public recording of AWS's answer. "Known": in use by other tools that repeat AWS's
/// texts. The other texts are inferred: none is public, and clients go by the code.
pub trait Coded<Code = ErrorCode> {
    /// The model's code, with its reason.
    fn code(&self) -> Code;

    /// The text. The protocol adds the request id at its end.
    fn text(&self) -> Cow<'static, str>;
}

/// The refusal of a call that names something of another service, which did not answer for this reason.
impl From<&CompactString> for Error {
    fn from(reason: &CompactString) -> Self {
        Self(Refusal::Unreachable(reason.to_string().into()))
    }
}

impl<E: Coded> From<E> for Error {
    fn from(refused: E) -> Self {
        Self(Refusal::Service(ServiceError::new(refused.code(), refused.text())))
    }
}

/// A token that the list did not give.
impl Coded for world::BadToken {
    fn code(&self) -> ErrorCode {
        ErrorCode::InvalidNextTokenException
    }

    fn text(&self) -> Cow<'static, str> {
        // Known.
        "Invalid value passed for the NextToken parameter".into()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.0
    }
}

/// A precondition: what is refused otherwise is named right there.
pub fn require<E>(held: bool, otherwise: E) -> std::result::Result<(), E> {
    if held { Ok(()) } else { Err(otherwise) }
}
