//! Errors of this service, most of which are the front end's.

use std::borrow::Cow;

use model::sts::ErrorCode;
use model::{FrontEnd, Refusal, ServiceError};

/// What a handler answers.
pub type Result<T> = std::result::Result<T, Error>;

/// An error of AWS STS, with its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Refusal);

impl Error {
    /// An error that the model lists.
    pub fn modeled(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Refusal::Service(ServiceError::new(code, message)))
    }

    /// An error of the front end, which STS shares.
    pub fn front_end(kind: FrontEnd, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Refusal::FrontEnd(kind, message.into()))
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        error.0
    }
}
