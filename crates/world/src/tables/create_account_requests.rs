//! The requests to create accounts.

use std::sync::Arc;

use model::CreateAccountRequestId;

use crate::organization::create_account::CreateAccountRequest;
use crate::world::World;

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
