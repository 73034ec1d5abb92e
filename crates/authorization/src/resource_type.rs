//! Types of resources.

use model::AccountId;

/// A type of resource of the Service Authorization Reference.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ResourceType {
    /// An account of an organization.
    Account,
    /// A directory.
    Directory,
    /// An organizational unit.
    OrganizationalUnit,
    /// A policy of an organization.
    Policy,
    /// The resource policy of an organization.
    ResourcePolicy,
    /// A transfer of responsibility between two organizations.
    ResponsibilityTransfer,
    /// A role, which is named by its ARN.
    Role,
    /// The root of an organization.
    Root,
}

impl ResourceType {
    /// Whether an id has the form of those of this type.
    pub(crate) fn has_form(self, id: &str) -> bool {
        match self {
            Self::Account => id.parse::<AccountId>().is_ok(),
            Self::OrganizationalUnit => id.starts_with("ou-"),
            Self::Policy => id.starts_with("p-"),
            Self::ResourcePolicy => id.starts_with("rp-"),
            Self::ResponsibilityTransfer => id.starts_with("rt-"),
            Self::Root => id.starts_with("r-"),
            Self::Directory | Self::Role => true,
        }
    }
}
