//! Directories with more than two pages of everything that Directory Service lists, at a page size of two.

use std::fs;
use std::path::Path;

use aws_sdk_directory::Client;
use aws_sdk_directory::operation::create_trust::builders::CreateTrustFluentBuilder;
use aws_sdk_directory::operation::register_certificate::builders::RegisterCertificateFluentBuilder;
use aws_sdk_directory::operation::start_schema_extension::builders::StartSchemaExtensionFluentBuilder;
use aws_sdk_directory::types::{
    AssessmentConfiguration, CertificateType, ClientAuthenticationType, DirectoryConnectSettings, DirectoryEdition,
    DirectorySize, DirectoryVpcSettings, IpRoute, LdapsType, OsUpdateSettings, OsVersion, ShareMethod, Tag,
    TrustDirection, UpdateType,
};

use crate::caller::Caller;
use crate::cast::{BILLING, M, X};
use crate::world::World;

pub const ACCOUNTS: [&str; 5] = [X, BILLING, "555555555555", "666666666666", "777777777777"];
pub const REGIONS: [&str; 5] = ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1"];
pub const AUTHORITIES: [&str; 5] =
    ["Example Root CA", "Example EC CA", "Example Ed25519 CA", "Example Legacy CA", "Example Far CA"];
const CERTIFICATES: [&str; 5] = ["root", "ec", "ed25519", "bmp", "far"];

pub struct Directories {
    pub corp: String,
    pub connector: String,
    pub ids: Vec<String>,
    pub trusts: Vec<String>,
    pub snapshots: Vec<String>,
    pub extensions: Vec<String>,
    pub routes: Vec<String>,
    pub tags: Vec<String>,
    pub assessments: Vec<String>,
}

impl Directories {
    pub async fn of(world: &World) -> Self {
        let m = world.caller(M);
        let ds = &m.directory;
        let corp = enterprise(&m, "corp.example.com").await;
        let mut made = Self {
            ids: vec![corp.clone()],
            corp,
            connector: connect(ds).await,
            trusts: Vec::new(),
            snapshots: Vec::new(),
            extensions: Vec::new(),
            routes: (0..5).map(|i| format!("203.0.{i}.0/24")).collect(),
            tags: (0..5).map(|i| format!("key-{i}")).collect(),
            assessments: Vec::new(),
        };
        for i in 0..4 {
            made.ids.push(m.create_microsoft_ad(&format!("other{i}.example.com")).await);
        }
        for (i, account) in ACCOUNTS.into_iter().enumerate() {
            m.share(&made.corp, account, ShareMethod::Handshake).send().await.expect("a share");
            made.grow_by(ds, i).await;
        }
        ds.enable_ldaps().directory_id(&made.corp).r#type(LdapsType::Client).send().await.expect("LDAPS");
        let controllers = ds.update_number_of_domain_controllers().directory_id(&made.corp).desired_number(5);
        controllers.send().await.expect("five domain controllers");
        for region in &REGIONS[1..] {
            let add = ds.add_region().directory_id(&made.corp).region_name(*region).vpc_settings(network());
            add.send().await.expect("another Region");
        }
        made.ids.push(made.connector.clone());
        made
    }

    /// Adds one more of everything that corp has five of.
    async fn grow_by(&mut self, ds: &Client, i: usize) {
        let logs = ds.create_log_subscription().directory_id(&self.ids[i]).log_group_name("logs");
        logs.send().await.expect("a log subscription");
        let trust = trust(ds, &self.corp, &format!("remote{i}.example.com")).send().await.expect("a trust");
        self.trusts.extend(trust.trust_id);
        let snapshot = ds.create_snapshot().directory_id(&self.corp).send().await.expect("a snapshot");
        self.snapshots.extend(snapshot.snapshot_id);
        let extension = extend(ds, &self.corp, &format!("attribute{i}"), i).send().await.expect("an extension");
        self.extensions.extend(extension.schema_extension_id);
        let route = IpRoute::builder().cidr_ip(&self.routes[i]).build();
        ds.add_ip_routes().directory_id(&self.corp).ip_routes(route).send().await.expect("a route");
        let tag = Tag::builder().key(&self.tags[i]).value("any").build().expect("a tag");
        ds.add_tags_to_resource().resource_id(&self.corp).tags(tag).send().await.expect("the tag is added");
        register(ds, &self.corp, CERTIFICATES[i]).send().await.expect("the certificate is registered");
        let version = [OsVersion::Version2012, OsVersion::Version2019][i % 2].clone();
        let update = ds.update_directory_setup().directory_id(&self.corp).update_type(UpdateType::Os);
        let settings = OsUpdateSettings::builder().os_version(version).build();
        update.os_update_settings(settings).send().await.expect("an update");
        let assessment = ds.start_ad_assessment().assessment_configuration(assessed()).send().await;
        self.assessments.extend(assessment.expect("an assessment").assessment_id);
    }
}

