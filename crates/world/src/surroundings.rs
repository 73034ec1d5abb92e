//! What other services of AWS have, as far as Directory Service asks them: networks, log groups, topics and secrets.

use compact_str::CompactString;
use imbl::{OrdMap, OrdSet};
use model::AccountId;

use crate::cidr::Cidr;
use crate::context::Region;

/// What is known of a kind of thing that another service has.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum Known<T> {
    /// Nothing: whatever is named is there, and its facts follow from its name.
    #[default]
    Believed,
    /// All there is.
    Told(T),
    /// It was asked for, and nobody answered; with the reason.
    Unreachable(CompactString),
}

impl<T> Known<T> {
    /// Whether everything is believed.
    pub fn is_believed(&self) -> bool {
        matches!(self, Self::Believed)
    }

    /// All there is; none where everything is believed.
    ///
    /// # Errors
    /// When nobody answered; with the reason.
    pub fn told(&self) -> Result<Option<&T>, &CompactString> {
        match self {
            Self::Believed => Ok(None),
            Self::Told(all) => Ok(Some(all)),
            Self::Unreachable(reason) => Err(reason),
        }
    }
}

impl<T: Default> Known<T> {
    /// All there is, to be added to; from here on nothing is believed.
    pub fn declare(&mut self) -> &mut T {
        if !matches!(self, Self::Told(_)) {
            *self = Self::Told(T::default());
        }
        match self {
            Self::Told(all) => all,
            Self::Believed | Self::Unreachable(_) => unreachable!("it was just told"),
        }
    }
}

/// Something by its name, in an account and a Region.
pub type Place = (AccountId, Region, CompactString);

/// What other services have. A kind that nothing was said about is believed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Surroundings {
    /// VPCs, by id.
    pub networks: Known<OrdMap<Place, Network>>,
    /// Log groups, by name.
    pub log_groups: Known<OrdMap<Place, LogGroup>>,
    /// Topics, by name.
    pub topics: Known<OrdSet<Place>>,
    /// Secrets, by ARN.
    pub secrets: Known<OrdSet<CompactString>>,
}

/// A VPC.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Network {
    /// Its block of IPv4 addresses.
    pub cidr: Cidr,
    /// Whether what runs in it has hardware of its own.
    pub is_dedicated: bool,
    /// Its subnets.
    pub subnets: Vec<Subnet>,
}

/// A subnet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Subnet {
    /// Its id.
    pub id: CompactString,
    /// Its availability zone.
    pub availability_zone: CompactString,
    /// Its IPv4 addresses; none where it has only others.
    pub ipv4: Option<Cidr>,
    /// Its IPv6 addresses.
    pub ipv6: Option<Cidr>,
}

/// A log group.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LogGroup {
    /// Whether a resource policy lets `ds.amazonaws.com` make streams in it and write to them.
    pub admits_directory_service: bool,
}
