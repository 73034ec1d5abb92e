//! Throttling: how many requests AWS takes of an account, of an organization and for a directory. Off, until a world is
//! told to keep to it.

use std::collections::BTreeMap;

use directory::data::request_rates;
use model::{Access, AccountId, DirectoryId, Operation, OrganizationId, Refusal, Request, Timestamp};
use organizations::Rate;
use world::View;

/// Who has a bucket.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Holder {
    Account(AccountId),
    Organization(OrganizationId),
    Directory(DirectoryId),
}

/// What a bucket is for, and who has it.
type Key = (&'static str, Holder);

/// A bucket of requests, in millionths of one.
#[derive(Clone, Copy)]
struct Bucket {
    level: u64,
    at: Timestamp,
}

/// One request in a bucket.
const REQUEST: u64 = 1_000_000;

impl Bucket {
    fn full(rate: Rate, at: Timestamp) -> Self {
        Self { level: u64::from(rate.burst) * REQUEST, at }
    }

    /// The same bucket at a later time: a millisecond brings back a millionth for each thousandth of a request a
    /// second.
    fn at(self, rate: Rate, now: Timestamp) -> Self {
        let elapsed = u64::try_from(now.since(self.at).as_millis()).unwrap_or(u64::MAX);
        let level = self.level.saturating_add(elapsed.saturating_mul(u64::from(rate.per_1000_s)));
        Self { level: level.min(Self::full(rate, now).level), at: now }
    }
}

/// The buckets of a world.
#[derive(Default)]
pub struct Rates {
    enforced: bool,
    buckets: BTreeMap<Key, Bucket>,
}

impl Rates {
    /// Whether the world keeps to the rates.
    pub fn is_enforced(&self) -> bool {
        self.enforced
    }

    /// Keeps to the rates from here on, with full buckets, or no longer.
    pub fn enforce(&mut self, enforced: bool) {
        *self = Self { enforced, buckets: BTreeMap::new() };
    }

    /// Takes a request out of the buckets that it comes from, or refuses it, and then takes nothing.
    pub fn take(&mut self, view: &View<'_>, request: &Request) -> Result<(), Refusal> {
        if !self.enforced {
            return Ok(());
        }
        let (buckets, refuse): (_, fn() -> Refusal) = match request {
            Request::Organizations(_) => {
                (of_organizations(view, request.operation()), organizations::too_many_requests)
            }
            Request::DirectoryData(_) => (of_directory_data(view, request), request_rates::throttled),
            Request::Directory(_) | Request::Sts(_) => return Ok(()),
        };
        let mut taken = Vec::new();
        for (key, rate) in buckets {
            let bucket = self.buckets.get(&key).copied().unwrap_or(Bucket::full(rate, view.now)).at(rate, view.now);
            let level = bucket.level.checked_sub(REQUEST).ok_or_else(refuse)?;
            taken.push((key, Bucket { level, ..bucket }));
        }
        self.buckets.extend(taken);
        Ok(())
    }
}

/// The buckets of a call of Organizations: each operation has its own.
fn of_organizations(view: &View<'_>, operation: &'static Operation) -> Vec<(Key, Rate)> {
    let Some(row) = organizations::request_rate(operation.name) else { return Vec::new() };
    let organization = view.world.organization_of(view.caller.account);
    let account = (Holder::Account(view.caller.account), row.account);
    let all = row.organization.zip(organization);
    let all = all.map(|(rate, organization)| (Holder::Organization(organization.id.clone()), rate));
    std::iter::once(account).chain(all).map(|(holder, rate)| ((operation.name, holder), rate)).collect()
}

/// The buckets of a call of Directory Service Data: one of the account, and one for all reads or all writes of the
/// directory.
fn of_directory_data(view: &View<'_>, request: &Request) -> Vec<(Key, Rate)> {
    let access = request.operation().access;
    let id = DirectoryId::from(request.text("DirectoryId").unwrap_or_default());
    let what = if access == Access::Read { "reads of data" } else { "writes of data" };
    let account = (("data", Holder::Account(view.caller.account)), Rate::per_second(request_rates::OF_ACCOUNT));
    let directory = view.world.directory(&id).map(|found| Rate::per_second(request_rates::of_directory(found, access)));
    std::iter::once(account).chain(directory.map(|rate| ((what, Holder::Directory(id)), rate))).collect()
}
