//! Invariants: what the world keeps twice, to be looked up from either side, agrees.

use model::organizations::types::{AccountState, ActionType, HandshakeState, ResponsibilityTransferStatus};
use model::{AccountId, ParentId, ResponsibilityTransferId};

use crate::organization::Organization;
use crate::organization::handshake::Recipient;
use crate::organization::policy::Target;
use crate::world::World;

impl World {
    /// The invariants that do not hold, each as a sentence. A sound world has none.
    pub fn broken_invariants(&self) -> Vec<String> {
        let mut broken = Vec::new();
        let mut hold = |held: bool, what: &dyn Fn() -> String| {
            if !held {
                broken.push(what());
            }
        };
        for account in self.accounts.values() {
            let known = self.account_by_email(&account.email);
            hold(known == Some(account.id), &|| format!("the e-mail of {} leads to {known:?}", account.id));
            if let Some(membership) = &account.membership {
                let organization = self.organization(&membership.organization);
                let listed =
                    organization.and_then(|found| found.members.get(&membership.sequence)) == Some(&account.id);
                hold(listed, &|| format!("{} is not listed by its organization", account.id));
                let children = organization.and_then(|found| found.children(&membership.parent));
                let held = children.and_then(|found| found.accounts.get(&membership.sequence)) == Some(&account.id);
                hold(held, &|| format!("{} is not in its parent", account.id));
            }
        }
        hold(self.emails.len() == self.accounts.len(), &|| {
            "an e-mail leads to an account that does not have it".into()
        });
        for organization in self.organizations.values() {
            self.organization_invariants(organization, &mut hold);
        }
        self.handshake_invariants(&mut hold);
        self.transfer_invariants(&mut hold);
        self.gov_cloud_invariants(&mut hold);
        self.directory_invariants(&mut hold);
        self.trust_invariants(&mut hold);
        self.conditional_forwarder_invariants(&mut hold);
        self.alias_invariants(&mut hold);
        self.assessment_invariants(&mut hold);
        self.snapshot_invariants(&mut hold);
        broken
    }

    fn organization_invariants(&self, organization: &Organization, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        let root = ParentId::from(&organization.root);
        let placed: usize = organization.children.values().map(|children| children.accounts.len()).sum();
        hold(placed == organization.members.len(), &|| format!("{} places {placed} of its members", organization.id));
        let managed = organization.members.values().any(|account| *account == organization.management);
        hold(managed, &|| format!("{} has no management account", organization.id));
        hold(organization.has_parent(&root), &|| format!("{} has no root", organization.id));
        hold(organization.children.len() == organization.units.len() + 1, &|| {
            format!("{} has stray parents", organization.id)
        });
        for account in organization.members.values() {
            let back = self.organization_of(*account).map(|found| &found.id) == Some(&organization.id);
            hold(back, &|| format!("{account} does not know that it is in {}", organization.id));
        }
        for unit in organization.units.values() {
            let siblings = organization.children(&unit.parent);
            let named = siblings.and_then(|found| found.names.get(&unit.name)) == Some(&unit.id);
            let listed = siblings.and_then(|found| found.units.get(&unit.sequence)) == Some(&unit.id);
            hold(named && listed, &|| format!("{} is not in its parent", unit.id));
            let depth = organization.units_above(&ParentId::from(&unit.id)).len();
            hold(depth <= self.settings.quotas.unit_depth, &|| format!("{} is {depth} levels deep", unit.id));
        }
        hold(organization.units_in_order.len() == organization.units.len(), &|| {
            format!("{} lists units that it has not", organization.id)
        });
        for (kind, target, id) in organization.policies.attachments() {
            let policy = organization.policies.get(id).filter(|policy| policy.kind == kind);
            let back =
                policy.is_some_and(|found| organization.policies.targets_of(found, 0).any(|(_, of)| of == target));
            hold(back, &|| format!("{id} does not know that it is attached to {target:?}"));
            hold(self.has_target(organization, target), &|| format!("{id} is attached to {target:?}, which is gone"));
        }
        for id in organization.open_invitations.values() {
            let open = self.handshake(id).is_some_and(|found| found.state == HandshakeState::Open);
            hold(open, &|| format!("{id} is kept as open"));
        }
        for stale in self.stale_policies(organization) {
            hold(false, &|| stale.clone());
        }
        self.progress_invariants(organization, hold);
    }

    /// Checks what an organization keeps of work that is under way.
    fn progress_invariants(&self, organization: &Organization, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        let member = |id: &AccountId| self.organization_of(*id).is_some_and(|found| found.id == organization.id);
        let closing =
            |id: &AccountId| self.account(*id).is_some_and(|found| found.state == AccountState::PendingClosure);
        let n_closing = organization.members.values().filter(|id| closing(id)).count();
        let all_close = organization.closing.keys().all(|id| member(id) && closing(id));
        hold(all_close && organization.closing.len() == n_closing, &|| {
            format!("{n_closing} accounts of {} are being closed", organization.id)
        });
        for ((state, sequence), id) in &organization.create_account_requests {
            let request = self.create_account_request(id).map(|found| (found.state, found.sequence));
            hold(request == Some((*state, *sequence)), &|| format!("{id} is listed as {state:?}"));
        }
        if let Some(migration) = &organization.migration {
            let parent = self.handshake(&migration.parent).map(|found| found.state);
            let wanted = if migration.waiting.is_empty() { HandshakeState::Open } else { HandshakeState::Requested };
            hold(parent == Some(wanted), &|| format!("{} is {parent:?}", migration.parent));
            hold(migration.waiting.keys().all(member), &|| format!("{} waits for a stranger", migration.parent));
        }
    }

