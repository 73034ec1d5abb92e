//! The error of this service.
//!
//! Each resource has an enum of its refusals in its own file, with the code and the text of each. Each of these enums
//! converts into [`Error`], so this file names no resource.

use std::borrow::Cow;

use compact_str::CompactString;
use model::ds::ErrorCode;
use model::{Refusal, ServiceError};

/// The result of a handler.
pub type Result<T> = std::result::Result<T, Error>;

/// A refusal of Directory Service.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Refusal);

/// The refusals of a resource.
///
/// "Recorded" beside a text: it is from a public recording of AWS's answer. "Known": other tools that repeat AWS's
/// texts use it. The other texts are inferred: none is public, and clients go by the code.
pub trait Coded<Code = ErrorCode> {
    /// The model's code, with its reason.
    fn code(&self) -> Code;

    /// The message. The protocol adds the request id at its end.
    fn text(&self) -> Cow<'static, str>;
}

/// The refusal of a call that names a resource of another service, which did not answer for this reason.
impl From<&CompactString> for Error {
    fn from(reason: &CompactString) -> Self {
        Self(Refusal::Unreachable(reason.to_string().into()))
    }
}

impl<E: Coded> From<E> for Error {
    fn from(refusal: E) -> Self {
        Self(Refusal::Service(ServiceError::new(refusal.code(), refusal.text())))
    }
}

/// A token of another list, or of none.
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

/// Refuses with `refusal` unless the condition holds.
pub fn require<E>(holds: bool, refusal: E) -> std::result::Result<(), E> {
    if holds { Ok(()) } else { Err(refusal) }
}
