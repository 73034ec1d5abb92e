//! Descriptions of directories and shares in answers.

use model::ds::types::{
    DirectoryConnectSettingsDescription, DirectoryDescription, DirectoryEdition, DirectoryStage, DirectoryType,
    DirectoryVpcSettingsDescription, HybridSettingsDescription, OwnerDirectoryDescription, RegionsInfo, ShareStatus,
    SharedDirectory,
};
use model::organizations::types::AccountState;
use model::{AccountId, DirectoryId, Row};
use world::{Access, Directory, DirectoryKind, ListedDirectory, Region, Regional, Share, View, Vpc};

use crate::lookup::Seen;

/// The most rows of a page, and the number without a limit in the request.
// Inferred: no figure is documented.
const PAGE: usize = 100;

/// How many rows a page has: the limit of the request, but at most [`PAGE`]. Zero stands for no limit.
pub fn page_size(limit: Option<i32>) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0).map_or(PAGE, |limit| limit.min(PAGE))
}

/// The description of a directory that the caller sees.
pub fn description(view: &View<'_>, seen: Seen<'_>) -> Row<DirectoryDescription> {
    match seen {
        Seen::Own(directory) => own_row(directory, &view.caller.region),
        Seen::Shared(share) => shared_description(view, share).into(),
    }
}

/// A share in the owner's list, and in the answer to its acceptance.
pub fn shared_directory(share: &Share) -> SharedDirectory {
    SharedDirectory {
        created_date_time: Some(share.created_at),
        last_updated_date_time: Some(share.updated_at),
        owner_account_id: Some(share.owner),
        owner_directory_id: Some(share.directory.clone()),
        share_method: Some(share.method),
        share_notes: share.notes.clone(),
        share_status: Some(share.status),
        shared_account_id: Some(share.consumer),
        shared_directory_id: Some(share.id.clone()),
    }
}

/// How many domain controllers a directory has in a Region, without those that are being removed.
pub fn n_domain_controllers(regional: &Regional) -> i32 {
    i32::try_from(regional.n_domain_controllers()).unwrap_or(i32::MAX)
}

/// The edition of a Managed Microsoft AD. None for other kinds of directory.
pub fn edition(directory: &Directory) -> Option<DirectoryEdition> {
    match directory.kind {
        DirectoryKind::MicrosoftAd(edition) => Some(edition),
        DirectoryKind::SimpleAd | DirectoryKind::Connector => None,
    }
}

/// The row of a directory in a Region, for its owner.
fn own_row(directory: &ListedDirectory, region: &Region) -> Row<DirectoryDescription> {
    let rows = directory.following(|directory| {
        let row = |regional| Row::from(own_description(directory, regional));
        directory.regions.iter().map(|(region, regional)| (region.clone(), row(regional))).collect()
    });
    let row = rows.get(region).or_else(|| rows.get(&directory.region));
    row.expect("every directory is in its primary Region").clone()
}

fn own_description(directory: &Directory, regional: &Regional) -> DirectoryDescription {
    let edition = edition(directory);
    let is_microsoft = edition.is_some();
    let description = DirectoryDescription {
        description: directory.description.clone(),
        desired_number_of_domain_controllers: Some(if is_microsoft { n_domain_controllers(regional) } else { 0 }),
        edition,
        hybrid_settings: directory.global.hybrid.as_ref().map(|hybrid| HybridSettingsDescription {
            self_managed_dns_ip_addrs: addresses(&hybrid.servers.dns_addresses),
            self_managed_instance_ids: addresses(&hybrid.servers.instances),
        }),
        kind: Some(directory_type(directory)),
        launch_time: Some(regional.launched_at),
        name: Some(text(&directory.name)),
        network_type: Some(regional.network_type),
        os_version: is_microsoft.then_some(regional.setup.os_version),
        radius_settings: regional.security.radius.as_ref().map(|radius| radius.settings.clone()),
        radius_status: regional.security.radius.as_ref().map(|radius| radius.status),
        regions_info: is_microsoft.then(|| regions_info(directory)),
        short_name: Some(text(&directory.short_name)),
        size: Some(directory.size),
        stage: Some(regional.stage),
        stage_last_updated_date_time: Some(regional.stage_updated_at),
        stage_reason: regional.stage_reason.clone(),
        ..access_description(&directory.id, &regional.access)
    };
    with_network(description, directory, regional)
}

/// Adds the directory's network to its description. For a connector, that is also the customer's DNS servers.
fn with_network(description: DirectoryDescription, directory: &Directory, regional: &Regional) -> DirectoryDescription {
    let network = vpc_settings(&regional.vpc);
    let security_group_id = Some(text(&regional.vpc.security_group));
    match &directory.global.connection {
        Some(connection) => DirectoryDescription {
            connect_settings: Some(DirectoryConnectSettingsDescription {
                availability_zones: network.availability_zones,
                connect_ips: addresses(&regional.vpc.dns_addresses),
                connect_ips_v6: addresses(&regional.vpc.dns_ipv6_addresses),
                customer_user_name: Some(text(&connection.user_name)),
                security_group_id,
                subnet_ids: network.subnet_ids,
                vpc_id: network.vpc_id,
            }),
            dns_ip_addrs: addresses(&connection.dns_addresses),
            dns_ipv6_addrs: addresses(&connection.dns_ipv6_addresses),
            ..description
        },
        None => DirectoryDescription {
            dns_ip_addrs: addresses(&regional.dns_addresses()),
            dns_ipv6_addrs: addresses(&regional.dns_ipv6_addresses()),
            vpc_settings: Some(DirectoryVpcSettingsDescription { security_group_id, ..network }),
            ..description
        },
    }
}

