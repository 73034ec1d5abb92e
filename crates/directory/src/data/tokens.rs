//! Client tokens: a call that is repeated with its token changes nothing more, and gets the same answer.

use std::borrow::Cow;
use std::time::Duration;

use model::ds_data::ErrorCode;
use model::{DirectoryId, Operation, Timestamp};
use serde::Serialize;
use world::{ClientToken, Domain, Tx};

use super::error::Result;
use super::gate::{self, Realm};
use crate::error::{Coded, require};

/// How long a client token is valid after the last request with it.
const TOKEN_LIFE: Duration = Duration::from_hours(8);

/// Why a client token is refused.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientTokenError {
    /// The token was used with other parameters.
    Reused,
}

impl Coded<ErrorCode> for ClientTokenError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Reused => ErrorCode::ConflictException,
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Reused => "The client token was already used with other parameters.".into(),
        }
    }
}

/// A request that may have a client token.
pub struct IdempotentCall {
    token: Option<String>,
    /// The digest of the request; zero without a token.
    request: u128,
}

impl IdempotentCall {
    /// `request` is the input of the operation, without the token.
    pub fn new(operation: &Operation, token: Option<String>, request: &impl Serialize) -> Self {
        let request = if token.is_some() { digest(operation, request) } else { 0 };
        Self { token, request }
    }

    /// Changes the domain of a directory, unless the same call changed it before. `decide` checks the domain and may
    /// refuse. `change` returns the relative identifier of the object, and a repeated call returns the same one.
    pub fn serve<C>(
        self,
        tx: &mut Tx<'_>,
        id: &DirectoryId,
        decide: impl FnOnce(Realm<'_>) -> Result<C>,
        change: impl FnOnce(&mut Domain, C) -> u64,
    ) -> Result<u64> {
        let now = tx.now;
        let view = tx.view();
        let own = gate::open(&view, id)?;
        let earlier = self.earlier_result(own.domain, now)?;
        let decided = if earlier.is_none() { Some(decide(own)?) } else { None };
        let domain = gate::domain_mut(tx, id);
        let changed = decided.map(|decided| change(domain, decided));
        let rid = changed.or(earlier).unwrap_or_default();
        self.keep_token(domain, rid, now);
        Ok(rid)
    }

    fn earlier_result(&self, domain: &Domain, now: Timestamp) -> Result<Option<u64>> {
        let used = self.token.as_deref().and_then(|token| domain.client_tokens.get(token, now));
        let Some(used) = used else { return Ok(None) };
        require(used.request == self.request, ClientTokenError::Reused)?;
        Ok(Some(used.rid))
    }

    /// Keeps the token of a request, or extends its life.
    fn keep_token(self, domain: &mut Domain, rid: u64, now: Timestamp) {
        if let Some(token) = self.token {
            let used = ClientToken { request: self.request, rid, expires_at: now.after(TOKEN_LIFE) };
            domain.client_tokens.keep(&token, used, now);
        }
    }
}

/// The digest (FNV-1a, 128 bits) of an operation's name and its request in JSON. Whole requests of eight hours would
/// need too much memory. Members are written in the order of the model, and maps in that of their keys, so equal
/// requests have equal texts.
fn digest(operation: &Operation, request: &impl Serialize) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let request = serde_json::to_vec(request).expect("a request that was parsed from JSON can be written as JSON");
    let bytes = operation.name.bytes().chain(request);
    bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use model::ds_data::SERVICE;
    use model::ds_data::types::{DeleteUserInput, DisableUserInput};

    use super::*;

    #[test]
    fn equal_requests_have_the_same_operation_and_members() {
        let operation = |name| SERVICE.operation(name).unwrap();
        let id = || DirectoryId::from("d-1234567890");
        let delete =
            |name: &str| DeleteUserInput { client_token: None, directory_id: id(), sam_account_name: name.into() };
        let disable = DisableUserInput { client_token: None, directory_id: id(), sam_account_name: "jane".into() };
        let first = digest(operation("DeleteUser"), &delete("jane"));
        assert_eq!(first, digest(operation("DeleteUser"), &delete("jane")));
        assert_ne!(first, digest(operation("DeleteUser"), &delete("joan")));
        assert_ne!(first, digest(operation("DisableUser"), &disable));
    }
}
