//! Client tokens: a call that is repeated with its token has no second effect, and gets the same answer.

use std::borrow::Cow;
use std::fmt::Debug;
use std::time::Duration;

use model::ds_data::ErrorCode;
use model::{DirectoryId, Timestamp};
use world::{ClientToken, Domain, Tx};

use super::error::Result;
use super::gate::{
    Realm, {self},
};
use crate::error::{Coded, require};

/// How long a client token is remembered after the last request that it served.
const TOKEN_LIFE: Duration = Duration::from_hours(8);

/// Why a client token is not taken.
#[derive(Clone, Debug, PartialEq)]
pub enum ClientTokenError {
    /// It was used with other parameters.
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

/// A request that may carry a client token.
pub struct Call {
    token: Option<String>,
    request: u128,
}

impl Call {
    /// A request, which its token was taken out of.
    pub fn new(token: Option<String>, request: &impl Debug) -> Self {
        let request = if token.is_some() { digest(&format!("{request:?}")) } else { 0 };
        Self { token, request }
    }

    /// Makes a change to the domain of a directory, unless the same call made it before. `decide` looks at the domain
    /// and may refuse; `change` answers the object that the change was about, and so does a call that is repeated.
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
        let earlier = self.earlier(own.domain, now)?;
        let decided = if earlier.is_none() { Some(decide(own)?) } else { None };
        let domain = gate::domain_mut(tx, id);
        let made = decided.map(|decided| change(domain, decided));
        let rid = made.or(earlier).unwrap_or_default();
        self.keep(domain, rid, now);
        Ok(rid)
    }

    fn earlier(&self, domain: &Domain, now: Timestamp) -> Result<Option<u64>> {
        let used = self.token.as_deref().and_then(|token| domain.client_tokens.get(token, now));
        let Some(used) = used else { return Ok(None) };
        require(used.request == self.request, ClientTokenError::Reused)?;
        Ok(Some(used.rid))
    }

    /// Remembers the token of a request that was served, or served again.
    fn keep(self, domain: &mut Domain, rid: u64, now: Timestamp) {
        if let Some(token) = self.token {
            let used = ClientToken { request: self.request, rid, expires_at: now.after(TOKEN_LIFE) };
            domain.client_tokens.keep(&token, used, now);
        }
    }
}

/// FNV-1a of 128 bits: whole requests would fill the memory that eight hours of tokens leave.
fn digest(text: &str) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    text.bytes().fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME))
}
