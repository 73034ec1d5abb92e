//! Throttling: the token buckets that a request takes from.

use compact_str::CompactString;
use model::{AccountId, OrganizationId, Refusal};

/// The size of a token bucket, and how fast it refills.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rate {
    /// How much the bucket refills each second, in thousandths of a request.
    pub per_1000_s: u32,
    /// How many requests the full bucket holds.
    pub burst: u32,
}

impl Rate {
    /// A rate in requests per second.
    // Inferred: where AWS publishes no burst, the requests of one second may come at once.
    pub const fn per_second(requests: u32) -> Self {
        Self { per_1000_s: requests * 1000, burst: requests }
    }
}

/// The rates of one operation. Each operation has its own buckets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OperationRate {
    pub operation: &'static str,
    /// For one account.
    pub account: Rate,
    /// For all accounts of an organization together.
    pub organization: Option<Rate>,
}

/// The account, organization or resource whose requests share a bucket.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Holder {
    Account(AccountId),
    /// All accounts of an organization together.
    Organization(OrganizationId),
    /// A resource, by id.
    Resource(CompactString),
}

/// A token bucket.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bucket {
    /// The operation, or the group of operations, that the bucket limits.
    pub operations: &'static str,
    pub holder: Holder,
    pub rate: Rate,
}

/// The buckets of a request, and the answer where one is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Throttle {
    /// The request takes from all of these buckets, or from none.
    pub buckets: Vec<Bucket>,
    pub refusal: Refusal,
}
