//! Throttling: from which buckets a request is taken.

use compact_str::CompactString;
use model::{AccountId, OrganizationId, Refusal};

/// A rate: a bucket that holds `burst` requests and is filled again at so many a second.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Rate {
    /// Thousandths of a request that come back each second.
    pub per_1000_s: u32,
    /// Requests at once.
    pub burst: u32,
}

impl Rate {
    /// So many requests a second.
    // Inferred: where no burst is published, a second's requests may come at once.
    pub const fn per_second(requests: u32) -> Self {
        Self { per_1000_s: requests * 1000, burst: requests }
    }
}

/// The rates of one operation, whose buckets are its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct OperationRate {
    /// The operation.
    pub operation: &'static str,
    /// The rate of one account.
    pub account: Rate,
    /// The rate of all accounts of an organization together.
    pub organization: Option<Rate>,
}

/// Whose a bucket is.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Holder {
    /// An account's.
    Account(AccountId),
    /// That of all accounts of an organization together.
    Organization(OrganizationId),
    /// A resource's, by id.
    Resource(CompactString),
}

/// A bucket that requests are taken out of.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Bucket {
    /// What the bucket is for: an operation, or a group of operations. Each has buckets of its own.
    pub what: &'static str,
    /// Whose it is.
    pub holder: Holder,
    /// How much it holds, and how fast it fills.
    pub rate: Rate,
}

/// How AWS throttles a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Throttle {
    /// The buckets that the request is taken out of: all of them, or none.
    pub buckets: Vec<Bucket>,
    /// The answer where one of them is empty.
    pub refusal: Refusal,
}
