//! Checks the table of operations and kinds of directory against the service. Every operation is called on a directory
//! of every kind, in an additional Region, in every stage, and without a directory.
//!
//! A planned operation refuses every call, so it is skipped. The world is given the kinds directly, whatever the way to
//! make them.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use directory::{TypeOrEdition, refusal_by_region, refusal_by_stage, refusal_by_type};
use engine::LiveWorld;
use model::ds::OPERATIONS;
use model::ds::types::{DirectoryEdition, DirectoryStage};
use model::schema;
use model::{DirectoryId, Operation, Refusal, SERVICES, State};
use serde_json::{Value, json};
use testkit::{Client, Credentials};
use world::{DirectoryKind, Region, Settings, World};

const OWNER: &str = "111111111111";
const CONSUMER: &str = "333333333333";
const OTHER_REGION: &str = "us-west-2";

/// Operations that treat the two sides of a share differently.
const ANSWERS: [&str; 2] = ["AcceptSharedDirectory", "RejectSharedDirectory"];

#[test]
fn every_operation_works_on_exactly_the_kinds_of_the_table() {
    let client = Client::new(Settings::default());
    let directories: Vec<(TypeOrEdition, String)> =
        TypeOrEdition::ALL.iter().map(|kind| (*kind, create(&client, *kind))).collect();
    let wrong_kind: BTreeSet<String> = OPERATIONS
        .iter()
        .flat_map(|operation| TypeOrEdition::ALL.iter().filter_map(|kind| refusal_by_type(operation, *kind)))
        .filter_map(text)
        .collect();
    let base = client.world.settled(client.at);
    let (mut n_refused, mut n_allowed) = (0, 0);
    for operation in OPERATIONS.iter().filter(|operation| !ANSWERS.contains(&operation.name)) {
        let Some(member) = directory_member(operation) else { continue };
        for (kind, id) in &directories {
            let who = Credentials::of(if *kind == TypeOrEdition::Shared { CONSUMER } else { OWNER });
            let Some(result) = answer(&base, &who, operation, member, id) else { continue };
            let cell = format!("{} on {kind:?}", operation.name);
            if let Some(refusal) = refusal_by_type(operation, *kind) {
                assert_eq!(result, Err(refusal), "{cell}");
                n_refused += 1;
            } else {
                let found = result.err().and_then(text).filter(|text| wrong_kind.contains(text));
                assert_eq!(found, None, "{cell}");
                n_allowed += 1;
            }
        }
    }
    assert!(n_refused > 0 && n_allowed > 0);
}

#[test]
fn some_operations_work_in_the_primary_region_only() {
    let client = Client::new(Settings::default());
    let id = create(&client, TypeOrEdition::Enterprise);
    let vpc = json!({"VpcId": "vpc-87654321", "SubnetIds": ["subnet-33333333", "subnet-44444444"]});
    let region = json!({"DirectoryId": id, "RegionName": OTHER_REGION, "VPCSettings": vpc});
    call(&client, OWNER, "AddRegion", &region);
    let base = client.world.settled(client.at);
    let who = Credentials { region: OTHER_REGION.to_owned(), ..Credentials::of(OWNER) };
    let elsewhere: BTreeSet<String> = OPERATIONS.iter().filter_map(refusal_by_region).filter_map(text).collect();
    assert!(!elsewhere.is_empty());
    for operation in
        OPERATIONS.iter().filter(|operation| refusal_by_type(operation, TypeOrEdition::Enterprise).is_none())
    {
        let Some(member) = directory_member(operation) else { continue };
        let Some(result) = answer(&base, &who, operation, member, &id) else { continue };
        if let Some(refusal) = refusal_by_region(operation) {
            assert_eq!(result, Err(refusal), "{}", operation.name);
        } else {
            let found = result.err().and_then(text).filter(|text| elsewhere.contains(text));
            assert_eq!(found, None, "{}", operation.name);
        }
    }
}

/// All stages of a directory.
const STAGES: [DirectoryStage; 11] = [
    DirectoryStage::Requested,
    DirectoryStage::Creating,
    DirectoryStage::Created,
    DirectoryStage::Active,
    DirectoryStage::Inoperable,
    DirectoryStage::Impaired,
    DirectoryStage::Restoring,
    DirectoryStage::RestoreFailed,
    DirectoryStage::Deleting,
    DirectoryStage::Failed,
    DirectoryStage::Updating,
];

