//! Requests to create an account.

use std::sync::Arc;

use compact_str::CompactString;
use model::organizations::types::{CreateAccountFailureReason, CreateAccountState};
use model::{AccountId, CreateAccountRequestId, OrganizationId, Timestamp};

use crate::tags::Tags;
use crate::world::World;

/// A request to create an account, from the call on and for good.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CreateAccountRequest {
    pub id: CreateAccountRequestId,
    pub sequence: u64,
    /// The organization that asked.
    pub organization: OrganizationId,
    pub account_name: CompactString,
    pub email: CompactString,
    /// The role that the management account can assume in it.
    pub role_name: Arc<str>,
    /// Whether an account in AWS GovCloud (US) is created with it.
    pub with_gov_cloud: bool,
    /// The account's tags.
    pub tags: Tags,
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
    /// Why there will be none, where that is decided from the start.
    pub fails_with: Option<CreateAccountFailureReason>,
}

impl World {
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
