//! The organizations of a world, and which account is in which.

use std::sync::Arc;

use model::organizations::types::AccountJoinedMethod;
use model::{AccountId, OrganizationId, ParentId, Timestamp};

use crate::organization::Organization;
use crate::organization::account::Membership;
use crate::organization::policy::Target;
use crate::world::World;

impl World {
    pub fn organization(&self, id: &OrganizationId) -> Option<&Organization> {
        self.organizations.get(id).map(Arc::as_ref)
    }

    pub fn organization_mut(&mut self, id: &OrganizationId) -> Option<&mut Organization> {
        self.organizations.get_mut(id).map(Arc::make_mut)
    }

    /// Adds an organization, and lets its management account join it. That account counts as invited.
    pub fn add_organization(&mut self, organization: Organization, now: Timestamp) {
        let (id, management) = (organization.id.clone(), organization.management);
        self.organizations.insert(id.clone(), Arc::new(organization));
        self.join(&id, management, AccountJoinedMethod::Invited, now);
    }

    /// Removes an organization of which only the management account is left, with all its requests and transfers.
    pub fn dissolve(&mut self, id: &OrganizationId) {
        if let Some(organization) = self.organizations.remove(id) {
            for request in organization.create_account_requests.values() {
                self.create_account_requests.remove(request);
            }
            self.forget_transfers_of(&organization);
            self.account_mut(organization.management).membership = None;
        }
    }

    /// The organization that an account is in.
    pub fn organization_of(&self, account: AccountId) -> Option<&Organization> {
        self.account(account)?.membership.as_ref().and_then(|membership| self.organization(&membership.organization))
    }

    /// Lets a standalone account join an organization, directly in its root.
    pub fn join(
        &mut self,
        organization: &OrganizationId,
        account: AccountId,
        method: AccountJoinedMethod,
        now: Timestamp,
    ) {
        let sequence = self.next_sequence();
        let Some(joined) = self.organization_mut(organization) else { return };
        let parent = ParentId::from(&joined.root);
        joined.members.insert(sequence, account);
        joined.children.entry(parent.clone()).or_default().accounts.insert(sequence, account);
        let organization = organization.clone();
        self.account_mut(account).membership =
            Some(Membership { organization, parent, joined_method: method, joined_at: now, placed_at: now, sequence });
    }

    /// Removes an account from its organization, with its tags, delegations and attachments there.
    pub fn depart(&mut self, account: AccountId) {
        let Some(membership) = self.account_mut(account).membership.take() else { return };
        let Some(organization) = self.organization_mut(&membership.organization) else { return };
        organization.members.remove(&membership.sequence);
        if let Some(children) = organization.children.get_mut(&membership.parent) {
            children.accounts.remove(&membership.sequence);
        }
        organization.tags.remove(account.to_string().as_str());
        organization.delegated_administrators.remove(&account);
        organization.closing.remove(&account);
        organization.policies.forget_target(&Target::Account(account));
    }

    /// Moves a member to another root or unit of its organization.
    pub fn reparent(&mut self, account: AccountId, destination: ParentId, now: Timestamp) {
        let Some(membership) = self.account_mut(account).membership.as_mut() else { return };
        let source = std::mem::replace(&mut membership.parent, destination.clone());
        membership.placed_at = now;
        let (organization, sequence) = (membership.organization.clone(), membership.sequence);
        let Some(organization) = self.organization_mut(&organization) else { return };
        if let Some(children) = organization.children.get_mut(&source) {
            children.accounts.remove(&sequence);
        }
        organization.children.entry(destination).or_default().accounts.insert(sequence, account);
        organization.policies.parent_changed(&Target::Account(account));
    }
}
