//! Needs: the resources of other AWS services that a request names. The server looks them up at the upstream and passes
//! the result in with the request, just as it passes in the time.

use compact_str::CompactString;
use model::{AccountId, DirectoryId};
use world::Region;

/// A resource of another service that a request names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Need {
    /// The account that the request comes from.
    pub account: AccountId,
    /// The Region of the resource.
    pub region: Region,
    pub resource: Needed,
}

/// The resource of a [`Need`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Needed {
    /// A VPC and subnets. Whether the subnets belong to the VPC is not known yet.
    Network(CompactString, Vec<CompactString>),
    /// A log group, by name, and the directory whose logs go there.
    LogGroup(CompactString, DirectoryId),
    /// A topic, by name.
    Topic(CompactString),
    /// A secret, by ARN.
    Secret(CompactString),
}
