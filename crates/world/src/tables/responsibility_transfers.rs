//! The responsibility transfers of a world, and the lists of both sides.

use std::sync::Arc;

use imbl::OrdMap;
use model::ResponsibilityTransferId;

use crate::organization::Organization;
use crate::organization::responsibility_transfer::{ResponsibilityTransfer, Transfers};
use crate::world::World;

impl World {
    pub fn transfer(&self, id: &ResponsibilityTransferId) -> Option<&ResponsibilityTransfer> {
        self.transfers.get(id).map(Arc::as_ref)
    }

    /// Adds or replaces a transfer.
    pub fn put_transfer(&mut self, transfer: ResponsibilityTransfer) {
        if let Some(target) = self.organization_mut(&transfer.target.organization) {
            target.transfers.inbound.insert(transfer.sequence, transfer.id.clone());
            if transfer.is_live() {
                target.transfers.live.insert(transfer.source.organization.clone(), transfer.id.clone());
            } else {
                target.transfers.end_live(&transfer);
            }
        }
        if let Some(source) = self.organization_mut(&transfer.source.organization) {
            source.transfers.outbound.insert(transfer.sequence, transfer.id.clone());
        }
        self.transfers.insert(transfer.id.clone(), Arc::new(transfer));
    }

    /// Forgets a transfer on both sides, with its tags.
    pub fn forget_transfer(&mut self, id: &ResponsibilityTransferId) {
        let Some(transfer) = self.transfers.remove(id) else { return };
        for side in [&transfer.source, &transfer.target] {
            if let Some(organization) = self.organization_mut(&side.organization) {
                organization.transfers.end_live(&transfer);
                organization.transfers.inbound.remove(&transfer.sequence);
                organization.transfers.outbound.remove(&transfer.sequence);
                organization.tags.remove(id.as_str());
            }
        }
    }

    /// The proposed or accepted transfer from one organization to another.
    pub fn live_transfer(&self, source: &Organization, target: &Organization) -> Option<&ResponsibilityTransfer> {
        self.transfer(target.transfers.live.get(&source.id)?)
    }

    /// The transfers of which an organization is the target, after a sequence.
    pub fn inbound_transfers<'w>(
        &'w self,
        organization: &'w Organization,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &'w ResponsibilityTransfer)> {
        self.listed(&organization.transfers.inbound, after)
    }

    /// The transfers of which an organization is the source, after a sequence.
    pub fn outbound_transfers<'w>(
        &'w self,
        organization: &'w Organization,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &'w ResponsibilityTransfer)> {
        self.listed(&organization.transfers.outbound, after)
    }

    fn listed<'w>(
        &'w self,
        list: &'w OrdMap<u64, ResponsibilityTransferId>,
        after: Option<u64>,
    ) -> impl Iterator<Item = (u64, &'w ResponsibilityTransfer)> {
        let from = after.map_or(0, |last| last + 1);
        list.range(from..).filter_map(|(sequence, id)| Some((*sequence, self.transfer(id)?)))
    }

    /// Forgets the transfers of a dissolved organization. A transfer stays while its other side exists.
    pub(crate) fn forget_transfers_of(&mut self, dissolved: &Organization) {
        let Transfers { inbound, outbound, .. } = &dissolved.transfers;
        for id in inbound.values().chain(outbound.values()) {
            let known = self.transfer(id).is_some_and(|transfer| {
                let sides = [&transfer.source, &transfer.target];
                sides.into_iter().any(|side| self.organization(&side.organization).is_some())
            });
            if !known {
                self.transfers.remove(id);
            }
        }
    }
}