#[test]
fn every_operation_works_in_exactly_the_stages_of_the_table() {
    let client = Client::new(Settings::default());
    let id = create(&client, TypeOrEdition::Enterprise);
    let vpc = json!({"VpcId": "vpc-87654321", "SubnetIds": ["subnet-33333333", "subnet-44444444"]});
    call(&client, OWNER, "AddRegion", &json!({"DirectoryId": id, "RegionName": OTHER_REGION, "VPCSettings": vpc}));
    let base = client.world.settled(client.at);
    let key = DirectoryId::from(id.as_str());
    let (mut n_refused, mut n_allowed) = (0, 0);
    for stage in STAGES {
        let mut world = World::clone(&base);
        for region in ["us-east-1", OTHER_REGION] {
            world.set_stage(&key, &Region::from(region), stage, None, client.at);
        }
        for operation in OPERATIONS.iter().filter(|found| refusal_by_type(found, TypeOrEdition::Enterprise).is_none()) {
            let Some(member) = directory_member(operation) else { continue };
            let region = if operation.name == "RemoveRegion" { OTHER_REGION } else { "us-east-1" };
            let who = Credentials { region: region.to_owned(), ..Credentials::of(OWNER) };
            let Some(result) = answer(&world, &who, operation, member, &id) else { continue };
            let cell = format!("{} while {}", operation.name, stage.as_str());
            if let Some(refusal) = refusal_by_stage(operation, &key, stage) {
                assert_eq!(result, Err(refusal), "{cell}");
                n_refused += 1;
            } else if operation.name != "DeleteDirectory" {
                let found = result.err().and_then(text).filter(|text| text.ends_with(stage.as_str()));
                assert_eq!(found, None, "{cell}");
                n_allowed += 1;
            }
        }
    }
    assert!(n_refused > 300 && n_allowed > 300, "{n_refused} {n_allowed}");
}

/// The operations whose error for a missing directory is `DirectoryDoesNotExistException`. The others have
/// `EntityDoesNotExistException`.
const DIRECTORY_DOES_NOT_EXIST: [&str; 27] = [
    "AddRegion",
    "DeregisterCertificate",
    "DescribeCAEnrollmentPolicy",
    "DescribeCertificate",
    "DescribeClientAuthenticationSettings",
    "DescribeDirectoryDataAccess",
    "DescribeHybridADUpdate",
    "DescribeLDAPSSettings",
    "DescribeRegions",
    "DescribeSettings",
    "DescribeUpdateDirectory",
    "DisableCAEnrollmentPolicy",
    "DisableClientAuthentication",
    "DisableDirectoryDataAccess",
    "DisableLDAPS",
    "EnableCAEnrollmentPolicy",
    "EnableClientAuthentication",
    "EnableDirectoryDataAccess",
    "EnableLDAPS",
    "ListADAssessments",
    "ListCertificates",
    "RegisterCertificate",
    "RemoveRegion",
    "StartADAssessment",
    "UpdateDirectorySetup",
    "UpdateHybridAD",
    "UpdateSettings",
];

#[test]
fn a_missing_directory_has_the_error_of_the_operation() {
    let client = Client::new(Settings::default());
    let (other, base) = (create(&client, TypeOrEdition::Enterprise), client.world.settled(client.at));
    let elsewhere = Credentials { region: OTHER_REGION.to_owned(), ..Credentials::of(OWNER) };
    let lost = [("d-9067000000", Credentials::of(OWNER)), (&*other, Credentials::of(CONSUMER)), (&*other, elsewhere)];
    let mut n_asked = 0;
    for operation in &OPERATIONS {
        let Some(member) = directory_member(operation) else { continue };
        let is_own = DIRECTORY_DOES_NOT_EXIST.contains(&operation.name);
        let expected = if is_own { "DirectoryDoesNotExistException" } else { "EntityDoesNotExistException" };
        for (id, who) in &lost {
            let Some(result) = answer(&base, who, operation, member, id) else { continue };
            let Err(Refusal::Service(error)) = result else { panic!("{}: {result:?}", operation.name) };
            assert_eq!(error.name, expected, "{} by {} in {}", operation.name, who.access_key_id, who.region);
            n_asked += 1;
        }
    }
    assert!(n_asked > 180, "{n_asked}");
}

