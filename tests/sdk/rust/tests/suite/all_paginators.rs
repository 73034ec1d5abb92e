//! Each of the SDK's paginators for Organizations yields everything once and in order, at a page size of two.

use std::collections::BTreeSet;

use aws_sdk_organizations::types::{ChildType, EffectivePolicyType, PolicyType, Tag};

use crate::cast::{M, S};
use crate::grown::{Grown, PLANS, PRINCIPALS};
use crate::world::World;

/// One member of each item, page by page.
macro_rules! pages {
    ($paginator:expr, $list:ident, $member:ident) => {{
        let pages: Vec<_> = $paginator.send().try_collect().await.expect("pages");
        let members = pages.iter().map(|page| page.$list().iter().filter_map(|item| item.$member()).map(str::to_owned));
        members.map(Iterator::collect).collect::<Vec<Vec<String>>>()
    }};
}

/// Checks that a list is the same with and without a page size.
macro_rules! check {
    ($request:expr, $list:ident, $member:ident, $expected:expr) => {{
        let whole = pages!($request.into_paginator(), $list, $member);
        assert_eq!(whole.len(), 1);
        assert_eq!(whole[0].iter().collect::<BTreeSet<_>>(), $expected.iter().collect(), "{}", stringify!($request));
        assert_eq!(whole[0].len(), $expected.len());
        let pairs: Vec<_> = whole[0].chunks(2).map(<[String]>::to_vec).collect();
        assert_eq!(pages!($request.into_paginator().page_size(2), $list, $member), pairs);
    }};
}

#[tokio::test]
async fn the_tree() {
    let world = World::of("all-paginators-tree");
    let Grown { root, accounts, units, .. } = Grown::of(&world).await;
    let (m, one) = (world.caller(M).organizations, &accounts[0]);
    let mut all = accounts.clone();
    all.push(M.to_owned());
    check!(m.list_accounts(), accounts, id, all);
    check!(m.list_accounts_for_parent().parent_id(&root), accounts, id, all);
    check!(m.list_children().parent_id(&root).child_type(ChildType::Account), children, id, all);
    check!(m.list_create_account_status(), create_account_statuses, account_id, accounts);
    check!(m.list_organizational_units_for_parent().parent_id(&root), organizational_units, id, units);
    check!(m.list_parents().child_id(one), parents, id, [root.clone()]);
    check!(m.list_roots(), roots, id, [root.clone()]);
    // All tags of a resource are on one page. The call has no page size.
    let tags: Vec<_> =
        m.list_tags_for_resource().resource_id(one).into_paginator().send().try_collect().await.expect("pages");
    assert_eq!(tags.len(), 1);
    assert_eq!(tags[0].tags().iter().map(Tag::key).collect::<Vec<_>>(), ["cost", "stage", "team"]);
}

#[tokio::test]
async fn the_policies() {
    let world = World::of("all-paginators-policies");
    let Grown { accounts, units, policies, .. } = Grown::of(&world).await;
    let (m, one) = (world.caller(M).organizations, &accounts[0]);
    let mut all = accounts.clone();
    all.push(M.to_owned());
    let invalid = || m.list_accounts_with_invalid_effective_policy().policy_type(EffectivePolicyType::BackupPolicy);
    check!(invalid(), accounts, id, all);
    let errors = PLANS.map(|plan| format!("plans/{plan}/rules"));
    let validation = || m.list_effective_policy_validation_errors().policy_type(EffectivePolicyType::BackupPolicy);
    check!(validation().account_id(one), effective_policy_validation_errors, path_to_error, errors);
    check!(m.list_policies().filter(PolicyType::TagPolicy), policies, id, policies);
    let of_target = || m.list_policies_for_target().target_id(&units[0]).filter(PolicyType::TagPolicy);
    check!(of_target(), policies, id, policies);
    check!(m.list_targets_for_policy().policy_id(&policies[0]), targets, target_id, units);
}

#[tokio::test]
async fn the_delegates_and_the_handshakes() {
    let world = World::of("all-paginators-others");
    let Grown { accounts, sent, received, .. } = Grown::of(&world).await;
    let (m, s) = (world.caller(M).organizations, world.caller(S).organizations);
    let principals = PRINCIPALS.map(str::to_owned);
    check!(m.list_aws_service_access_for_organization(), enabled_service_principals, service_principal, principals);
    check!(m.list_delegated_administrators(), delegated_administrators, id, accounts[..3]);
    let services = || m.list_delegated_services_for_account().account_id(&accounts[0]);
    check!(services(), delegated_services, service_principal, principals);
    check!(s.list_handshakes_for_account(), handshakes, id, received);
    check!(m.list_handshakes_for_organization(), handshakes, id, sent);
}
