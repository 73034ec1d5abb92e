//! Sessions of roles.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use compact_str::CompactString;
use model::organizations::types::AccountState;
use model::sts::ErrorCode;
use model::sts::types::{AssumeRoleInput, AssumeRoleOutput, AssumedRoleUser, Credentials};
use model::{AccountId, Arn, FrontEnd};
use policy::iam::session;
use world::{Caller, Principal, Role, Session, SessionPolicy, Stream, Tx, View};

use crate::Service;
use crate::error::{Code, Coded, Result};
use crate::generated::api;
use crate::identify::session_caller;

/// The default and the maximum for roles that Organizations creates (IAM: the default of `MaxSessionDuration` is an
/// hour).
const DURATION_SECONDS_MAX: i32 = 3600;
/// The maximum packed size of session policies and tags, in bytes.
const PACKED_MAX: usize = 2048;
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A refusal to assume a role.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionError {
    /// The role's ARN is no ARN of a role.
    Arn(String),
    /// The role does not exist, or does not trust the caller.
    Denied {
        /// An ARN.
        caller: String,
        /// An ARN.
        role: String,
    },
    /// The session would last longer than the role allows.
    Duration,
    /// The session would last longer than role chaining allows.
    ChainedDuration,
    /// Two tags have the same key.
    DuplicateTag,
    /// A transitive tag key is not among the tags.
    TransitiveTag,
    /// The session policy is JSON but no policy.
    PolicySyntax(String),
    /// The session policy is not JSON.
    PolicyJson,
    /// The session policies and tags are too large; in per cent of the allowed size.
    PackedSize(usize),
}

impl Coded for SessionError {
    fn code(&self) -> Code {
        match self {
            Self::Arn(_) | Self::Duration | Self::ChainedDuration => Code::FrontEnd(FrontEnd::Validation),
            Self::Denied { .. } => Code::FrontEnd(FrontEnd::AccessDenied),
            Self::DuplicateTag | Self::TransitiveTag => Code::FrontEnd(FrontEnd::InvalidParameterValue),
            Self::PolicySyntax(_) | Self::PolicyJson => Code::Modeled(ErrorCode::MalformedPolicyDocumentException),
            Self::PackedSize(_) => Code::Modeled(ErrorCode::PackedPolicyTooLargeException),
        }
    }

    fn text(&self) -> Cow<'static, str> {
        match self {
            // Recorded, for a text that satisfies the model but is no ARN.
            Self::Arn(arn) => format!("{arn} is invalid").into(),
            Self::Denied { caller, role } => {
                format!("User: {caller} is not authorized to perform: sts:AssumeRole on resource: {role}").into()
            }
            Self::Duration => "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.".into(),
            Self::ChainedDuration => {
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining"
                    .into()
            }
            // Recorded.
            Self::DuplicateTag => "Duplicate tag keys found. Please note that Tag keys are case insensitive.".into(),
            // Recorded.
            Self::TransitiveTag => "The specified transitive tag key must be included in the requested tags.".into(),
            Self::PolicySyntax(finding) => format!("Syntax errors in policy. {finding}").into(),
            Self::PolicyJson => "This policy contains invalid Json".into(),
            Self::PackedSize(percent) => {
                format!("Packed size of session tags consumes {percent}% of allotted space.").into()
            }
        }
    }
}

impl api::Sessions for Service {
    fn assume_role(tx: &mut Tx<'_>, input: AssumeRoleInput) -> Result<AssumeRoleOutput> {
        let (account, name) = parse_role_arn(&input.role_arn)?;
        check_session_tags(&input)?;
        let policy = session_policy(&input)?;
        let packed_policy_size = packed_policy_size(&input)?;
        let role = assumable_role(&tx.view(), &input.role_arn, account, name)?.clone();
        let duration = duration(tx.caller, input.duration_seconds)?;
        let session = Session { policy, ..new_session(tx, account, name, &role, &input.role_session_name, duration) };
        let caller = session_caller(&session, tx.caller.region.clone());
        let user = AssumedRoleUser { arn: caller.arn(), assumed_role_id: caller.user_id().to_string() };
        Ok(AssumeRoleOutput {
            assumed_role_user: Some(user),
            credentials: Some(issue_credentials(tx, session)),
            packed_policy_size,
            source_identity: input.source_identity,
            ..AssumeRoleOutput::default()
        })
    }
}