/// A consumer accepts and rejects shared directories, and no directory of its own.
#[test]
fn only_a_shared_directory_is_accepted_or_rejected() {
    let client = Client::new(Settings::default());
    let directories: Vec<(TypeOrEdition, String)> =
        TypeOrEdition::ALL.iter().map(|kind| (*kind, create(&client, *kind))).collect();
    let base = client.world.settled(client.at);
    for name in ANSWERS {
        for (kind, id) in &directories {
            let who = Credentials::of(if *kind == TypeOrEdition::Shared { CONSUMER } else { OWNER });
            let result = answer(&base, &who, operation("ds", name), "SharedDirectoryId", id);
            let code = result.and_then(Result::err).and_then(|refusal| match refusal {
                Refusal::Service(error) => Some(error.name),
                Refusal::FrontEnd(..) | Refusal::Planned(_) | Refusal::Unreachable(_) => None,
            });
            let shared = *kind == TypeOrEdition::Shared;
            let expected = if shared { "DirectoryAlreadySharedException" } else { "InvalidParameterException" };
            assert_eq!(code, Some(expected), "{name} on {kind:?}");
        }
    }
}

/// Calls an operation in a world of its own. None where the operation is planned. The input is well-formed.
fn answer(
    base: &World,
    who: &Credentials,
    operation: &'static Operation,
    member: &str,
    id: &str,
) -> Option<Result<Value, Refusal>> {
    let mut input = members(operation.name);
    input[member] = id.into();
    let client = Client { world: LiveWorld::new(base.clone()), ..Client::new(Settings::default()) };
    let result = client.call(who, operation, input.to_string().as_bytes());
    assert!(!matches!(result, Err(Refusal::FrontEnd(..))), "{}: {result:?}", operation.name);
    (operation.state == State::Implemented).then_some(result)
}

/// Makes a directory of a kind. For a shared directory the id is the consumer's.
fn create(client: &Client, kind: TypeOrEdition) -> String {
    let vpc = json!({"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]});
    let mut input = json!({"Name": "corp.example.com", "Password": "Sup3rSecret!", "VpcSettings": vpc});
    if kind == TypeOrEdition::SimpleAd {
        input["Size"] = "Small".into();
        return id(&call(client, OWNER, "CreateDirectory", &input), "DirectoryId");
    }
    let directory = id(&call(client, OWNER, "CreateMicrosoftAD", &input), "DirectoryId");
    let own = match kind {
        TypeOrEdition::Connector => DirectoryKind::Connector,
        TypeOrEdition::Standard => DirectoryKind::MicrosoftAd(DirectoryEdition::Standard),
        TypeOrEdition::Hybrid => DirectoryKind::MicrosoftAd(DirectoryEdition::Hybrid),
        TypeOrEdition::SimpleAd | TypeOrEdition::Enterprise => return directory,
        TypeOrEdition::Shared => return shared(client, &directory),
    };
    let set =
        |world: &mut World| world.directory_mut(&DirectoryId::from(directory.as_str())).map(|found| found.kind = own);
    client.world.change(client.at, |world, _| set(world).ok_or("the directory is gone")).unwrap();
    directory
}

fn shared(client: &Client, directory: &str) -> String {
    let target = json!({"Id": CONSUMER, "Type": "ACCOUNT"});
    let offer = json!({"DirectoryId": directory, "ShareTarget": target, "ShareMethod": "HANDSHAKE"});
    let shared = id(&call(client, OWNER, "ShareDirectory", &offer), "SharedDirectoryId");
    call(client, CONSUMER, "AcceptSharedDirectory", &json!({"SharedDirectoryId": shared}));
    shared
}

fn call(client: &Client, who: &str, name: &str, input: &Value) -> Value {
    client.call(&Credentials::of(who), operation("ds", name), input.to_string().as_bytes()).unwrap()
}

fn operation(service: &str, name: &str) -> &'static Operation {
    SERVICES.iter().find(|found| found.id.as_str() == service).and_then(|found| found.operation(name)).unwrap()
}

fn id(answer: &Value, member: &str) -> String {
    answer[member].as_str().unwrap().to_owned()
}

fn text(refusal: Refusal) -> Option<String> {
    match refusal {
        Refusal::Service(error) => Some(error.message.to_string()),
        Refusal::FrontEnd(..) | Refusal::Planned(_) | Refusal::Unreachable(_) => None,
    }
}

/// The member of an input for a directory's id.
fn directory_member(operation: &Operation) -> Option<&'static str> {
    let schema::Kind::Structure(members) = &operation.input.kind else { return None };
    let names = ["DirectoryId", "OwnerDirectoryId", "ResourceId", "SharedDirectoryId"];
    names.into_iter().find(|name| members.iter().any(|member| member.name == *name))
}

