//! What policies are asked about a request: the directory that it names.

use model::{Partition, SnapshotId};
use world::View;

/// The members of inputs that name a directory.
const DIRECTORY: [&str; 4] = ["DirectoryId", "OwnerDirectoryId", "SharedDirectoryId", "ResourceId"];

/// The ARNs of the directory that a request names, or `*`. `text` is a member of the request.
pub fn resources(view: &View<'_>, text: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let named = DIRECTORY.iter().find_map(|member| text(member));
    let named = named.or_else(|| directory_of_trust(view, text("TrustId")));
    let id = named.or_else(|| directory_of_snapshot(view, text("SnapshotId")));
    let (region, account) = (view.caller.region.as_str(), view.caller.account);
    let arn = |id: String| model::arn(Partition::of_region(region), "ds", region, account, &["directory", &id]);
    vec![id.map_or_else(|| "*".to_owned(), arn)]
}

/// The directory of a trust of the caller: trusts have no ARN of their own (authorization reference).
fn directory_of_trust(view: &View<'_>, id: Option<String>) -> Option<String> {
    let trust = view.world.trust(&id?.into())?;
    (trust.owner == view.caller.account).then(|| trust.directory.to_string())
}

/// The caller's directory that a snapshot is of: snapshots are no resources of their own (authorization reference).
fn directory_of_snapshot(view: &View<'_>, id: Option<String>) -> Option<String> {
    let snapshot = view.world.snapshot(&SnapshotId::from(id?))?;
    let directory = view.world.directory(&snapshot.directory)?;
    (directory.owner == view.caller.account).then(|| directory.id.to_string())
}

#[cfg(test)]
mod tests {
    use model::schema::Kind;
    use model::{ds, ds_data};

    use super::*;

    /// A member that is renamed may not widen what a policy allows.
    #[test]
    fn every_member_that_names_a_directory_is_looked_at() {
        let known = |name: &str| DIRECTORY.contains(&name) || ["TrustId", "SnapshotId"].contains(&name);
        let mut n_named = 0;
        for operation in ds::OPERATIONS.iter().chain(&ds_data::OPERATIONS) {
            let Kind::Structure(members) = &operation.input.kind else { panic!("{operation} takes no structure") };
            for member in *members {
                let names_one = ["DirectoryId", "TrustId", "SnapshotId", "ResourceId"].contains(&member.shape.name);
                assert!(!names_one || known(member.name), "{operation}: {}", member.name);
                n_named += usize::from(names_one);
            }
        }
        assert!(n_named > 80, "only {n_named} members name a directory");
    }
}
