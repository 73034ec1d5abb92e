//! Encoded authorization messages.

use std::borrow::Cow;

use model::sts::ErrorCode;
use model::sts::types::{DecodeAuthorizationMessageInput, DecodeAuthorizationMessageOutput};
use world::View;

use crate::Service;
use crate::error::{Code, Coded, Result};
use crate::generated::api;

/// A refusal to decode a message.
#[derive(Clone, Debug, PartialEq)]
pub enum AuthorizationMessageError {
    /// The message was not encoded by this server.
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
        // The four services here return plain text when they deny access, as on AWS, so no encoded message exists.
        Err(AuthorizationMessageError::Invalid.into())
    }
}