/// Makes an Enterprise Managed Microsoft AD, and answers its id.
pub async fn enterprise(m: &Caller, domain: &str) -> String {
    let made = m.try_microsoft_ad(domain).edition(DirectoryEdition::Enterprise).send().await;
    made.expect("the directory is made").directory_id.expect("a directory has an id")
}

/// The configuration of an assessment, which is the first step to a hybrid directory.
pub fn assessed() -> AssessmentConfiguration {
    AssessmentConfiguration::builder()
        .dns_name("hybrid.example.com")
        .customer_dns_ips("10.24.34.100")
        .customer_dns_ips("10.24.34.200")
        .instance_ids("i-11111111")
        .instance_ids("i-22222222")
        .vpc_settings(network())
        .build()
        .expect("the configuration is complete")
}

/// A request for one half of a trust.
pub fn trust(ds: &Client, directory: &str, domain: &str) -> CreateTrustFluentBuilder {
    let half = ds.create_trust().directory_id(directory).remote_domain_name(domain);
    half.trust_password("Tru5t-pass").trust_direction(TrustDirection::TwoWay)
}

/// A request to add an attribute to the schema.
pub fn extend(ds: &Client, directory: &str, name: &str, number: usize) -> StartSchemaExtensionFluentBuilder {
    let ldif = format!(
        "dn: CN={name},CN=Schema,CN=Configuration,DC=corp,DC=example,DC=com\nchangetype: add\n\
         objectClass: attributeSchema\nlDAPDisplayName: {name}\nattributeID: 1.2.3.{number}\n\
         attributeSyntax: 2.5.5.9\noMSyntax: 2\nisSingleValued: TRUE\n"
    );
    let extension = ds.start_schema_extension().directory_id(directory).ldif_content(ldif);
    extension.create_snapshot_before_schema_extension(false).description(name)
}

/// A request to register a certificate from the project's fixtures.
pub fn register(ds: &Client, directory: &str, fixture: &str) -> RegisterCertificateFluentBuilder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../fixtures/certificates");
    let pem = fs::read_to_string(folder.join(fixture).with_extension("pem")).expect("a fixture");
    ds.register_certificate().directory_id(directory).certificate_data(pem)
}

fn network() -> DirectoryVpcSettings {
    let network = DirectoryVpcSettings::builder().vpc_id("vpc-12345678");
    network.subnet_ids("subnet-11111111").subnet_ids("subnet-22222222").build().expect("the settings are complete")
}

/// Makes an AD Connector with smart cards enabled, and answers its id.
async fn connect(ds: &Client) -> String {
    let settings = DirectoryConnectSettings::builder()
        .vpc_id("vpc-12345678")
        .subnet_ids("subnet-11111111")
        .subnet_ids("subnet-22222222")
        .customer_dns_ips("10.24.34.100")
        .customer_user_name("connector")
        .build()
        .expect("the settings are complete");
    let connect = ds.connect_directory().name("connector.example.com").password("known-elsewhere");
    let made = connect.size(DirectorySize::Small).connect_settings(settings).send().await.expect("a connector");
    let id = made.directory_id.expect("a connector has an id");
    let certificate = register(ds, &id, "root").r#type(CertificateType::ClientCertAuth);
    certificate.send().await.expect("the certificate is registered");
    let smart_cards = ds.enable_client_authentication().directory_id(&id).r#type(ClientAuthenticationType::SmartCard);
    smart_cards.send().await.expect("smart cards");
    id
}
