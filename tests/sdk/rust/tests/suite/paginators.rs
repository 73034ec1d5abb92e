//! The SDK's paginators reach every row once.

use std::collections::BTreeSet;

use aws_sdk_organizations::operation::list_accounts::ListAccountsOutput;
use aws_sdk_organizations::operation::list_children::ListChildrenOutput;
use aws_sdk_organizations::operation::list_create_account_status::ListCreateAccountStatusOutput;
use aws_sdk_organizations::types::ChildType;

use crate::caller::Caller;
use crate::cast::M;
use crate::world::World;

#[tokio::test]
async fn list_accounts_yields_the_management_account_and_those_made_in_order() {
    let world = World::of("paginator-accounts");
    let m = world.caller(M);
    let mut expected = vec![M.to_owned()];
    expected.extend(create_accounts(&m, 25).await);
    let pages = m.organizations.list_accounts().into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await.expect("pages");
    assert_eq!(pages.iter().map(|page| page.accounts().len()).collect::<Vec<_>>(), [20, 6]);
    let ids: Vec<_> = pages.iter().flat_map(ListAccountsOutput::accounts).filter_map(|account| account.id()).collect();
    assert_eq!(ids, expected);
}

#[tokio::test]
async fn list_children_yields_every_account_of_the_root() {
    let world = World::of("paginator-children");
    let m = world.caller(M);
    let mut expected = create_accounts(&m, 25).await;
    expected.push(M.to_owned());
    let roots = m.organizations.list_roots().send().await.expect("roots");
    let root = roots.roots()[0].id().expect("a root has an id");
    let pages = m.organizations.list_children().parent_id(root).child_type(ChildType::Account).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await.expect("pages");
    assert_eq!(pages.len(), 2);
    let ids: Vec<_> = pages.iter().flat_map(ListChildrenOutput::children).filter_map(|child| child.id()).collect();
    assert_same_members(&ids, &expected);
}

#[tokio::test]
async fn list_create_account_status_yields_every_request() {
    let world = World::of("paginator-requests");
    let m = world.caller(M);
    let expected = create_accounts(&m, 25).await;
    let pages = m.organizations.list_create_account_status().into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await.expect("pages");
    assert_eq!(pages.len(), 2);
    let requests = pages.iter().flat_map(ListCreateAccountStatusOutput::create_account_statuses);
    let ids: Vec<_> = requests.filter_map(|request| request.account_id()).collect();
    assert_same_members(&ids, &expected);
}

#[tokio::test]
async fn describe_directories_yields_twelve_in_pages_of_five() {
    let world = World::of("paginator-directories");
    let m = world.caller(M);
    let mut expected = Vec::new();
    for i in 0..12 {
        expected.push(m.create_microsoft_ad(&format!("corp{i}.example.com")).await);
    }
    let pages = m.directory.describe_directories().into_paginator().page_size(5).send();
    let pages: Vec<_> = pages.try_collect().await.expect("pages");
    assert_eq!(pages.iter().map(|page| page.directory_descriptions().len()).collect::<Vec<_>>(), [5, 5, 2]);
    let items = m.directory.describe_directories().into_paginator().page_size(5).items().send();
    let items: Vec<_> = items.try_collect().await.expect("directories");
    let ids: Vec<_> = items.iter().filter_map(|directory| directory.directory_id()).collect();
    assert_same_members(&ids, &expected);
}

#[tokio::test]
async fn list_users_yields_every_user_in_pages_of_two() {
    let world = World::of("paginator-users");
    let m = world.caller(M);
    let corp = m.create_microsoft_ad("corp.example.com").await;
    m.directory.enable_directory_data_access().directory_id(&corp).send().await.expect("data access");
    let list = || m.directory_data.list_users().directory_id(&corp);
    let all = list().send().await.expect("users").users.expect("users");
    let listed: Vec<_> = list().into_paginator().page_size(2).items().send().try_collect().await.expect("users");
    assert_eq!(listed, all);
    let pages: Vec<_> = list().into_paginator().page_size(2).send().try_collect().await.expect("pages");
    assert_eq!(pages.len(), all.len().div_ceil(2));
}

async fn create_accounts(m: &Caller, count: usize) -> Vec<String> {
    m.organizations.create_organization().send().await.expect("an organization");
    let mut made = Vec::with_capacity(count);
    for i in 0..count {
        made.push(m.create_account(&format!("account{i}")).await);
    }
    made
}

/// Checks that the ids are the same, each once, in any order.
fn assert_same_members(found: &[&str], expected: &[String]) {
    assert_eq!(found.len(), expected.len());
    assert_eq!(found.iter().copied().collect::<BTreeSet<_>>(), expected.iter().map(String::as_str).collect());
}
