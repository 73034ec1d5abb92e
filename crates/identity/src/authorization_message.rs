//! Encoded messages of refusals.

use std::borrow::Cow;

use model::sts::ErrorCode;
use model::sts::types::{DecodeAuthorizationMessageInput, DecodeAuthorizationMessageOutput};
use world::View;

use crate::Service;
use crate::error::{Code, Coded, Result};
use crate::generated::api;

/// Why a message is not decoded.
#[derive(Clone, Debug, PartialEq)]
pub enum AuthorizationMessageError {
    /// It is none that this server encoded.
    Invalid,
}

impl Coded for AuthorizationMessageError {
    fn code(&self) -> Code {
        match self {
            Self::Invalid => Code::Modeled(ErrorCode::InvalidAuthorizationMessageException),
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Invalid => "Message is not valid".into(),
        }
    }
}

impl api::AuthorizationMessage for Service {
    fn decode_authorization_message(
        _: &View<'_>,
        _: DecodeAuthorizationMessageInput,
    ) -> Result<DecodeAuthorizationMessageOutput> {
        // Refusals of these four services are plain text, here as on AWS: no message that this server could have
        // encoded exists.
        Err(AuthorizationMessageError::Invalid.into())
    }
}
