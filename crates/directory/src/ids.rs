//! Ids of directories and of what is looked up by an id of its own: the Region's four digits, then six of their own.

use model::{DirectoryId, SchemaExtensionId, SnapshotId};
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
    let code = region_code(tx.world, &tx.caller.region);
    loop {
        let number = tx.world.entropy.draw(Stream::Directory) & 0xff_ffff;
        let id = DirectoryId::from(format!("d-{code:04x}{number:06x}"));
        if tx.world.directory(&id).is_none() && tx.world.share(&id).is_none() {
            return id;
        }
    }
}

/// An id in a Region that no snapshot has.
pub fn snapshot(world: &mut World, region: &Region) -> SnapshotId {
    let code = region_code(world, region);
    loop {
        let number = world.entropy.draw(Stream::Snapshot) & 0xff_ffff;
        let id = SnapshotId::from(format!("s-{code:04x}{number:06x}"));
        if world.snapshot(&id).is_none() {
            return id;
        }
    }
}

/// An id in a Region for a schema extension, which is looked up in its directory only.
pub fn schema_extension(world: &mut World, region: &Region) -> SchemaExtensionId {
    let code = region_code(world, region);
    let number = world.entropy.draw(Stream::SchemaExtension) & 0xff_ffff;
    SchemaExtensionId::from(format!("e-{code:04x}{number:06x}"))
}

fn region_code(world: &World, region: &Region) -> u64 {
    let known = REGION_CODES.iter().find(|(name, _)| *name == region.as_str());
    known.map_or_else(|| world.entropy.derive(Stream::Network, region.as_str()) & 0xffff, |(_, code)| u64::from(*code))
}
