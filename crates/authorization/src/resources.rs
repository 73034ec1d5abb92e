//! What a request is about, as policies name it.

use model::{AccountId, Arn, DirectoryId, Partition, PolicyId, arn};
use world::{Organization, View};

use crate::request_facts::{Id, NamedResource};

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
    fn has_form(self, id: &str) -> bool {
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

/// The ARNs of resources that a request names, or `*` where it names none.
pub fn arns(view: &View<'_>, named: &[NamedResource<'_>]) -> Vec<String> {
    let arns: Vec<String> = named.iter().filter_map(|named| arn_of(view, named)).collect();
    if arns.is_empty() { vec!["*".to_owned()] } else { arns }
}

/// The account whose role a request names.
pub fn role_owner(named: &[NamedResource<'_>]) -> Option<AccountId> {
    let role = named.iter().find(|named| named.types == [ResourceType::Role])?;
    match role.id.as_ref()? {
        Id::Text(arn) => Arn::parse(arn).ok()?.account,
        Id::Directory(_) | Id::Trust(_) | Id::Snapshot(_) => None,
    }
}

/// The ARN of a resource, whether it is there or not: policies are asked before anything is looked up.
fn arn_of(view: &View<'_>, named: &NamedResource<'_>) -> Option<String> {
    let id = match named.id.as_ref()? {
        Id::Text(id) => id.as_ref(),
        Id::Directory(id) => return Some(directory_arn(view, id)),
        Id::Trust(id) => {
            // Trusts have no ARN of their own (Service Authorization Reference).
            let trust = view.world.trust(id).filter(|trust| trust.owner == view.caller.account)?;
            return Some(directory_arn(view, &trust.directory));
        }
        Id::Snapshot(id) => {
            // Nor have snapshots.
            let directory = view.world.directory(&view.world.snapshot(id)?.directory)?;
            return (directory.owner == view.caller.account).then(|| directory_arn(view, &directory.id));
        }
    };
    let organization = || view.world.organization_of(view.caller.account);
    match named.types.iter().find(|kind| kind.has_form(id))? {
        ResourceType::Account => Some(organization()?.arn(&["account", organization()?.id.as_str(), id])),
        ResourceType::OrganizationalUnit => Some(organization()?.arn(&["ou", organization()?.id.as_str(), id])),
        ResourceType::Policy => policy_arn(organization()?, id),
        ResourceType::ResourcePolicy => Some(organization()?.arn(&["resourcepolicy", organization()?.id.as_str(), id])),
        ResourceType::ResponsibilityTransfer => Some(transfer_arn(organization()?, id)),
        ResourceType::Root => root_arn(organization()?, id),
        ResourceType::Directory => Some(directory_arn(view, &DirectoryId::from(id))),
        ResourceType::Role => Some(id.to_owned()),
    }
}

fn directory_arn(view: &View<'_>, id: &DirectoryId) -> String {
    let region = view.caller.region.as_str();
    arn(Partition::of_region(region), "ds", region, view.caller.account, &["directory", id.as_str()])
}

fn policy_arn(organization: &Organization, id: &str) -> Option<String> {
    organization.policy(&PolicyId::from(id)).map(|policy| organization.policy_arn(policy))
}

/// Only the organization's own root has an ARN in it.
fn root_arn(organization: &Organization, id: &str) -> Option<String> {
    (id == organization.root.as_str()).then(|| organization.arn(&["root", organization.id.as_str(), id]))
}

fn transfer_arn(organization: &Organization, id: &str) -> String {
    let outbound = organization.transfers.is_outbound(id);
    let direction = if outbound { "outbound" } else { "inbound" };
    organization.arn(&["transfer", organization.id.as_str(), "billing", direction, id])
}
