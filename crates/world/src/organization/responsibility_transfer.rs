//! Responsibility transfers: one organization's management account manages and pays the bill of another organization.

use std::sync::Arc;

use compact_str::CompactString;
use imbl::OrdMap;
use model::organizations::types::{ResponsibilityTransferStatus, ResponsibilityTransferType};
use model::{AccountId, HandshakeId, OrganizationId, ResponsibilityTransferId, Timestamp};

use crate::organization::Organization;
use crate::world::World;

/// A transfer, from the invitation on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ResponsibilityTransfer {
    /// The same on both sides.
    pub id: ResponsibilityTransferId,
    pub sequence: u64,
    pub kind: ResponsibilityTransferType,
    /// The name that the target gave it.
    pub name: CompactString,
    /// It follows the handshake until the transfer is accepted.
    pub status: ResponsibilityTransferStatus,
    /// The side that hands over the responsibility.
    pub source: Participant,
    /// The side that takes the responsibility. It sent the invitation.
    pub target: Participant,
    /// When the target takes the responsibility.
    pub starts_at: Timestamp,
    /// When a withdrawn transfer ends. None before it is withdrawn.
    pub ends_at: Option<Timestamp>,
    /// The invitation.
    pub handshake: HandshakeId,
}

/// A side of a transfer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Participant {
    pub organization: OrganizationId,
    pub management: AccountId,
}

/// The transfers of an organization, by sequence.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Transfers {
    /// Transfers of which it is the target.
    pub(crate) inbound: OrdMap<u64, ResponsibilityTransferId>,
    /// Transfers of which it is the source.
    pub(crate) outbound: OrdMap<u64, ResponsibilityTransferId>,
    /// Proposed or accepted transfers of which it is the target, by source. A source has one of them at most.
    pub(crate) live: OrdMap<OrganizationId, ResponsibilityTransferId>,
}

impl Transfers {
    /// Whether the organization is the source of the transfer with that id.
    pub fn is_outbound(&self, id: &str) -> bool {
        self.outbound.values().any(|known| known.as_str() == id)
    }

    /// How many proposed or accepted transfers the organization is the target of.
    pub fn n_live(&self) -> usize {
        self.live.len()
    }

    /// Notes that a transfer is no longer live.
    fn end_live(&mut self, transfer: &ResponsibilityTransfer) {
        if self.live.get(&transfer.source.organization) == Some(&transfer.id) {
            self.live.remove(&transfer.source.organization);
        }
    }
}

impl ResponsibilityTransfer {
    /// Whether an organization is its source or its target.
    pub fn has_side(&self, organization: &Organization) -> bool {
        [&self.source, &self.target].iter().any(|side| side.organization == organization.id)
    }

    /// Whether it is proposed or accepted, and not withdrawn.
    pub fn is_live(&self) -> bool {
        self.is_requested() || self.is_accepted()
    }

    /// Whether it is accepted and not withdrawn.
    pub fn is_accepted(&self) -> bool {
        self.status == ResponsibilityTransferStatus::Accepted
    }

    /// Whether the invitation can still be answered.
    pub fn is_requested(&self) -> bool {
        self.status == ResponsibilityTransferStatus::Requested
    }

    /// Whether it is accepted and has not ended. A withdrawn transfer goes on until its end.
    pub fn is_active(&self, now: Timestamp) -> bool {
        let withdrawn = self.status == ResponsibilityTransferStatus::Withdrawn;
        self.is_accepted() || withdrawn && self.ends_at.is_some_and(|end| now <= end)
    }
}

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
