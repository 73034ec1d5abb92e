//! Ids of directories and of what belongs to them: the Region's four digits, then six of their own.

use compact_str::{CompactString, format_compact};
use model::{DirectoryId, DomainControllerId, SchemaExtensionId, SnapshotId, TrustId};
use world::{Region, Stream, Tx, World};

/// The digits of Regions. The first three are recorded in public ids.
// Inferred: the others are from memory of ids seen, and no client depends on them.
const REGION_CODES: [(&str, u16); 12] = [
    ("us-east-1", 0x9067),
    ("us-west-2", 0x9267),
    ("us-gov-west-1", 0x9867),
    ("us-east-2", 0x9a67),
    ("eu-west-1", 0x9367),
    ("eu-west-2", 0x9c67),
    ("eu-central-1", 0x9967),
    ("ap-southeast-1", 0x9667),
    ("ap-southeast-2", 0x9767),
    ("ap-northeast-1", 0x9567),
    ("ap-south-1", 0x9f67),
    ("ca-central-1", 0x9d67),
];

/// An id in the caller's Region that no directory and no shared directory has.
pub fn mint(tx: &mut Tx<'_>) -> DirectoryId {
    loop {
        let number = tx.world.entropy.draw(Stream::Directory);
        let id = DirectoryId::from(of_region(tx.world, &tx.caller.region, "d", number));
        if tx.world.directory(&id).is_none() && tx.world.share(&id).is_none() {
            return id;
        }
    }
}

/// An id in the caller's Region that no trust has.
pub fn mint_trust(tx: &mut Tx<'_>) -> TrustId {
    loop {
        let number = tx.world.entropy.draw(Stream::Trust);
        let id = TrustId::from(of_region(tx.world, &tx.caller.region, "t", number));
        if tx.world.trust(&id).is_none() {
            return id;
        }
    }
}

/// An id in a Region that no assessment has: the Region's digits, then fourteen of their own.
pub fn mint_assessment(world: &mut World, region: &Region) -> CompactString {
    let code = region_code(world, region);
    loop {
        let number = world.entropy.draw(Stream::Assessment) & 0xff_ffff_ffff_ffff;
        let id = format_compact!("da-{code:04x}{number:014x}");
        if world.assessment(&id).is_none() {
            return id;
        }
    }
}

/// An id in a Region that no snapshot has.
pub fn snapshot(world: &mut World, region: &Region) -> SnapshotId {
    loop {
        let number = world.entropy.draw(Stream::Snapshot);
        let id = SnapshotId::from(of_region(world, region, "s", number));
        if world.snapshot(&id).is_none() {
            return id;
        }
    }
}

/// An id in the caller's Region that no other domain controller of its directory has.
pub fn mint_domain_controller(tx: &mut Tx<'_>, taken: &[DomainControllerId]) -> DomainControllerId {
    loop {
        let number = tx.world.entropy.draw(Stream::DomainController);
        let id = DomainControllerId::from(of_region(tx.world, &tx.caller.region, "dc", number));
        if !taken.contains(&id) {
            return id;
        }
    }
}

/// An id of a kind in a Region; of the number, only six digits.
pub fn of_region(world: &World, region: &Region, kind: &str, number: u64) -> String {
    format!("{kind}-{:04x}{:06x}", region_code(world, region), number & 0xff_ffff)
}

/// An id of a certificate in the caller's Region. It is looked up with its directory, so that it need not be the only
/// one in the world.
pub fn certificate(tx: &mut Tx<'_>) -> CompactString {
    let number = tx.world.entropy.draw(Stream::Certificate);
    of_region(tx.world, &tx.caller.region, "c", number).into()
}

/// An id in a Region for a schema extension, which is looked up in its directory only.
pub fn schema_extension(world: &mut World, region: &Region) -> SchemaExtensionId {
    let number = world.entropy.draw(Stream::SchemaExtension);
    SchemaExtensionId::from(of_region(world, region, "e", number))
}

fn region_code(world: &World, region: &Region) -> u64 {
    let known = REGION_CODES.iter().find(|(name, _)| *name == region.as_str());
    known.map_or_else(|| world.entropy.derive(Stream::Network, region.as_str()) & 0xffff, |(_, code)| u64::from(*code))
}
