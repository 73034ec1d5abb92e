//! The life of a directory, at AWS's own pace: everything that it can have is made, described and deleted.

use aws_sdk_directory::Client;
use aws_sdk_directory::config::Region;
use aws_sdk_directory::types::{
    CaEnrollmentPolicyStatus, DirectoryConfigurationStatus, DirectoryDescription, DirectoryStage, DirectoryVpcSettings,
    IpRoute, IpRouteStatusMsg, LdapsStatus, LdapsType, RadiusAuthenticationProtocol, RadiusSettings, RadiusStatus,
    SchemaExtensionInfo, SchemaExtensionStatus, Setting, SnapshotStatus, Trust, TrustState,
};

use crate::cast::M;
use crate::directories::{enterprise, extend, register, trust};
use crate::refused::refused;
use crate::world::World;

/// The state between steps. The clock of the world is frozen, and steps advance it.
struct Life {
    world: World,
    ds: Client,
    corp: String,
    other: String,
}

#[tokio::test]
async fn a_directory_lives() {
    let life = Life::begin().await;
    life.trust_each_other().await;
    life.restore().await;
    life.extend_the_schema().await;
    life.secure().await;
    life.change_and_tell().await;
    life.spread().await;
    life.end().await;
}

impl Life {
    async fn begin() -> Self {
        let world = World::of("life");
        world.freeze();
        world.pace("real");
        let m = world.caller(M);
        let corp = enterprise(&m, "corp.example.com").await;
        let other = m.create_microsoft_ad("other.example.com").await;
        let life = Self { world, ds: m.directory, corp, other };
        refused!(life.ds.create_snapshot().directory_id(&life.corp), is_client_exception);
        life.world.advance("1h");
        assert_eq!(life.shown().await.stage, Some(DirectoryStage::Active));
        life
    }

    async fn shown(&self) -> DirectoryDescription {
        let shown = self.ds.describe_directories().directory_ids(&self.corp).send().await.expect("the directory");
        shown.directory_descriptions()[0].clone()
    }

    /// Makes both halves of a trust, which verify.
    async fn trust_each_other(&self) {
        for (directory, domain) in [(&self.corp, "other.example.com"), (&self.other, "corp.example.com")] {
            trust(&self.ds, directory, domain).send().await.expect("half a trust");
        }
        assert_eq!(self.trusts().await.map(|trust| trust.trust_state), [const { Some(TrustState::Creating) }; 2]);
        self.world.advance("130s");
        let trusts = self.trusts().await;
        assert_eq!(trusts.clone().map(|trust| trust.trust_state), [const { Some(TrustState::Verified) }; 2]);
        for trust in trusts {
            let id = trust.trust_id.expect("a trust has an id");
            self.ds.delete_trust().trust_id(id).send().await.expect("the trust is deleted");
        }
        self.world.advance("1m");
        assert!(self.ds.describe_trusts().send().await.expect("trusts").trusts().is_empty());
    }

    async fn trusts(&self) -> [Trust; 2] {
        let trusts = self.ds.describe_trusts().send().await.expect("trusts");
        trusts.trusts.expect("a list").try_into().expect("two trusts")
    }

    async fn restore(&self) {
        let made = self.ds.create_snapshot().directory_id(&self.corp).send().await.expect("a snapshot");
        let snapshot = made.snapshot_id.expect("a snapshot has an id");
        self.world.advance("15m");
        let shown = self.ds.describe_snapshots().snapshot_ids(&snapshot).send().await.expect("the snapshot");
        assert_eq!(shown.snapshots()[0].status, Some(SnapshotStatus::Completed));
        self.ds.restore_from_snapshot().snapshot_id(&snapshot).send().await.expect("it is restored");
        assert_eq!(self.shown().await.stage, Some(DirectoryStage::Restoring));
        self.world.advance("3h");
        assert_eq!(self.shown().await.stage, Some(DirectoryStage::Active));
    }

    async fn extend_the_schema(&self) {
        extend(&self.ds, &self.corp, "shoeSize", 1).send().await.expect("an extension");
        assert_eq!(self.extension().await.schema_extension_status, Some(SchemaExtensionStatus::Initializing));
        self.world.advance("1d");
        let done = self.extension().await;
        assert_eq!(done.schema_extension_status, Some(SchemaExtensionStatus::Completed));
        assert!(done.start_date_time < done.end_date_time);
    }

    async fn extension(&self) -> SchemaExtensionInfo {
        let shown = self.ds.list_schema_extensions().directory_id(&self.corp).send().await.expect("extensions");
        shown.schema_extensions_info()[0].clone()
    }

