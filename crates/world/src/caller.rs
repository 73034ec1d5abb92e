//! Who sends a request.

use std::sync::Arc;

use compact_str::{CompactString, format_compact};
use model::{AccountId, Partition, arn};

use crate::region::Region;
use crate::session::SessionPolicy;

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