    fn handshake_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for handshake in self.handshakes.values() {
            let (id, action, sequence) = (&handshake.id, handshake.action, handshake.sequence);
            let sender = &handshake.sender.organization;
            let sent = self.handshakes_sent.get(&(sender.clone(), action, sequence));
            hold(sent == Some(id), &|| format!("{id} is not listed"));
            let Some(recipient) = handshake.recipient.as_ref().map(Recipient::key) else { continue };
            let received = self.handshakes_received.get(&(recipient.clone(), action, sequence));
            hold(received == Some(id), &|| format!("{id} is not listed by its recipient"));
            let kept = self.organization(sender).and_then(|found| found.open_invitations.get(&recipient));
            let open = action == ActionType::Invite && handshake.is_live();
            hold(open == (kept == Some(id)), &|| format!("{id} is {:?} and kept: {kept:?}", handshake.state));
        }
        hold(self.handshakes_sent.len() == self.handshakes.len(), &|| "an unknown handshake is listed".into());
        let n_received = self.handshakes.values().filter(|found| found.recipient.is_some()).count();
        hold(self.handshakes_received.len() == n_received, &|| "an unknown handshake is received".into());
    }

    fn transfer_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for transfer in self.transfers.values() {
            let (id, sequence) = (&transfer.id, transfer.sequence);
            let source = self.organization(&transfer.source.organization);
            let target = self.organization(&transfer.target.organization);
            let sent = source.is_none_or(|found| found.transfers.outbound.get(&sequence) == Some(id));
            let received = target.is_none_or(|found| found.transfers.inbound.get(&sequence) == Some(id));
            hold(sent && received, &|| format!("{id} is not listed on both sides"));
            let live = transfer.is_live();
            let kept = target.is_some_and(|found| found.transfers.live.get(&transfer.source.organization) == Some(id));
            hold(live == kept, &|| format!("{id} is {:?} and kept as live: {kept}", transfer.status));
            hold(!live || source.is_some() && target.is_some(), &|| format!("{id} has lost a side"));
            hold(source.is_some() || target.is_some(), &|| format!("{id} belongs to nobody"));
            // An accepted handshake is forgotten thirty days after its end, while its transfer goes on.
            if let Some(handshake) = self.handshake(&transfer.handshake) {
                let agreed = handshake_state(transfer.status) == handshake.state;
                let proposed = handshake.transfer.as_ref().is_some_and(|proposed| proposed.id == *id);
                hold(agreed && proposed, &|| {
                    format!("{id} is {:?}, its handshake {:?}", transfer.status, handshake.state)
                });
            }
        }
        for organization in self.organizations.values() {
            let known = |id: &ResponsibilityTransferId| self.transfer(id).is_some();
            let all_known = [&organization.transfers.inbound, &organization.transfers.outbound]
                .iter()
                .all(|list| list.values().all(known))
                && organization.transfers.live.values().all(known);
            hold(all_known, &|| format!("{} lists an unknown transfer", organization.id));
        }
    }

    /// Checks accounts in AWS GovCloud (US): the request that created one and the account paired with it agree.
    fn gov_cloud_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for request in self.create_account_requests.values() {
            let Some(account) = request.account.and_then(|id| self.account(id)) else { continue };
            hold(account.gov_cloud == request.gov_cloud_account, &|| format!("{} is paired otherwise", account.id));
        }
    }

    /// Whether a policy can be attached to a target of an organization.
    fn has_target(&self, organization: &Organization, target: &Target) -> bool {
        match target {
            Target::Root => true,
            Target::Unit(id) => organization.unit(id).is_some(),
            Target::Account(id) => self.organization_of(*id).is_some_and(|found| found.id == organization.id),
        }
    }

    fn directory_invariants(&self, hold: &mut impl FnMut(bool, &dyn Fn() -> String)) {
        for directory in self.directories.values() {
            let key = (directory.owner, directory.region.clone(), directory.sequence);
            hold(self.owned_directories.get(&key) == Some(&directory.id), &|| format!("{} has no owner", directory.id));
            hold(directory.regions.contains_key(&directory.region), &|| format!("{} has no Region", directory.id));
            for region in directory.regions.keys() {
                let key = (directory.owner, region.clone(), directory.sequence);
                let listed = self.directory_lists.get(&key) == Some(&directory.id);
                hold(listed, &|| format!("{} is not listed in {region}", directory.id));
            }
            if let Some(domain) = &directory.domain {
                domain.invariants(&directory.id, hold);
            }
        }
        hold(self.owned_directories.len() == self.directories.len(), &|| "an unknown directory has an owner".into());
        let n_shared = self.shares.values().filter(|share| share.is_visible()).count();
        let n_listed = self.directories.values().map(|directory| directory.regions.len()).sum::<usize>() + n_shared;
        hold(self.directory_lists.len() == n_listed, &|| "an unknown directory is listed".into());
        self.share_invariants(hold);
    }
}

/// The state of the handshake that has brought a transfer to its status.
fn handshake_state(status: ResponsibilityTransferStatus) -> HandshakeState {
    match status {
        ResponsibilityTransferStatus::Requested => HandshakeState::Requested,
        ResponsibilityTransferStatus::Declined => HandshakeState::Declined,
        ResponsibilityTransferStatus::Canceled => HandshakeState::Canceled,
        ResponsibilityTransferStatus::Expired => HandshakeState::Expired,
        ResponsibilityTransferStatus::Accepted | ResponsibilityTransferStatus::Withdrawn => HandshakeState::Accepted,
    }
}
