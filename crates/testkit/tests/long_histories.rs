//! Histories that only get longer, over more than one page: each update once, whichever page it is on.

#![allow(clippy::unwrap_used)]

use model::ds;
use serde_json::{Value, json};
use testkit::{Client, Credentials};
use world::{Quotas, Settings};

const OWNER: &str = "111111111111";

/// One more than fit on a page.
const N_UPDATES: usize = 101;

#[test]
fn updates_of_a_hybrid_directory() {
    let quotas = Quotas { assessments: N_UPDATES + 1, ..Quotas::default() };
    let client = Client::new(Settings { quotas, ..Settings::default() });
    let configuration = json!({
        "DnsName": "corp.example.com",
        "CustomerDnsIps": ["10.24.34.100", "10.24.34.200"],
        "InstanceIds": ["i-11111111", "i-22222222"],
        "VpcSettings": vpc(),
    });
    let assessment = call(&client, "StartADAssessment", &json!({"AssessmentConfiguration": configuration}));
    let secret = "arn:aws:secretsmanager:us-east-1:111111111111:secret:hybrid-AbCdEf";
    let input = json!({"AssessmentId": assessment["AssessmentId"], "SecretArn": secret});
    let id = call(&client, "CreateHybridAD", &input)["DirectoryId"].clone();
    let mut expected = Vec::new();
    for n in 0..N_UPDATES {
        let addresses = [format!("10.25.{n}.1"), format!("10.25.{n}.2")];
        let servers = json!({"CustomerDnsIps": addresses, "InstanceIds": ["i-33333333", "i-44444444"]});
        let input = json!({"DirectoryId": id, "SelfManagedInstancesSettings": servers});
        expected.push(call(&client, "UpdateHybridAD", &input)["AssessmentId"].clone());
    }
    let found = all(&client, "DescribeHybridADUpdate", &json!({"DirectoryId": id}), |page| {
        let updates = page["UpdateActivities"]["SelfManagedInstances"].as_array().unwrap().iter();
        updates.map(|update| update["AssessmentId"].clone()).collect()
    });
    assert_eq!(found, expected);
}

#[test]
fn updates_of_a_directory() {
    let client = Client::new(Settings::default());
    let input = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "VpcSettings": vpc()});
    let id = call(&client, "CreateMicrosoftAD", &input)["DirectoryId"].clone();
    for n in 0..N_UPDATES {
        let version = if n % 2 == 0 { "SERVER_2012" } else { "SERVER_2019" };
        let settings = json!({"OSVersion": version});
        let input = json!({"DirectoryId": id, "UpdateType": "OS", "OSUpdateSettings": settings});
        call(&client, "UpdateDirectorySetup", &input);
    }
    let input = json!({"DirectoryId": id, "UpdateType": "OS"});
    let found =
        all(&client, "DescribeUpdateDirectory", &input, |page| page["UpdateActivities"].as_array().unwrap().clone());
    assert_eq!(found.len(), N_UPDATES);
}

/// The rows of all pages.
fn all(client: &Client, name: &str, input: &Value, rows: impl Fn(&Value) -> Vec<Value>) -> Vec<Value> {
    let (mut found, mut input) = (Vec::new(), input.clone());
    loop {
        let page = call(client, name, &input);
        found.extend(rows(&page));
        match page.get("NextToken") {
            Some(next) => input["NextToken"] = next.clone(),
            None => return found,
        }
    }
}

fn vpc() -> Value {
    json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]})
}

fn call(client: &Client, name: &str, input: &Value) -> Value {
    let operation = ds::SERVICE.operation(name).unwrap();
    client.call(&Credentials::of(OWNER), operation, input.to_string().as_bytes()).unwrap()
}
