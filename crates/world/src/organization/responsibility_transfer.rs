//! Responsibility transfers: one organization's management account manages and pays the bill of another organization.

use compact_str::CompactString;
use imbl::OrdMap;
use model::organizations::types::{ResponsibilityTransferStatus, ResponsibilityTransferType};
use model::{AccountId, HandshakeId, OrganizationId, ResponsibilityTransferId, Timestamp};

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
    pub(crate) fn end_live(&mut self, transfer: &ResponsibilityTransfer) {
        if self.live.get(&transfer.source.organization) == Some(&transfer.id) {
            self.live.remove(&transfer.source.organization);
        }
    }
}

impl ResponsibilityTransfer {
    /// Whether an organization is its source or its target.
    pub fn has_side(&self, organization: &OrganizationId) -> bool {
        [&self.source, &self.target].iter().any(|side| side.organization == *organization)
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
