//! Directories and shares as answers show them.

use model::ds::types::{
    DirectoryDescription, DirectoryEdition, DirectoryStage, DirectoryType, DirectoryVpcSettingsDescription,
    OwnerDirectoryDescription, RegionsInfo, ShareStatus, SharedDirectory,
};
use model::organizations::types::AccountState;
use model::{AccountId, DirectoryId};
use world::{Directory, DirectoryKind, Regional, Share, View, Vpc};

use crate::lookup::Seen;

/// The rows of a page where the caller does not say how many.
// Inferred: no figure is documented.
const PAGE: usize = 100;

/// How many rows a page has: as many as asked for, up to the service's own limit, which zero asks for too.
pub fn page_size(limit: Option<i32>) -> usize {
    limit.and_then(|limit| usize::try_from(limit).ok()).filter(|limit| *limit > 0).map_or(PAGE, |limit| limit.min(PAGE))
}

/// A directory as the caller sees it.
pub fn description(view: &View<'_>, seen: Seen<'_>) -> DirectoryDescription {
    match seen {
        Seen::Own(directory) => own(directory, directory.regional(&view.caller.region).unwrap_or(directory.primary())),
        Seen::Shared(share) => shared(view, share),
    }
}

/// A share as the owner's list and an acceptance show it.
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

/// The edition of a Managed Microsoft AD.
pub fn edition(directory: &Directory) -> Option<DirectoryEdition> {
    match directory.kind {
        DirectoryKind::MicrosoftAd(edition) => Some(edition),
        DirectoryKind::SimpleAd | DirectoryKind::Connector => None,
    }
}

fn own(directory: &Directory, regional: &Regional) -> DirectoryDescription {
    let edition = edition(directory);
    let is_microsoft = edition.is_some();
    let regions =
        RegionsInfo { primary_region: Some(directory.region.to_string()), additional_regions: Some(Vec::new()) };
    DirectoryDescription {
        description: directory.description.clone(),
        desired_number_of_domain_controllers: Some(if is_microsoft { 2 } else { 0 }),
        dns_ip_addrs: addresses(&regional.vpc.dns_addresses),
        dns_ipv6_addrs: addresses(&regional.vpc.dns_ipv6_addresses),
        edition,
        kind: Some(if is_microsoft { DirectoryType::MicrosoftAd } else { DirectoryType::SimpleAd }),
        launch_time: Some(regional.launched_at),
        name: Some(directory.name.to_string()),
        network_type: Some(directory.network_type),
        os_version: is_microsoft.then_some(regional.setup.os_version),
        regions_info: is_microsoft.then_some(regions),
        short_name: Some(directory.short_name.to_string()),
        size: Some(directory.size),
        stage: Some(regional.stage),
        stage_last_updated_date_time: Some(regional.stage_updated_at),
        vpc_settings: Some(DirectoryVpcSettingsDescription {
            security_group_id: Some(regional.vpc.security_group.to_string()),
            ..vpc_settings(&regional.vpc)
        }),
        ..named(&directory.id)
    }
}

/// A shared directory in its consumer's account. It shows the owner's network only inside the owner's description, and nothing of
/// the owner's security.
fn shared(view: &View<'_>, share: &Share) -> DirectoryDescription {
    let described = DirectoryDescription {
        desired_number_of_domain_controllers: Some(0),
        kind: Some(DirectoryType::SharedMicrosoftAd),
        launch_time: Some(share.created_at),
        share_method: Some(share.method),
        share_notes: share.notes.clone(),
        share_status: Some(share.status),
        stage: Some(shared_stage(share.status, is_suspended(view, share.owner))),
        stage_last_updated_date_time: Some(share.updated_at),
        ..named(&share.id)
    };
    let Some(directory) = view.world.directory(&share.directory) else { return described };
    DirectoryDescription {
        edition: edition(directory),
        name: Some(directory.name.to_string()),
        owner_directory_description: Some(owner_description(directory)),
        short_name: Some(directory.short_name.to_string()),
        size: Some(directory.size),
        ..described
    }
}

/// What every directory has that was given no alias: its id serves as one.
fn named(id: &DirectoryId) -> DirectoryDescription {
    DirectoryDescription {
        access_url: Some(format!("{id}.awsapps.com")),
        alias: Some(id.to_string()),
        directory_id: Some(id.clone()),
        sso_enabled: Some(false),
        ..DirectoryDescription::default()
    }
}

fn owner_description(directory: &Directory) -> OwnerDirectoryDescription {
    OwnerDirectoryDescription {
        account_id: Some(directory.owner),
        directory_id: Some(directory.id.clone()),
        dns_ip_addrs: addresses(&directory.primary().vpc.dns_addresses),
        dns_ipv6_addrs: addresses(&directory.primary().vpc.dns_ipv6_addresses),
        network_type: Some(directory.network_type),
        radius_settings: None,
        radius_status: None,
        vpc_settings: Some(vpc_settings(&directory.primary().vpc)),
    }
}

fn vpc_settings(vpc: &Vpc) -> DirectoryVpcSettingsDescription {
    DirectoryVpcSettingsDescription {
        availability_zones: addresses(&vpc.availability_zones),
        security_group_id: None,
        subnet_ids: addresses(&vpc.subnets),
        vpc_id: Some(vpc.id.to_string()),
    }
}

/// A list, where there is anything in it.
fn addresses(of: &[compact_str::CompactString]) -> Option<Vec<String>> {
    (!of.is_empty()).then(|| of.iter().map(ToString::to_string).collect())
}

fn is_suspended(view: &View<'_>, account: AccountId) -> bool {
    view.world.account(account).is_some_and(|found| found.state != AccountState::Active)
}

/// The stage of a shared directory follows from its share.
// Inferred: what a consumer sees before it accepts, and while the owner's account is suspended, is not documented.
fn shared_stage(status: ShareStatus, owner_is_suspended: bool) -> DirectoryStage {
    match status {
        ShareStatus::Shared if owner_is_suspended => DirectoryStage::Inoperable,
        ShareStatus::Shared => DirectoryStage::Active,
        ShareStatus::Sharing => DirectoryStage::Creating,
        ShareStatus::PendingAcceptance | ShareStatus::RejectFailed => DirectoryStage::Requested,
        ShareStatus::Rejecting | ShareStatus::Deleting => DirectoryStage::Deleting,
        ShareStatus::Rejected | ShareStatus::Deleted => DirectoryStage::Deleted,
        ShareStatus::ShareFailed => DirectoryStage::Failed,
    }
}
