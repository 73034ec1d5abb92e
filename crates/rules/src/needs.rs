//! What a request needs to know of other services of AWS before it can be answered. Whoever can ask them does so, and
//! hands the answer in with the request, as the time is handed in.

use compact_str::CompactString;
use model::{AccountId, DirectoryId};
use world::Region;

/// Something of another service that a request names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Need {
    /// The account that the request comes from.
    pub account: AccountId,
    /// The Region of the thing.
    pub region: Region,
    /// The thing.
    pub what: Needed,
}

/// What a request names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Needed {
    /// A VPC and subnets, which need not be its own.
    Network(CompactString, Vec<CompactString>),
    /// A log group, by name, for the logs of a directory.
    LogGroup(CompactString, DirectoryId),
    /// A topic, by name.
    Topic(CompactString),
    /// A secret, by ARN.
    Secret(CompactString),
}
