//! What other AWS services have, as far as calls of Directory Service name it: networks, log groups, topics and
//! secrets.

use compact_str::CompactString;
use imbl::{OrdMap, OrdSet};
use model::AccountId;

use crate::cidr::Cidr;
use crate::region::Region;

/// The things of one kind that another service has, as far as this world knows.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Existing<T> {
    /// Nothing is known: every well-formed id is taken to exist, and its facts follow from it.
    #[default]
    Assumed,
    /// Only these exist: the settings declare them, or they were looked up at the upstream.
    Listed(T),
    /// They had to be looked up, and the upstream did not answer; with the reason.
    Unreachable(CompactString),
}

impl<T> Existing<T> {
    /// Whether every well-formed id is taken to exist.
    pub fn is_assumed(&self) -> bool {
        matches!(self, Self::Assumed)
    }

    /// All things of the kind; none where they are assumed.
    ///
    /// # Errors
    /// The reason why the upstream did not answer.
    pub fn listed(&self) -> Result<Option<&T>, &CompactString> {
        match self {
            Self::Assumed => Ok(None),
            Self::Listed(all) => Ok(Some(all)),
            Self::Unreachable(reason) => Err(reason),
        }
    }
}

impl<T: Default> Existing<T> {
    /// All things of the kind, to be added to. From here on none is assumed.
    pub fn declare(&mut self) -> &mut T {
        if !matches!(self, Self::Listed(_)) {
            *self = Self::Listed(T::default());
        }
        match self {
            Self::Listed(all) => all,
            Self::Assumed | Self::Unreachable(_) => unreachable!("it was just made a list"),
        }
    }
}

/// Account, Region, and the id or name of a thing there.
pub type RegionalName = (AccountId, Region, CompactString);

/// What other services have, as far as calls name it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Surroundings {
    /// VPCs by id.
    pub networks: Existing<OrdMap<RegionalName, Network>>,
    /// Log groups by name.
    pub log_groups: Existing<OrdMap<RegionalName, LogGroup>>,
    /// Topics by name.
    pub topics: Existing<OrdSet<RegionalName>>,
    /// Secrets by ARN.
    pub secrets: Existing<OrdSet<CompactString>>,
}

/// A VPC.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Network {
    pub cidr: Cidr,
    /// Whether its tenancy is dedicated: its instances run on hardware of their own.
    pub is_dedicated: bool,
    pub subnets: Vec<Subnet>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Subnet {
    pub id: CompactString,
    pub availability_zone: CompactString,
    /// None where the subnet is IPv6 only.
    pub ipv4: Option<Cidr>,
    /// None where the subnet is IPv4 only.
    pub ipv6: Option<Cidr>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LogGroup {
    /// Whether a resource policy lets `ds.amazonaws.com` make streams in it and write to them.
    pub admits_directory_service: bool,
}
