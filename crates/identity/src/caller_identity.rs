//! Who calls, and whose a key is.

use model::sts::types::{
    GetAccessKeyInfoInput, GetAccessKeyInfoOutput, GetCallerIdentityInput, GetCallerIdentityOutput,
};
use model::{AccessKeyId, FrontEnd};
use world::View;

use crate::Service;
use crate::error::{Error, Result};
use crate::generated::api;

impl api::CallerIdentity for Service {
    fn get_access_key_info(view: &View<'_>, input: GetAccessKeyInfoInput) -> Result<GetAccessKeyInfoOutput> {
        let session = view.world.sessions.get(input.access_key_id.as_str()).map(|session| session.account);
        let account = session.or_else(|| AccessKeyId(&input.access_key_id).account());
        // Inferred: an id that holds no account belongs to nobody. AWS also knows the keys of the old format, which we
        // cannot.
        let unknown =
            || Error::front_end(FrontEnd::Validation, format!("Invalid access key id: {}", input.access_key_id));
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
