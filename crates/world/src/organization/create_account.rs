//! Requests to create an account.

use std::sync::Arc;

use compact_str::CompactString;
use model::organizations::types::{CreateAccountFailureReason, CreateAccountState};
use model::{AccountId, CreateAccountRequestId, OrganizationId, Timestamp};

use crate::organization::Organization;
use crate::tags::Tags;
use crate::world::World;

/// A request to create an account, from the call on and for good.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CreateAccountRequest {
    /// Its id.
    pub id: CreateAccountRequestId,
    /// Its place in lists.
    pub sequence: u64,
    /// The organization that asked.
    pub organization: OrganizationId,
    /// The account's name.
    pub account_name: CompactString,
    /// The account's e-mail.
    pub email: CompactString,
    /// The role that the management account can assume in it.
    pub role_name: Arc<str>,
    /// Whether an account in AWS GovCloud (US) is created with it.
    pub with_gov_cloud: bool,
    /// The account's tags.
    pub tags: Tags,
    /// How far it is.
    pub state: CreateAccountState,
    /// When it was asked.
    pub requested_at: Timestamp,
    /// When it ended.
    pub completed_at: Option<Timestamp>,
    /// The account, when it succeeded.
    pub account: Option<AccountId>,
    /// The account in AWS GovCloud (US), when it was wanted and the request succeeded.
    pub gov_cloud_account: Option<AccountId>,
    /// Why there is none, when it failed.
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

impl World {
    /// A request to create an account.
    pub fn create_account_request(&self, id: &CreateAccountRequestId) -> Option<&CreateAccountRequest> {
        self.create_account_requests.get(id).map(Arc::as_ref)
    }

    /// Adds a request, or replaces it with a later state of itself.
    pub fn put_create_account_request(&mut self, request: CreateAccountRequest) {
        if let Some(old) = self.create_account_requests.get(&request.id) {
            let key = (old.state, old.sequence);
            if let Some(organization) = self.organization_mut(&request.organization) {
                organization.create_account_requests.remove(&key);
            }
        }
        if let Some(organization) = self.organization_mut(&request.organization) {
            organization.create_account_requests.insert((request.state, request.sequence), request.id.clone());
        }
        self.create_account_requests.insert(request.id.clone(), Arc::new(request));
    }
}
