//! Types of resources.

use model::AccountId;

/// A type of resource of the Service Authorization Reference.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ResourceType {
    Account,
    Directory,
    OrganizationalUnit,
    Policy,
    ResourcePolicy,
    ResponsibilityTransfer,
    /// Named by its ARN; the others are named by their ids.
    Role,
    Root,
}

impl ResourceType {
    /// Whether an id has the form of this type's ids.
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
