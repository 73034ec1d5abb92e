//! Ids of directories and of their resources: four digits of the Region, then six of their own.

use compact_str::{CompactString, format_compact};
use model::{DirectoryId, DomainControllerId, SchemaExtensionId, SnapshotId, TrustId};
use world::{Region, Stream, Tx, World};

/// The four digits of each Region. The first three are recorded in public ids.
// Inferred: the others are remembered from ids, and no client depends on them.
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

/// A new id of a directory or a shared directory, in the caller's Region.
pub fn mint_directory(tx: &mut Tx<'_>) -> DirectoryId {
    loop {
        let number = tx.world.entropy.draw(Stream::Directory);
        let id = DirectoryId::from(regional_id(tx.world, &tx.caller.region, "d", number));
        if tx.world.directory(&id).is_none() && tx.world.share(&id).is_none() {
            return id;
        }
    }
}

/// A new id of a trust, in the caller's Region.
pub fn mint_trust(tx: &mut Tx<'_>) -> TrustId {
    loop {
        let number = tx.world.entropy.draw(Stream::Trust);
        let id = TrustId::from(regional_id(tx.world, &tx.caller.region, "t", number));
        if tx.world.trust(&id).is_none() {
            return id;
        }
    }
}

/// A new id of an assessment: the Region's digits, then fourteen of its own.
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

/// A new id of a snapshot.
pub fn mint_snapshot(world: &mut World, region: &Region) -> SnapshotId {
    loop {
        let number = world.entropy.draw(Stream::Snapshot);
        let id = SnapshotId::from(regional_id(world, region, "s", number));
        if world.snapshot(&id).is_none() {
            return id;
        }
    }
}

/// A new id of a domain controller, in the caller's Region. `taken` has the ids of the directory's other ones.
pub fn mint_domain_controller(tx: &mut Tx<'_>, taken: &[DomainControllerId]) -> DomainControllerId {
    loop {
        let number = tx.world.entropy.draw(Stream::DomainController);
        let id = DomainControllerId::from(regional_id(tx.world, &tx.caller.region, "dc", number));
        if !taken.contains(&id) {
            return id;
        }
    }
}

/// An id with a prefix such as `d`, the Region's digits, and six digits of the number.
pub fn regional_id(world: &World, region: &Region, prefix: &str, number: u64) -> String {
    format!("{prefix}-{:04x}{:06x}", region_code(world, region), number & 0xff_ffff)
}

/// A new id of a certificate, in the caller's Region. Only its directory looks it up, so another directory may have the
/// same.
pub fn mint_certificate(tx: &mut Tx<'_>) -> CompactString {
    let number = tx.world.entropy.draw(Stream::Certificate);
    regional_id(tx.world, &tx.caller.region, "c", number).into()
}

/// A new id of a schema extension. Only its directory looks it up, so another directory may have the same.
pub fn mint_schema_extension(world: &mut World, region: &Region) -> SchemaExtensionId {
    let number = world.entropy.draw(Stream::SchemaExtension);
    SchemaExtensionId::from(regional_id(world, region, "e", number))
}

fn region_code(world: &World, region: &Region) -> u64 {
    let known = REGION_CODES.iter().find(|(name, _)| *name == region.as_str());
    known.map_or_else(|| world.entropy.derive(Stream::Network, region.as_str()) & 0xffff, |(_, code)| u64::from(*code))
}
