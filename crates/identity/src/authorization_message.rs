//! Encoded messages of refusals.

use model::sts::ErrorCode::InvalidAuthorizationMessageException;
use model::sts::types::{DecodeAuthorizationMessageInput, DecodeAuthorizationMessageOutput};
use world::View;

use crate::Service;
use crate::error::{Error, Result};
use crate::generated::api;

impl api::AuthorizationMessage for Service {
    fn decode_authorization_message(
        _: &View<'_>,
        _: DecodeAuthorizationMessageInput,
    ) -> Result<DecodeAuthorizationMessageOutput> {
        // Refusals of these four services are plain text, here as on AWS: no message that this server could have
        // encoded exists.
        let text = "Message is not valid";
        Err(Error::modeled(InvalidAuthorizationMessageException, text))
    }
}
