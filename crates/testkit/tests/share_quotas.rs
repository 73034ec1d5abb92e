//! Shares a directory of each edition with as many accounts as AWS's own quotas allow, and lists them all.

#![allow(clippy::unwrap_used)]

use model::ds::types::DirectoryEdition;
use model::{DirectoryId, Refusal, ds};
use serde_json::{Value, json};
use testkit::{Client, Credentials};
use world::{DirectoryKind, Settings};

const OWNER: &str = "111111111111";

#[test]
fn each_edition_is_shared_up_to_its_quota() {
    let editions =
        [(DirectoryEdition::Standard, 25), (DirectoryEdition::Hybrid, 125), (DirectoryEdition::Enterprise, 500)];
    for (edition, most) in editions {
        let client = Client::new(Settings::default());
        let id = directory(&client, edition);
        for n in 0..most {
            share(&client, &id, n).unwrap();
        }
        assert_eq!(share(&client, &id, most), Err("ShareLimitExceededException"), "{edition:?}");
        assert_eq!(share(&client, &id, 0), Err("DirectoryAlreadySharedException"), "{edition:?}");
        let listed = listed(&client, &id);
        let expected: Vec<String> = (0..most).map(account).collect();
        assert_eq!(listed, expected, "{edition:?}");
        let target = json!({"Id": account(0), "Type": "ACCOUNT"});
        call(&client, "UnshareDirectory", &json!({"DirectoryId": id, "UnshareTarget": target})).unwrap();
        // A deleted share stays in lists for a while, and does not count.
        share(&client, &id, most).unwrap();
        assert_eq!(share(&client, &id, most + 1), Err("ShareLimitExceededException"), "{edition:?}");
    }
}

/// The accounts of all pages.
fn listed(client: &Client, id: &str) -> Vec<String> {
    let (mut accounts, mut token) = (Vec::new(), Value::Null);
    loop {
        let mut input = json!({"OwnerDirectoryId": id});
        if !token.is_null() {
            input["NextToken"] = token;
        }
        let page = call(client, "DescribeSharedDirectories", &input).unwrap();
        let rows = page["SharedDirectories"].as_array().unwrap().iter();
        accounts.extend(rows.map(|row| row["SharedAccountId"].as_str().unwrap().to_owned()));
        match page.get("NextToken") {
            Some(next) => token = next.clone(),
            None => return accounts,
        }
    }
}

/// Makes an active directory. The world is made hybrid directly, whatever the way to make such a directory.
fn directory(client: &Client, edition: DirectoryEdition) -> String {
    let made_as = if edition == DirectoryEdition::Standard { "Standard" } else { "Enterprise" };
    let vpc = json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]});
    let input = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "Edition": made_as, "VpcSettings": vpc});
    let answer = call(client, "CreateMicrosoftAD", &input).unwrap();
    let id = answer["DirectoryId"].as_str().unwrap().to_owned();
    let set = client.world.change(client.at, |world, _| {
        let found = world.directory_mut(&DirectoryId::from(id.as_str())).ok_or("the directory is gone")?;
        found.kind = DirectoryKind::MicrosoftAd(edition);
        Ok::<(), &str>(())
    });
    set.unwrap();
    id
}

fn share(client: &Client, id: &str, n: u64) -> Result<(), &'static str> {
    let target = json!({"Id": account(n), "Type": "ACCOUNT"});
    let input = json!({"DirectoryId": id, "ShareTarget": target, "ShareMethod": "HANDSHAKE"});
    match call(client, "ShareDirectory", &input) {
        Ok(_) => Ok(()),
        Err(Refusal::Service(error)) => Err(error.name),
        Err(other) => panic!("{other:?}"),
    }
}

fn account(n: u64) -> String {
    (200_000_000_000 + n).to_string()
}

fn call(client: &Client, name: &str, input: &Value) -> Result<Value, Refusal> {
    let operation = ds::SERVICE.operation(name).unwrap();
    client.call(&Credentials::of(OWNER), operation, input.to_string().as_bytes())
}
