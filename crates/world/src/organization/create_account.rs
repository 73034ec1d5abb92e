//! Requests to create an account.

use std::sync::Arc;

use compact_str::CompactString;
use model::organizations::types::{CreateAccountFailureReason, CreateAccountState};
use model::{AccountId, CreateAccountRequestId, OrganizationId, Timestamp};

use crate::organization::Organization;
use crate::tags::Tags;

/// A request to create an account. It is kept for good.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CreateAccountRequest {
    pub id: CreateAccountRequestId,
    pub sequence: u64,
    pub organization: OrganizationId,
    pub account_name: CompactString,
    pub email: CompactString,
    /// The role in the new account that the management account may assume.
    pub role_name: Arc<str>,
    /// Whether an account in AWS GovCloud (US) is created with it.
    pub with_gov_cloud: bool,
    pub tags: Tags,
    pub state: CreateAccountState,
    pub requested_at: Timestamp,
    /// When it succeeded or failed.
    pub completed_at: Option<Timestamp>,
    /// The new account, once the request succeeded.
    pub account: Option<AccountId>,
    /// The new account in AWS GovCloud (US), once the request succeeded and if it asked for one.
    pub gov_cloud_account: Option<AccountId>,
    pub failure_reason: Option<CreateAccountFailureReason>,
}

impl Organization {
    /// How many accounts are being created.
    pub fn n_creations(&self) -> usize {
        let state = CreateAccountState::InProgress;
        self.create_account_requests.range((state, 0)..=(state, u64::MAX)).count()
    }

    /// How many accounts count against the quota: members, closed ones too, those that are being created, and those
    /// that are invited.
    pub fn n_accounts(&self) -> usize {
        self.n_members() + self.open_invitations.len() + self.n_creations()
    }
}
