//! Sessions of roles.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use compact_str::CompactString;
use model::organizations::types::AccountState;
use model::sts::ErrorCode::{MalformedPolicyDocumentException, PackedPolicyTooLargeException};
use model::sts::types::{AssumeRoleInput, AssumeRoleOutput, AssumedRoleUser, Credentials};
use model::{AccountId, Arn, FrontEnd};
use policy::iam::session;
use world::{Caller, Principal, Role, Session, SessionPolicy, Stream, Tx, View};

use crate::Service;
use crate::error::{Error, Result};
use crate::generated::api;
use crate::identify::acting;

/// Both the default and the most that a role created by Organizations allows (IAM: `MaxSessionDuration` is an hour
/// unless changed).
const DURATION_SECONDS_MAX: i32 = 3600;
/// The size that session policies and tags may have when packed; AWS does not say how it packs.
const PACKED_MAX: usize = 2048;
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl api::Sessions for Service {
    fn assume_role(tx: &mut Tx<'_>, input: AssumeRoleInput) -> Result<AssumeRoleOutput> {
        let (account, name) = role_of(&input.role_arn)?;
        session_tags(&input)?;
        let policy = session_policy(&input)?;
        let packed_policy_size = packed_policy_size(&input)?;
        let role = assumable(&tx.view(), &input.role_arn, account, name)?.clone();
        let duration = duration(tx.caller, input.duration_seconds)?;
        let session = Session { policy, ..open(tx, account, name, &role, &input.role_session_name, duration) };
        let acting = acting(&session, tx.caller.region.clone());
        let user = AssumedRoleUser { arn: acting.arn(), assumed_role_id: acting.user_id().to_string() };
        Ok(AssumeRoleOutput {
            assumed_role_user: Some(user),
            credentials: Some(credentials(tx, session)),
            packed_policy_size,
            source_identity: input.source_identity,
            ..AssumeRoleOutput::default()
        })
    }
}

/// The account and the name in a role's ARN.
fn role_of(arn: &str) -> Result<(AccountId, &str)> {
    // Recorded: an ARN that satisfies the model but is none fails with this text.
    let invalid = || Error::front_end(FrontEnd::Validation, format!("{arn} is invalid"));
    let parsed = Arn::parse(arn).map_err(|_| invalid())?;
    let name = parsed.resource.strip_prefix("role/").filter(|_| parsed.service == "iam").ok_or_else(invalid)?;
    Ok((parsed.account.ok_or_else(invalid)?, name))
}

/// The role, which must exist, in an account that is open, and trust the caller's account.
fn assumable<'w>(view: &View<'w>, arn: &str, account: AccountId, name: &str) -> Result<&'w Role> {
    let denied = || {
        let text =
            format!("User: {} is not authorized to perform: sts:AssumeRole on resource: {arn}", view.caller.arn());
        Error::front_end(FrontEnd::AccessDenied, text)
    };
    let found = view.world.account(account).filter(|found| found.state != AccountState::Closed).ok_or_else(denied)?;
    let role = found.role.as_ref().filter(|role| *role.name == *name && role.trusts == view.caller.account);
    role.ok_or_else(denied)
}

fn duration(caller: &Caller, seconds: Option<i32>) -> Result<Duration> {
    let seconds = seconds.unwrap_or(DURATION_SECONDS_MAX);
    if seconds > DURATION_SECONDS_MAX {
        let chained = matches!(caller.principal, Principal::AssumedRole { .. });
        let text = if chained {
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
        } else {
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
        };
        return Err(Error::front_end(FrontEnd::Validation, text));
    }
    Ok(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// The rules of session tags, with the texts that were recorded from AWS.
fn session_tags(input: &AssumeRoleInput) -> Result<()> {
    let mut keys = BTreeSet::new();
    let refused = |text: &'static str| Err(Error::front_end(FrontEnd::InvalidParameterValue, text));
    for tag in input.tags.iter().flatten() {
        if !keys.insert(tag.key.to_lowercase()) {
            return refused("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }
    }
    for key in input.transitive_tag_keys.iter().flatten() {
        if !keys.contains(&key.to_lowercase()) {
            return refused("The specified transitive tag key must be included in the requested tags.");
        }
    }
    Ok(())
}

/// The session policy of a request. Managed policies that a request names are not evaluated: nothing here has them.
fn session_policy(input: &AssumeRoleInput) -> Result<Option<Arc<SessionPolicy>>> {
    let Some(content) = &input.policy else { return Ok(None) };
    let document = session::validate(content).map_err(|faults| match faults.first() {
        Some(fault) if fault.position.is_none() => {
            Error::modeled(MalformedPolicyDocumentException, format!("Syntax errors in policy. {fault}"))
        }
        _ => Error::modeled(MalformedPolicyDocumentException, "This policy contains invalid Json"),
    })?;
    Ok(Some(Arc::new(SessionPolicy { content: content.clone(), document })))
}

/// How much of the room for session policies and tags is used, in per cent; none where neither was given.
fn packed_policy_size(input: &AssumeRoleInput) -> Result<Option<i32>> {
    let tags = input.tags.iter().flatten().map(|tag| tag.key.len() + tag.value.len());
    let arns = input.policy_arns.iter().flatten().filter_map(|policy| policy.arn.as_ref()).map(String::len);
    let used = input.policy.as_ref().map_or(0, String::len) + tags.sum::<usize>() + arns.sum::<usize>();
    if used == 0 {
        return Ok(None);
    }
    // Inferred: AWS packs into a binary form and does not publish how; here a byte counts as a byte.
    let percent = (used * 100).div_ceil(PACKED_MAX);
    if percent > 100 {
        let text = format!("Packed size of session tags consumes {percent}% of allotted space.");
        return Err(Error::modeled(PackedPolicyTooLargeException, text));
    }
    Ok(i32::try_from(percent).ok())
}

fn open(tx: &mut Tx<'_>, account: AccountId, name: &str, role: &Role, session: &str, duration: Duration) -> Session {
    Session {
        account,
        role: name.into(),
        role_id: role.id.clone(),
        name: session.into(),
        token: tx.world.entropy.text(Stream::Session, BASE64, 356),
        expires: tx.now.after(duration),
        policy: None,
    }
}

/// Makes the session known under a new key.
fn credentials(tx: &mut Tx<'_>, session: Session) -> Credentials {
    let access_key_id = loop {
        let id = session.account.access_key_id("ASIA", tx.world.entropy.draw(Stream::Session));
        if !tx.world.sessions.contains_key(id.as_str()) {
            break id;
        }
    };
    let credentials = Credentials {
        access_key_id: access_key_id.clone(),
        // STS counts in whole seconds.
        expiration: session.expires,
        secret_access_key: tx.world.entropy.text(Stream::Session, BASE64, 40),
        session_token: session.token.clone(),
    };
    tx.world.sessions.insert(CompactString::from(access_key_id), Arc::new(session));
    credentials
}