    /// Sets up a certificate, LDAPS, RADIUS and certificate enrollment.
    async fn secure(&self) {
        let (ds, corp) = (&self.ds, &self.corp);
        refused!(register(ds, corp, "expired"), is_invalid_certificate_exception);
        let registered = register(ds, corp, "far").send().await.expect("the certificate is registered");
        let id = registered.certificate_id.expect("a certificate has an id");
        self.world.advance("1m");
        let shown = ds.describe_certificate().directory_id(corp).certificate_id(&id).send().await;
        let far = shown.expect("the certificate").certificate.expect("a certificate");
        assert_eq!(far.common_name(), Some("Example Far CA"));
        assert_eq!(far.expiry_date_time().map(aws_sdk_directory::primitives::DateTime::secs), Some(4_922_899_200));
        ds.enable_ldaps().directory_id(corp).r#type(LdapsType::Client).send().await.expect("LDAPS");
        self.world.advance("2m");
        let ldaps = ds.describe_ldaps_settings().directory_id(corp).send().await.expect("LDAPS");
        assert_eq!(ldaps.ldaps_settings_info()[0].ldaps_status, Some(LdapsStatus::Enabled));
        let deregister = ds.deregister_certificate().directory_id(corp).certificate_id(&id);
        refused!(deregister, is_certificate_in_use_exception);
        let settings = RadiusSettings::builder().radius_servers("10.0.1.5").radius_port(1812).shared_secret("secret!!");
        let settings = settings.authentication_protocol(RadiusAuthenticationProtocol::Pap).build();
        ds.enable_radius().directory_id(corp).radius_settings(settings).send().await.expect("RADIUS");
        self.world.advance("2m");
        let shown = self.shown().await;
        assert_eq!(shown.radius_status, Some(RadiusStatus::Completed));
        assert_eq!(shown.radius_settings.and_then(|settings| settings.shared_secret), None);
        let connector =
            format!("arn:aws:pca-connector-ad:us-east-1:{M}:connector/11223344-1122-2233-3344-112233445566");
        let enable = ds.enable_ca_enrollment_policy().directory_id(corp).pca_connector_arn(connector);
        enable.send().await.expect("a policy");
        self.world.advance("5m");
        let policy = ds.describe_ca_enrollment_policy().directory_id(corp).send().await.expect("the policy");
        assert_eq!(policy.ca_enrollment_policy_status, Some(CaEnrollmentPolicyStatus::Success));
    }

    /// Makes a setting, an IP route, a conditional forwarder, a log subscription and a topic.
    async fn change_and_tell(&self) {
        let (ds, corp) = (&self.ds, &self.corp);
        let setting = Setting::builder().name("TLS_1_0").value("Disable").build().expect("a setting");
        ds.update_settings().directory_id(corp).settings(setting).send().await.expect("another setting");
        let route = IpRoute::builder().cidr_ip("203.0.113.0/24").build();
        ds.add_ip_routes().directory_id(corp).ip_routes(route).send().await.expect("a route");
        let forwarder =
            ds.create_conditional_forwarder().directory_id(corp).remote_domain_name("elsewhere.example.com");
        forwarder.dns_ip_addrs("203.0.113.1").send().await.expect("a forwarder");
        ds.create_log_subscription().directory_id(corp).log_group_name("logs").send().await.expect("logs");
        ds.register_event_topic().directory_id(corp).topic_name("alarms").send().await.expect("a topic");
        self.world.advance("1h");
        let updated = ds.describe_settings().directory_id(corp).status(DirectoryConfigurationStatus::Updated);
        let updated = updated.send().await.expect("settings");
        assert_eq!(updated.setting_entries().len(), 1);
        assert_eq!(updated.setting_entries()[0].applied_value(), Some("Disable"));
        let routes = ds.list_ip_routes().directory_id(corp).send().await.expect("routes");
        assert_eq!(routes.ip_routes_info()[0].ip_route_status_msg, Some(IpRouteStatusMsg::Added));
        let forwarders = ds.describe_conditional_forwarders().directory_id(corp).send().await.expect("forwarders");
        assert_eq!(forwarders.conditional_forwarders()[0].dns_ip_addrs(), ["203.0.113.1"]);
        let logs = ds.list_log_subscriptions().send().await.expect("log subscriptions");
        assert_eq!(logs.log_subscriptions()[0].log_group_name(), Some("logs"));
        let topics = ds.describe_event_topics().send().await.expect("topics");
        assert_eq!(topics.event_topics()[0].topic_arn(), Some(&*format!("arn:aws:sns:us-east-1:{M}:alarms")));
    }

    /// Adds a third domain controller and another Region.
    async fn spread(&self) {
        let (ds, corp) = (&self.ds, &self.corp);
        let update = ds.update_number_of_domain_controllers().directory_id(corp).desired_number(3);
        update.send().await.expect("three domain controllers");
        self.world.advance("30m");
        let shown = ds.describe_domain_controllers().directory_id(corp).send().await.expect("domain controllers");
        assert_eq!(shown.domain_controllers().len(), 3);
        let network = DirectoryVpcSettings::builder().vpc_id("vpc-87654321").subnet_ids("subnet-33333333");
        let network = network.subnet_ids("subnet-44444444").build().expect("the settings are complete");
        let add = ds.add_region().directory_id(corp).region_name("us-west-2").vpc_settings(network);
        add.send().await.expect("another Region");
        self.world.advance("1h");
        let west = ds.config().to_builder().region(Region::from_static("us-west-2")).build();
        let west = Client::from_conf(west);
        let seen = west.describe_directories().send().await.expect("directories");
        assert_eq!(seen.directory_descriptions()[0].directory_id(), Some(&**corp));
        let network = seen.directory_descriptions()[0].vpc_settings().expect("a network");
        assert_eq!(network.vpc_id(), Some("vpc-87654321"));
        west.remove_region().directory_id(corp).send().await.expect("the Region is removed");
        self.world.advance("1h");
        assert!(west.describe_directories().send().await.expect("none").directory_descriptions().is_empty());
    }

    async fn end(&self) {
        self.ds.delete_directory().directory_id(&self.corp).send().await.expect("the directory is deleted");
        assert_eq!(self.shown().await.stage, Some(DirectoryStage::Deleting));
        self.world.advance("1h");
        let describe = self.ds.describe_directories().directory_ids(&self.corp);
        refused!(describe, is_entity_does_not_exist_exception);
    }
}
