//! New ids, in AWS's forms.

use compact_str::{CompactString, format_compact};
use model::{
    CreateAccountRequestId, HandshakeId, OrganizationId, OrganizationalUnitId, PolicyId, ResponsibilityTransferId,
    RootId,
};
use world::{Stream, Tx, World};

use crate::error::Result;
use crate::lookup;

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const HEX: &[u8] = b"0123456789abcdef";

/// `o-` and ten characters.
pub fn organization(world: &mut World) -> OrganizationId {
    loop {
        let id = OrganizationId::from(format!("o-{}", world.entropy.text(Stream::Organization, LETTERS, 10)));
        if world.organization(&id).is_none() {
            return id;
        }
    }
}

/// `r-` and four characters.
// Inferred: AWS has more organizations than there are ids of this length, so ids of roots need not be unique.
pub fn root(world: &mut World) -> RootId {
    RootId::from(format!("r-{}", world.entropy.text(Stream::Root, LETTERS, 4)))
}

/// `ou-`, the four characters of the root, `-` and eight characters.
pub fn unit(tx: &mut Tx<'_>) -> Result<OrganizationalUnitId> {
    loop {
        let text = tx.world.entropy.text(Stream::Unit, LETTERS, 8);
        let view = tx.view();
        let organization = lookup::organization(&view)?;
        let root = organization.root.as_str().trim_start_matches("r-");
        let id = OrganizationalUnitId::from(format!("ou-{root}-{text}"));
        if organization.unit(&id).is_none() {
            return Ok(id);
        }
    }
}

/// `p-` and eight characters.
pub fn policy(tx: &mut Tx<'_>) -> Result<PolicyId> {
    loop {
        let id = PolicyId::from(format!("p-{}", tx.world.entropy.text(Stream::Policy, LETTERS, 8)));
        if lookup::organization(&tx.view())?.policies.get(&id).is_none() {
            return Ok(id);
        }
    }
}

/// `rp-` and eight characters.
pub fn resource_policy(world: &mut World) -> CompactString {
    format_compact!("rp-{}", world.entropy.text(Stream::Policy, LETTERS, 8))
}

/// `h-` and 32 hexadecimal digits.
pub fn handshake(world: &mut World) -> HandshakeId {
    loop {
        let id = HandshakeId::from(format!("h-{}", world.entropy.text(Stream::Handshake, HEX, 32)));
        if world.handshake(&id).is_none() {
            return id;
        }
    }
}

/// `car-` and 32 hexadecimal digits.
pub fn create_account_request(world: &mut World) -> CreateAccountRequestId {
    loop {
        let text = world.entropy.text(Stream::CreateAccountRequest, HEX, 32);
        let id = CreateAccountRequestId::from(format!("car-{text}"));
        if world.create_account_request(&id).is_none() {
            return id;
        }
    }
}

/// `rt-` and eight characters.
// Inferred: the model allows 8 to 32. Most other ids have eight.
pub fn responsibility_transfer(world: &mut World) -> ResponsibilityTransferId {
    loop {
        let id = ResponsibilityTransferId::from(format!(
            "rt-{}",
            world.entropy.text(Stream::ResponsibilityTransfer, LETTERS, 8)
        ));
        if world.transfer(&id).is_none() {
            return id;
        }
    }
}
