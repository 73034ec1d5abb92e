//! Who asks, when, and of which world.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use compact_str::{CompactString, format_compact};
use model::{AccountId, Operation, Partition, Timestamp, arn};

use crate::page::Scan;
use crate::session::SessionPolicy;
use crate::surroundings::{Existing, Surroundings};
use crate::time::work::Work;
use crate::world::World;

/// A Region's name, as in a signature's scope.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Region(CompactString);

impl Region {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Region {
    fn default() -> Self {
        Self::from("us-east-1")
    }
}

impl From<&str> for Region {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who sends a request.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Caller {
    /// The account.
    pub account: AccountId,
    /// Who it is inside the account.
    pub principal: Principal,
    /// The Region of the signature's scope.
    pub region: Region,
    /// The most that its session may do; none where nothing but the principal limits it.
    pub session_policy: Option<Arc<SessionPolicy>>,
}

/// Who a caller is inside its account.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Principal {
    /// The account's administrator, an IAM user: what a bare account number stands for. Not the root user, which AWS
    /// lets assume no role.
    Administrator,
    /// A session of a role.
    AssumedRole {
        /// The role's name.
        role: CompactString,
        /// The role's id, `AROA…`.
        role_id: CompactString,
        /// The session's name.
        session: CompactString,
    },
}

impl Caller {
    /// The name of the IAM user that a bare account number stands for.
    pub const ADMINISTRATOR: &'static str = "admin";

    /// The administrator of `account`, asking in the default Region.
    pub fn administrator(account: AccountId) -> Self {
        Self { account, principal: Principal::Administrator, region: Region::default(), session_policy: None }
    }

    /// The partition that the account is in: the commercial one, whatever Region is asked.
    pub fn partition(&self) -> Partition {
        Partition::Aws
    }

    /// The caller's ARN.
    pub fn arn(&self) -> String {
        match &self.principal {
            Principal::Administrator => arn(self.partition(), "iam", "", self.account, &["user", Self::ADMINISTRATOR]),
            Principal::AssumedRole { role, session, .. } => {
                arn(self.partition(), "sts", "", self.account, &["assumed-role", role, session])
            }
        }
    }

    /// The caller's unique id.
    pub fn user_id(&self) -> CompactString {
        match &self.principal {
            Principal::Administrator => format_compact!("{}A", self.account.access_key_id("AIDA", 0)),
            Principal::AssumedRole { role_id, session, .. } => format_compact!("{role_id}:{session}"),
        }
    }
}

/// What a read is answered from.
#[derive(Clone, Copy)]
pub struct View<'w> {
    /// The world as it is.
    pub world: &'w World,
    /// Who asks.
    pub caller: &'w Caller,
    /// The world's time.
    pub now: Timestamp,
    /// The operation that is asked for.
    pub operation: &'static Operation,
}

impl View<'_> {
    /// The list that the operation pages through, for the parameters that choose its rows.
    pub fn scan(&self, parameters: &[&str]) -> Scan {
        Scan::new(self.operation.name, parameters)
    }
}

/// What a write works on: a clone of the world, which is dropped when the write fails.
pub struct Tx<'w> {
    /// The world that becomes the next one.
    pub world: &'w mut World,
    /// Who asks.
    pub caller: &'w Caller,
    /// The world's time.
    pub now: Timestamp,
    /// The operation that is asked for.
    pub operation: &'static Operation,
    /// What the upstream answered about the needs of this request. None where nothing was looked up.
    pub upstream: Option<&'w Surroundings>,
}

impl Tx<'_> {
    /// The existing things of a kind: those that the upstream answered for this request, else those that the settings
    /// declare.
    pub fn known<T>(&self, kind: impl Fn(&Surroundings) -> &Existing<T>) -> &Existing<T> {
        let upstream = self.upstream.map(&kind).filter(|found| !found.is_assumed());
        upstream.unwrap_or_else(|| kind(&self.world.settings.surroundings))
    }

    /// The same, to look only.
    pub fn view(&self) -> View<'_> {
        View { world: self.world, caller: self.caller, now: self.now, operation: self.operation }
    }

    /// Sets a timer for work that takes AWS this long; the world's pace scales it.
    pub fn after(&mut self, duration: Duration, work: impl Into<Work>) {
        self.world.after(self.now, duration, work);
    }
}
