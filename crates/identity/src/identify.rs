//! The caller behind an access key id.

use model::organizations::types::AccountState;
use model::{AccessKeyId, FrontEnd, Refusal, Timestamp};
use world::{Caller, Principal, Region, Session, World};

/// Recorded from STS. The text for an unknown key ends with a period, the one for a damaged token does not.
const UNKNOWN_KEY: &str = "The security token included in the request is invalid.";
const DAMAGED_TOKEN: &str = "The security token included in the request is invalid";
const EXPIRED_TOKEN: &str = "The security token included in the request is expired";

/// The caller behind an access key id: the session that `AssumeRole` stored under it, else the administrator of the
/// account that it names or encodes, else the administrator of the world's default account.
///
/// # Errors
/// `ExpiredToken` for an expired session. `UnrecognizedClient` for a session with a missing or wrong token, and for a
/// closed account.
pub fn identify(
    world: &World,
    access_key_id: &str,
    session_token: Option<&str>,
    region: &str,
    now: Timestamp,
) -> Result<Caller, Refusal> {
    let region = Region::from(region);
    let caller = match world.sessions.get(access_key_id) {
        Some(session) => identify_session(session, session_token, region, now)?,
        None => {
            let account = AccessKeyId(access_key_id).account().unwrap_or(world.settings.default_account);
            Caller { region, ..Caller::administrator(account) }
        }
    };
    // Inferred: the keys of a closed account are unknown. The user guide says only that its users cannot make calls.
    let closed = world.account(caller.account).is_some_and(|account| account.state == AccountState::Closed);
    if closed { Err(Refusal::FrontEnd(FrontEnd::UnrecognizedClient, UNKNOWN_KEY.into())) } else { Ok(caller) }
}

fn identify_session(session: &Session, token: Option<&str>, region: Region, now: Timestamp) -> Result<Caller, Refusal> {
    if token != Some(session.token.as_str()) {
        return Err(Refusal::FrontEnd(FrontEnd::UnrecognizedClient, DAMAGED_TOKEN.into()));
    }
    if session.expires <= now {
        return Err(Refusal::FrontEnd(FrontEnd::ExpiredToken, EXPIRED_TOKEN.into()));
    }
    Ok(session_caller(session, region))
}

/// The caller that uses a session.
pub fn session_caller(session: &Session, region: Region) -> Caller {
    let principal = Principal::AssumedRole {
        role: session.role.clone(),
        role_id: session.role_id.clone(),
        session: session.name.clone(),
    };
    Caller { account: session.account, principal, region, session_policy: session.policy.clone() }
}
