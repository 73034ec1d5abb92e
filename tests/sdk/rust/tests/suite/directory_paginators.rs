//! Each of the SDK's paginators for Directory Service and Directory Service Data yields everything once and in order,
//! at a page size of two.

use aws_sdk_directory::types::{Tag, UpdateType};
use aws_sdk_directoryservicedata::types::{AttributeValue, Group, GroupSummary, Member, User, UserSummary};

use crate::cast::M;
use crate::directories::{ACCOUNTS, AUTHORITIES, Directories, REGIONS};
use crate::world::World;

/// One text of each item, page by page.
macro_rules! pages {
    ($paginator:expr, $list:ident, $text:expr) => {{
        let pages: Vec<_> = $paginator.send().try_collect().await.expect("pages");
        let texts = pages.iter().map(|page| page.$list().iter().map($text).map(str::to_owned).collect());
        texts.collect::<Vec<Vec<String>>>()
    }};
}

/// Checks that all items are on one page, and are those expected.
macro_rules! whole {
    ($request:expr, $list:ident, $text:expr, $expected:expr) => {{
        let mut pages = pages!($request.into_paginator(), $list, $text);
        assert_eq!(pages.len(), 1);
        let mut expected: Vec<String> = $expected.iter().map(ToString::to_string).collect();
        pages[0].sort();
        expected.sort();
        assert_eq!(pages[0], expected);
    }};
}

/// Checks that a list is the same with and without a page size.
macro_rules! same {
    ($request:expr, $list:ident, $text:expr) => {{
        let whole = pages!($request.into_paginator(), $list, $text).concat();
        let pairs: Vec<_> = whole.chunks(2).map(<[String]>::to_vec).collect();
        assert_eq!(pages!($request.into_paginator().page_size(2), $list, $text), pairs);
    }};
}

macro_rules! check {
    ($request:expr, $list:ident, $text:expr, $expected:expr) => {{
        whole!($request, $list, $text, $expected);
        same!($request, $list, $text);
    }};
}

#[tokio::test]
async fn every_paginator_of_directory_service() {
    let world = World::of("directory-paginators");
    let made = Directories::of(&world).await;
    let (ds, corp) = (world.caller(M).directory, &made.corp);
    let none = "-";
    check!(ds.describe_directories(), directory_descriptions, |i| i.directory_id().unwrap_or(none), made.ids);
    let shared = || ds.describe_shared_directories().owner_directory_id(corp);
    check!(shared(), shared_directories, |i| i.shared_account_id().unwrap_or(none), ACCOUNTS);
    check!(ds.list_ad_assessments(), assessments, |i| i.assessment_id().unwrap_or(none), made.assessments);
    check!(ds.list_log_subscriptions(), log_subscriptions, |i| i.directory_id().unwrap_or(none), made.ids[..5]);
    let controllers = || ds.describe_domain_controllers().directory_id(corp);
    check!(controllers(), domain_controllers, |i| i.status().map_or(none, |s| s.as_str()), ["Active"; 5]);
    let snapshots = || ds.describe_snapshots().directory_id(corp);
    check!(snapshots(), snapshots, |i| i.snapshot_id().unwrap_or(none), made.snapshots);
    let trusts = || ds.describe_trusts().directory_id(corp);
    check!(trusts(), trusts, |i| i.trust_id().unwrap_or(none), made.trusts);
    let routes = || ds.list_ip_routes().directory_id(corp);
    check!(routes(), ip_routes_info, |i| i.cidr_ip().unwrap_or(none), made.routes);
    let extensions = || ds.list_schema_extensions().directory_id(corp);
    check!(extensions(), schema_extensions_info, |i| i.schema_extension_id().unwrap_or(none), made.extensions);
    let certificates = || ds.list_certificates().directory_id(corp);
    check!(certificates(), certificates_info, |i| i.common_name().unwrap_or(none), AUTHORITIES);
    let ldaps = || ds.describe_ldaps_settings().directory_id(corp);
    check!(ldaps(), ldaps_settings_info, |i| i.ldaps_status().map_or(none, |s| s.as_str()), ["Enabled"]);
    let cards = || ds.describe_client_authentication_settings().directory_id(&made.connector);
    check!(cards(), client_authentication_settings_info, |i| i.r#type().map_or(none, |t| t.as_str()), ["SmartCard"]);
    // These calls have no page size, or ignore it: the page size of the tags is reserved.
    let regions = ds.describe_regions().directory_id(corp);
    whole!(regions, regions_description, |i| i.region_name().unwrap_or(none), REGIONS);
    let updates = ds.describe_update_directory().directory_id(corp).update_type(UpdateType::Os);
    whole!(updates, update_activities, |i| i.initiated_by().unwrap_or(none), ["Customer"; 5]);
    whole!(ds.list_tags_for_resource().resource_id(corp), tags, Tag::key, made.tags);
}

#[tokio::test]
async fn every_paginator_of_directory_service_data() {
    let world = World::of("directory-data-paginators");
    let m = world.caller(M);
    let (data, corp) = (&m.directory_data, &m.create_microsoft_ad("corp.example.com").await);
    m.directory.enable_directory_data_access().directory_id(corp).send().await.expect("data access");
    let [users, groups] = ["user", "group"].map(|kind| (0..5).map(|i| format!("{kind}-{i}")).collect::<Vec<_>>());
    let join = async |user: &str, group: &str| {
        let join = data.add_group_member().directory_id(corp).member_name(user).group_name(group);
        join.send().await.expect("the user joins");
    };
    for (user, group) in users.iter().zip(&groups) {
        let create = data.create_user().directory_id(corp).sam_account_name(user).surname("Doe");
        create.send().await.expect("a user");
        let create = data.create_group().directory_id(corp).sam_account_name(group);
        let about = AttributeValue::S("team".to_owned());
        create.other_attributes("displayName", about).send().await.expect("a group");
        join(&users[0], group).await;
    }
    for user in &users[1..] {
        join(user, &groups[0]).await;
    }

    let members = || data.list_group_members().directory_id(corp).sam_account_name(&groups[0]);
    check!(members(), members, Member::sam_account_name, users);
    let doe = || data.search_users().directory_id(corp).search_string("doe").search_attributes("sn");
    check!(doe(), users, User::sam_account_name, users);
    let team = || data.search_groups().directory_id(corp).search_string("team").search_attributes("displayName");
    check!(team(), groups, Group::sam_account_name, groups);
    // These lists have built-in rows as well.
    same!(data.list_users().directory_id(corp), users, UserSummary::sam_account_name);
    same!(data.list_groups().directory_id(corp), groups, GroupSummary::sam_account_name);
    let of_one = || data.list_groups_for_member().directory_id(corp).sam_account_name(&users[0]);
    same!(of_one(), groups, GroupSummary::sam_account_name);
}
