//! The identity of the caller, and the account of a key.

use std::borrow::Cow;

use model::sts::types::{
    GetAccessKeyInfoInput, GetAccessKeyInfoOutput, GetCallerIdentityInput, GetCallerIdentityOutput,
};
use model::{AccessKeyId, FrontEnd};
use world::View;

use crate::Service;
use crate::error::{Code, Coded, Result};
use crate::generated::api;

/// A refusal to identify a key.
#[derive(Clone, Debug, PartialEq)]
pub enum CallerIdentityError {
    /// The access key id belongs to no account.
    UnknownKey(String),
}

impl Coded for CallerIdentityError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownKey(_) => Code::FrontEnd(FrontEnd::Validation),
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::UnknownKey(id) => format!("Invalid access key id: {id}").into(),
        }
    }
}

impl api::CallerIdentity for Service {
    fn get_access_key_info(view: &View<'_>, input: GetAccessKeyInfoInput) -> Result<GetAccessKeyInfoOutput> {
        let session = view.world.sessions.get(input.access_key_id.as_str()).map(|session| session.account);
        let account = session.or_else(|| AccessKeyId(&input.access_key_id).account());
        // Inferred: an id that encodes no account is unknown. AWS also knows keys of the old format, which encode none.
        let unknown = || CallerIdentityError::UnknownKey(input.access_key_id.clone());
        Ok(GetAccessKeyInfoOutput { account: Some(account.ok_or_else(unknown)?) })
    }

    fn get_caller_identity(view: &View<'_>, _: GetCallerIdentityInput) -> Result<GetCallerIdentityOutput> {
        Ok(GetCallerIdentityOutput {
            account: Some(view.caller.account),
            arn: Some(view.caller.arn()),
            user_id: Some(view.caller.user_id().to_string()),
        })
    }
}