fn directory_type(directory: &Directory) -> DirectoryType {
    match directory.kind {
        DirectoryKind::SimpleAd => DirectoryType::SimpleAd,
        DirectoryKind::Connector => DirectoryType::AdConnector,
        DirectoryKind::MicrosoftAd(_) => DirectoryType::MicrosoftAd,
    }
}

// Inferred: a Region is listed from the request for it until it is removed.
fn regions_info(directory: &Directory) -> RegionsInfo {
    let additional = directory.regions.keys().filter(|region| **region != directory.region);
    RegionsInfo {
        primary_region: Some(text(directory.region.as_str())),
        additional_regions: Some(additional.map(|region| text(region.as_str())).collect()),
    }
}

/// The description of a shared directory for its consumer. The owner's network is only in the owner's description.
fn shared_description(view: &View<'_>, share: &Share) -> DirectoryDescription {
    let description = DirectoryDescription {
        desired_number_of_domain_controllers: Some(0),
        kind: Some(DirectoryType::SharedMicrosoftAd),
        launch_time: Some(share.created_at),
        share_method: Some(share.method),
        share_notes: share.notes.clone(),
        share_status: Some(share.status),
        stage: Some(shared_stage(view, share)),
        stage_last_updated_date_time: Some(share.updated_at),
        ..access_description(&share.id, &Access::default())
    };
    let Some(directory) = view.world.directory(&share.directory) else { return description };
    let regional = directory.regional(&share.region).unwrap_or(directory.primary());
    DirectoryDescription {
        edition: edition(directory),
        name: Some(text(&directory.name)),
        owner_directory_description: Some(owner_description(directory, regional)),
        short_name: Some(text(&directory.short_name)),
        size: Some(directory.size),
        ..description
    }
}

/// The description fields that follow from the alias. A directory without an alias has its id as its alias. The access
/// URL has no scheme.
fn access_description(id: &DirectoryId, access: &Access) -> DirectoryDescription {
    let alias = access.alias.as_deref().unwrap_or(id.as_str());
    DirectoryDescription {
        access_url: Some([alias, ".awsapps.com"].concat()),
        alias: Some(alias.to_owned()),
        directory_id: Some(id.clone()),
        sso_enabled: Some(access.sso_enabled),
        ..DirectoryDescription::default()
    }
}

fn owner_description(directory: &Directory, regional: &Regional) -> OwnerDirectoryDescription {
    OwnerDirectoryDescription {
        account_id: Some(directory.owner),
        directory_id: Some(directory.id.clone()),
        dns_ip_addrs: addresses(&regional.dns_addresses()),
        dns_ipv6_addrs: addresses(&regional.dns_ipv6_addresses()),
        network_type: Some(regional.network_type),
        radius_settings: regional.security.radius.as_ref().map(|radius| radius.settings.clone()),
        radius_status: regional.security.radius.as_ref().map(|radius| radius.status),
        vpc_settings: Some(vpc_settings(&regional.vpc)),
    }
}

fn vpc_settings(vpc: &Vpc) -> DirectoryVpcSettingsDescription {
    DirectoryVpcSettingsDescription {
        availability_zones: Some(vpc.subnets.iter().map(|subnet| text(&subnet.availability_zone)).collect()),
        security_group_id: None,
        subnet_ids: Some(vpc.subnets.iter().map(|subnet| text(&subnet.id)).collect()),
        vpc_id: Some(text(&vpc.id)),
    }
}

/// Copies a text of the world for an answer. `CompactString::to_string` formats it, which takes five times as long.
fn text(text: &str) -> String {
    text.to_owned()
}

/// A list of addresses for an answer. None if it is empty.
fn addresses(list: &[compact_str::CompactString]) -> Option<Vec<String>> {
    (!list.is_empty()).then(|| list.iter().map(|address| text(address)).collect())
}

/// The stage of a shared directory. It follows from the status of the share.
// Inferred: the stages before acceptance, and while the owner's account is suspended, are not documented.
pub fn shared_stage(view: &View<'_>, share: &Share) -> DirectoryStage {
    match share.status {
        ShareStatus::Shared if is_suspended(view, share.owner) => DirectoryStage::Inoperable,
        ShareStatus::Shared => DirectoryStage::Active,
        ShareStatus::Sharing => DirectoryStage::Creating,
        ShareStatus::PendingAcceptance | ShareStatus::RejectFailed => DirectoryStage::Requested,
        ShareStatus::Rejecting | ShareStatus::Deleting => DirectoryStage::Deleting,
        ShareStatus::Rejected | ShareStatus::Deleted => DirectoryStage::Deleted,
        ShareStatus::ShareFailed => DirectoryStage::Failed,
    }
}

fn is_suspended(view: &View<'_>, account: AccountId) -> bool {
    view.world.account(account).is_some_and(|found| found.state != AccountState::Active)
}