/// The members that an input needs besides the directory to be valid.
fn members(operation: &str) -> Value {
    let vpc = json!({"VpcId": "vpc-87654321", "SubnetIds": ["subnet-33333333", "subnet-44444444"]});
    let target = json!({"Id": "222222222222", "Type": "ACCOUNT"});
    match operation {
        "AddIpRoutes" => json!({"IpRoutes": [{"CidrIp": "203.0.113.0/24"}]}),
        "AddRegion" => json!({"RegionName": "eu-west-1", "VPCSettings": vpc}),
        "AddTagsToResource" => json!({"Tags": [{"Key": "team", "Value": "sales"}]}),
        "CancelSchemaExtension" => json!({"SchemaExtensionId": "e-9067000000"}),
        "CreateAlias" => json!({"Alias": "corp"}),
        "CreateComputer" => json!({"ComputerName": "PC1", "Password": "Sup3rSecret!"}),
        "CreateConditionalForwarder" | "UpdateConditionalForwarder" => {
            json!({"RemoteDomainName": "other.example.com", "DnsIpAddrs": ["10.0.0.1"]})
        }
        "CreateLogSubscription" => json!({"LogGroupName": "corp"}),
        "CreateTrust" => {
            json!({"RemoteDomainName": "other.example.com", "TrustDirection": "Two-Way",
            "TrustPassword": "Sup3rSecret!"})
        }
        "DeleteConditionalForwarder" => json!({"RemoteDomainName": "other.example.com"}),
        "DeregisterCertificate" | "DescribeCertificate" => json!({"CertificateId": "c-9067000000"}),
        "RegisterEventTopic" | "DeregisterEventTopic" => json!({"TopicName": "corp"}),
        "DescribeUpdateDirectory" => json!({"UpdateType": "NETWORK"}),
        "EnableClientAuthentication" | "DisableClientAuthentication" => json!({"Type": "SmartCard"}),
        "EnableLDAPS" | "DisableLDAPS" => json!({"Type": "Client"}),
        "EnableCAEnrollmentPolicy" => {
            let id = "12345678-1234-1234-1234-123456789012";
            json!({"PcaConnectorArn": format!("arn:aws:pca-connector-ad:us-east-1:{OWNER}:connector/{id}")})
        }
        "EnableRadius" | "UpdateRadius" => json!({"RadiusSettings": {
            "RadiusServers": ["10.0.0.1"], "RadiusPort": 1812, "SharedSecret": "Sup3rSecret!",
            "AuthenticationProtocol": "PAP"
        }}),
        "RegisterCertificate" => json!({"CertificateData": "-----BEGIN CERTIFICATE-----"}),
        "RemoveIpRoutes" => json!({"CidrIps": ["203.0.113.0/24"]}),
        "RemoveTagsFromResource" => json!({"TagKeys": ["team"]}),
        "ResetUserPassword" => json!({"UserName": "Admin", "NewPassword": "Sup3rSecret!"}),
        "ShareDirectory" => json!({"ShareTarget": target, "ShareMethod": "HANDSHAKE"}),
        "StartSchemaExtension" => {
            json!({"CreateSnapshotBeforeSchemaExtension": false, "Description": "x", "LdifContent": "dn: CN=x"})
        }
        "UnshareDirectory" => json!({"UnshareTarget": target}),
        "UpdateDirectorySetup" => {
            json!({"UpdateType": "NETWORK", "NetworkUpdateSettings": {"NetworkType": "Dual-stack"}})
        }
        "UpdateHybridAD" => json!({"SelfManagedInstancesSettings": {
            "CustomerDnsIps": ["10.0.0.1", "10.0.0.2"], "InstanceIds": ["i-12345678", "i-87654321"]
        }}),
        "UpdateNumberOfDomainControllers" => json!({"DesiredNumber": 3}),
        "UpdateSettings" => json!({"Settings": [{"Name": "TLS_1_0", "Value": "Disable"}]}),
        _ => json!({}),
    }
}