/// The account and the name in a role's ARN.
fn parse_role_arn(arn: &str) -> Result<(AccountId, &str)> {
    let invalid = || SessionError::Arn(arn.to_owned());
    let parsed = Arn::parse(arn).map_err(|_| invalid())?;
    let name = parsed.resource.strip_prefix("role/").filter(|_| parsed.service == "iam").ok_or_else(invalid)?;
    Ok((parsed.account.ok_or_else(invalid)?, name))
}

/// The role. It must exist, be in an account that is not closed, and trust the caller's account.
fn assumable_role<'w>(view: &View<'w>, arn: &str, account: AccountId, name: &str) -> Result<&'w Role> {
    let denied = || SessionError::Denied { caller: view.caller.arn(), role: arn.to_owned() };
    let found = view.world.account(account).filter(|found| found.state != AccountState::Closed).ok_or_else(denied)?;
    let role = found.role.as_ref().filter(|role| *role.name == *name && role.trusts == view.caller.account);
    Ok(role.ok_or_else(denied)?)
}

fn duration(caller: &Caller, seconds: Option<i32>) -> Result<Duration> {
    let seconds = seconds.unwrap_or(DURATION_SECONDS_MAX);
    if seconds > DURATION_SECONDS_MAX {
        let chained = matches!(caller.principal, Principal::AssumedRole { .. });
        return Err(if chained { SessionError::ChainedDuration } else { SessionError::Duration }.into());
    }
    Ok(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// Checks the session tags. The refusals are recorded.
fn check_session_tags(input: &AssumeRoleInput) -> Result<()> {
    let mut keys = BTreeSet::new();
    for tag in input.tags.iter().flatten() {
        if !keys.insert(tag.key.to_lowercase()) {
            return Err(SessionError::DuplicateTag.into());
        }
    }
    for key in input.transitive_tag_keys.iter().flatten() {
        if !keys.contains(&key.to_lowercase()) {
            return Err(SessionError::TransitiveTag.into());
        }
    }
    Ok(())
}

/// The session policy of a request. Managed policies that a request names are not evaluated, because none exist here.
fn session_policy(input: &AssumeRoleInput) -> Result<Option<Arc<SessionPolicy>>> {
    let Some(content) = &input.policy else { return Ok(None) };
    let document = session::validate(content).map_err(|findings| match findings.first() {
        Some(finding) if finding.position.is_none() => SessionError::PolicySyntax(finding.to_string()),
        _ => SessionError::PolicyJson,
    })?;
    Ok(Some(Arc::new(SessionPolicy { content: content.clone(), document })))
}

/// The size of session policies and tags, in per cent of the allowed size. None where the request has neither.
fn packed_policy_size(input: &AssumeRoleInput) -> Result<Option<i32>> {
    let tags = input.tags.iter().flatten().map(|tag| tag.key.len() + tag.value.len());
    let arns = input.policy_arns.iter().flatten().filter_map(|policy| policy.arn.as_ref()).map(String::len);
    let used = input.policy.as_ref().map_or(0, String::len) + tags.sum::<usize>() + arns.sum::<usize>();
    if used == 0 {
        return Ok(None);
    }
    // Inferred: AWS packs into a binary form that is not published. Here the unpacked bytes count.
    let percent = (used * 100).div_ceil(PACKED_MAX);
    if percent > 100 {
        return Err(SessionError::PackedSize(percent).into());
    }
    Ok(i32::try_from(percent).ok())
}

fn new_session(
    tx: &mut Tx<'_>,
    account: AccountId,
    name: &str,
    role: &Role,
    session: &str,
    duration: Duration,
) -> Session {
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

/// Stores the session under a new access key id.
fn issue_credentials(tx: &mut Tx<'_>, session: Session) -> Credentials {
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
