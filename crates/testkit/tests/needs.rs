//! What each request of Directory Service names that other services of AWS have, and so has to be asked there.

#![allow(clippy::unwrap_used)]

use engine::Signer;
use http::{HeaderMap, Method};
use model::ds;
use serde_json::{Value, json};
use testkit::{Client, Credentials, Protocol};
use wire::{Received, Route};
use world::Settings;

const OWNER: &str = "111111111111";
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:111111111111:secret:hybrid-AbCdEf";
const NETWORK: &str = "111111111111 us-east-1 Network(\"vpc-12345678\", [\"subnet-11111111\", \"subnet-22222222\"])";

#[test]
fn networks() {
    let client = Client::new(Settings::default());
    let corp = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "VpcSettings": vpc()});
    let id = call(&client, OWNER, "CreateMicrosoftAD", &corp)["DirectoryId"].clone();
    let settings = json!({
        "VpcId": "vpc-12345678",
        "SubnetIds": ["subnet-11111111", "subnet-22222222"],
        "CustomerDnsIps": ["10.24.34.100"],
        "CustomerUserName": "connector",
    });
    let connector = json!({"Name": "corp.example.com", "Password": "x", "Size": "Small", "ConnectSettings": settings});
    let simple = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "Size": "Small", "VpcSettings": vpc()});
    let region = json!({"DirectoryId": id, "RegionName": "eu-west-1", "VPCSettings": vpc()});
    let assessment = json!({"AssessmentConfiguration": configuration()});
    for (name, input, expected) in [
        ("ConnectDirectory", &connector, NETWORK),
        ("CreateDirectory", &simple, NETWORK),
        ("CreateMicrosoftAD", &corp, NETWORK),
        ("AddRegion", &region, &NETWORK.replace("us-east-1", "eu-west-1")),
        ("StartADAssessment", &assessment, NETWORK),
        ("UpdateDirectorySetup", &json!({"DirectoryId": id, "UpdateType": "NETWORK"}), NETWORK),
    ] {
        assert_eq!(needs(&client, OWNER, name, input), [expected], "{name}");
    }
    let size = json!({"DirectoryId": id, "UpdateType": "SIZE"});
    assert!(needs(&client, OWNER, "UpdateDirectorySetup", &size).is_empty());
    // The network of another account's directory is nobody's business.
    let network = json!({"DirectoryId": id, "UpdateType": "NETWORK"});
    assert!(needs(&client, "222222222222", "UpdateDirectorySetup", &network).is_empty());
}

#[test]
fn secrets_log_groups_and_topics() {
    let client = Client::new(Settings::default());
    let started = call(&client, OWNER, "StartADAssessment", &json!({"AssessmentConfiguration": configuration()}));
    let secret = format!("111111111111 us-east-1 Secret(\"{SECRET}\")");
    let hybrid = json!({"AssessmentId": started["AssessmentId"], "SecretArn": SECRET});
    assert_eq!(needs(&client, OWNER, "CreateHybridAD", &hybrid), [NETWORK, &secret]);
    let account = json!({"SecretArn": SECRET});
    let update = json!({"DirectoryId": "d-9067000000", "HybridAdministratorAccountUpdate": account});
    assert_eq!(needs(&client, OWNER, "UpdateHybridAD", &update), [secret]);
    let logs = json!({"DirectoryId": "d-9067000000", "LogGroupName": "/aws/directoryservice/corp"});
    let log_group = "111111111111 us-east-1 LogGroup(\"/aws/directoryservice/corp\", DirectoryId(\"d-9067000000\"))";
    assert_eq!(needs(&client, OWNER, "CreateLogSubscription", &logs), [log_group]);
    let topic = json!({"DirectoryId": "d-9067000000", "TopicName": "alarms"});
    let alarms = "111111111111 us-east-1 Topic(\"alarms\")";
    assert_eq!(needs(&client, OWNER, "RegisterEventTopic", &topic), [alarms]);
}

fn vpc() -> Value {
    json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]})
}

fn configuration() -> Value {
    json!({
        "DnsName": "corp.example.com",
        "CustomerDnsIps": ["10.24.34.100", "10.24.34.200"],
        "InstanceIds": ["i-11111111", "i-22222222"],
        "VpcSettings": vpc(),
    })
}

/// Each need of a request: the account, the Region, and the resource.
fn needs(client: &Client, account: &str, name: &str, input: &Value) -> Vec<String> {
    let operation = ds::SERVICE.operation(name).unwrap();
    let (headers, body) = (HeaderMap::new(), input.to_string());
    let received = Received { method: &Method::POST, path: "/", query: None, headers: &headers, body: body.as_bytes() };
    let route = Route { protocol: Protocol::AwsJson, operation };
    let Ok(request) = route.decode(&received) else { panic!("{name} does not take {body}") };
    let signer = Signer { access_key_id: account, session_token: None, region: "us-east-1" };
    let needs = client.world.needs(signer, &request, client.at).into_iter();
    needs.map(|need| format!("{} {} {:?}", need.account, need.region.as_str(), need.resource)).collect()
}

fn call(client: &Client, account: &str, name: &str, input: &Value) -> Value {
    let operation = ds::SERVICE.operation(name).unwrap();
    client.call(&Credentials::of(account), operation, input.to_string().as_bytes()).unwrap()
}
