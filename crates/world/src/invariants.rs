//! What holds in every world: each fact that is kept twice, for a look-up in either direction, agrees with itself.

use model::organizations::types::{AccountState, ActionType, HandshakeState};
use model::{AccountId, ParentId};

use crate::handshake::Recipient;
use crate::organization::Organization;
use crate::policy::Target;
use crate::world::World;

impl World {
    /// The invariants that do not hold, in words; none in a sound world.
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
        for organization in self.organizations.values() {
            self.organization_invariants(organization, &mut hold);
        }
        self.handshake_invariants(&mut hold);
        self.directory_invariants(&mut hold);
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
        self.progress_invariants(organization, hold);
    }

    /// What an organization keeps of work that is under way.
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
            let (id, sequence) = (&handshake.id, handshake.sequence);
            let sender = &handshake.sender.organization;
            let sent = self.handshakes_sent.get(&(sender.clone(), sequence));
            hold(sent == Some(id), &|| format!("{id} is not listed"));
            let Some(recipient) = handshake.recipient.as_ref().map(Recipient::key) else { continue };
            let received = self.handshakes_received.get(&(recipient.clone(), sequence));
            hold(received == Some(id), &|| format!("{id} is not listed by its recipient"));
            let kept = self.organization(sender).and_then(|found| found.open_invitations.get(&recipient));
            let open = handshake.action == ActionType::Invite && handshake.is_live();
            hold(open == (kept == Some(id)), &|| format!("{id} is {:?} and kept: {kept:?}", handshake.state));
        }
        hold(self.handshakes_sent.len() == self.handshakes.len(), &|| "an unknown handshake is listed".into());
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
            hold(self.directory_lists.get(&key) == Some(&directory.id), &|| format!("{} is not listed", directory.id));
            hold(self.owned_directories.get(&key) == Some(&directory.id), &|| format!("{} has no owner", directory.id));
            for id in directory.shares.values() {
                hold(self.shares.contains_key(id), &|| format!("{} lists the unknown share {id}", directory.id));
            }
            let shares = directory.shares.values().filter_map(|id| self.share(id));
            let n_live = shares.filter(|share| share.is_live()).count();
            hold(directory.n_live_shares == n_live, &|| format!("{} has {n_live} live shares", directory.id));
        }
        hold(self.owned_directories.len() == self.directories.len(), &|| "an unknown directory has an owner".into());
        for share in self.shares.values() {
            let key = (share.consumer, share.region.clone(), share.sequence);
            let listed = self.directory_lists.get(&key) == Some(&share.id);
            hold(listed == share.is_visible(), &|| format!("{} is {:?} and listed: {listed}", share.id, share.status));
            let directory = self.directory(&share.directory);
            let known = directory.is_some_and(|found| found.shares.get(&share.sequence) == Some(&share.id));
            hold(known, &|| format!("{} is unknown to its directory", share.id));
        }
    }
}
