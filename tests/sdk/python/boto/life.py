"""The life of a directory, from its making to its end, at AWS's own pace, with all that belongs to it."""

from callers import CORP, refused
from cast import M
from certificates import authority
from directories import attribute

WEST = {"VpcId": "vpc-87654321", "SubnetIds": ["subnet-33333333", "subnet-44444444"]}
RADIUS = {
    "RadiusServers": ["10.0.1.5"],
    "RadiusPort": 1812,
    "RadiusTimeout": 5,
    "RadiusRetries": 1,
    "SharedSecret": "top secret!",
    "AuthenticationProtocol": "MS-CHAPv2",
    "DisplayLabel": "one time password",
}


class Life:
    """What has come of the directory so far. The clock of its world stands still but for what a step advances it by."""

    def __init__(self, world, aws):
        self.world, self.aws, self.ds = world, aws, aws("ds", M)
        world.freeze()
        world.pace("real")
        self.corp = self.other = None

    def live(self):
        """The whole of it."""
        self.begin()
        self.reach_its_network()
        self.trust()
        self.snapshot_and_restore()
        self.extend_the_schema()
        self.secure()
        # boto3 1.34 does not know of it.
        if hasattr(self.ds, "enable_ca_enrollment_policy"):
            self.enroll_certificates()
        self.change_settings()
        self.tell_of_itself()
        self.name_and_join()
        self.have_more_domain_controllers()
        self.be_in_another_region()
        self.end()

    def shown(self, directory=None):
        """The directory, or another one, as DescribeDirectories has it."""
        (shown,) = self.ds.describe_directories(DirectoryIds=[directory or self.corp])["DirectoryDescriptions"]
        return shown

    def begin(self):
        """Two directories, which become active within the hour."""
        self.corp = self.ds.create_microsoft_ad(**CORP | {"Edition": "Enterprise"})["DirectoryId"]
        self.other = self.ds.create_microsoft_ad(**CORP | {"Name": "other.example.com"})["DirectoryId"]
        with refused("ClientException"):
            self.ds.create_snapshot(DirectoryId=self.corp)
        self.world.advance("1h")
        assert [self.shown(directory)["Stage"] for directory in (self.corp, self.other)] == ["Active"] * 2
        limits = self.ds.get_directory_limits()["DirectoryLimits"]
        assert limits["CloudOnlyMicrosoftADCurrentCount"] == 2

    def reach_its_network(self):
        """An IP route and a conditional forwarder."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        ds.add_ip_routes(**corp, IpRoutes=[{"CidrIp": "203.0.113.0/24", "Description": "the other side"}])

        def route():
            (route,) = ds.list_ip_routes(**corp)["IpRoutesInfo"]
            return route["IpRouteStatusMsg"]

        assert route() == "Adding"
        self.world.advance("1m")
        assert route() == "Added"
        forwarder = corp | {"RemoteDomainName": "elsewhere.example.com"}
        ds.create_conditional_forwarder(**forwarder, DnsIpAddrs=["203.0.113.1"])
        ds.update_conditional_forwarder(**forwarder, DnsIpAddrs=["203.0.113.2"])
        (shown,) = ds.describe_conditional_forwarders(**corp)["ConditionalForwarders"]
        assert (shown["RemoteDomainName"], shown["DnsIpAddrs"]) == ("elsewhere.example.com", ["203.0.113.2"])
        ds.remove_ip_routes(**corp, CidrIps=["203.0.113.0/24"])
        ds.delete_conditional_forwarder(**forwarder)

    def trust(self):
        """Both halves of a trust, made with the same password, verify."""

        def half(directory, domain, addresses):
            secret = {"TrustPassword": "Tru5t-pass", "TrustDirection": "Two-Way"}
            there = {"RemoteDomainName": domain, "ConditionalForwarderIpAddrs": addresses}
            return self.ds.create_trust(DirectoryId=directory, **secret, **there)["TrustId"]

        def states():
            trusts = self.ds.describe_trusts(TrustIds=self.trusts)["Trusts"]
            return [trust["TrustState"] for trust in trusts]

        first = half(self.corp, "other.example.com", self.shown(self.other)["DnsIpAddrs"])
        self.trusts = [first, half(self.other, "corp.example.com", self.shown()["DnsIpAddrs"])]
        assert states() == ["Creating"] * 2
        self.world.advance("130s")
        assert states() == ["Verified"] * 2
        self.ds.update_trust(TrustId=first, SelectiveAuth="Enabled")
        self.world.advance("10m")
        assert self.ds.verify_trust(TrustId=first)["TrustId"] == first
        assert states() == ["Verifying", "Verified"]
        self.world.advance("1m")
        assert states() == ["Verified"] * 2
        (forwarder,) = self.ds.describe_conditional_forwarders(DirectoryId=self.corp)["ConditionalForwarders"]
        assert forwarder["RemoteDomainName"] == "other.example.com"

    def snapshot_and_restore(self):
        """A snapshot, to which the directory is restored."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        snapshot = ds.create_snapshot(**corp, Name="before")["SnapshotId"]

        def status():
            (shown,) = ds.describe_snapshots(SnapshotIds=[snapshot])["Snapshots"]
            return shown["Status"]

        assert status() == "Creating"
        self.world.advance("15m")
        assert status() == "Completed"
        assert ds.get_snapshot_limits(**corp)["SnapshotLimits"]["ManualSnapshotsCurrentCount"] == 1
        ds.restore_from_snapshot(SnapshotId=snapshot)
        assert self.shown()["Stage"] == "Restoring"
        self.world.advance("3h")
        assert self.shown()["Stage"] == "Active"
        assert ds.delete_snapshot(SnapshotId=snapshot)["SnapshotId"] == snapshot

    def extend_the_schema(self):
        """An attribute, after a snapshot. What is no LDIF fails where it is read; what is called off is rolled back."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        asked = corp | {"CreateSnapshotBeforeSchemaExtension": True, "Description": "shoes"}

        def extension(extension):
            extensions = ds.list_schema_extensions(**corp)["SchemaExtensionsInfo"]
            (shown,) = [shown for shown in extensions if shown["SchemaExtensionId"] == extension]
            return shown

        shoes = ds.start_schema_extension(**asked, LdifContent=attribute("shoeSize", 1))["SchemaExtensionId"]
        assert extension(shoes)["SchemaExtensionStatus"] == "Initializing"
        self.world.advance("1d")
        assert extension(shoes)["SchemaExtensionStatus"] == "Completed"
        no_ldif = attribute("hatSize", 2).replace("changetype:", "quince")
        failed = ds.start_schema_extension(**asked, LdifContent=no_ldif)["SchemaExtensionId"]
        self.world.advance("1d")
        assert extension(failed)["SchemaExtensionStatus"] == "Failed"
        assert "Failed on line 2. The last token starts with 'q'" in extension(failed)["SchemaExtensionStatusReason"]
        called_off = ds.start_schema_extension(**asked, LdifContent=attribute("hatSize", 2))["SchemaExtensionId"]
        ds.cancel_schema_extension(**corp, SchemaExtensionId=called_off)
        self.world.advance("1d")
        assert extension(called_off)["SchemaExtensionStatus"] == "Cancelled"

    def secure(self):
        """A certificate, LDAPS and RADIUS."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        ldaps = corp | {"Type": "Client"}
        with refused("NoAvailableCertificateException"):
            ds.enable_ldaps(**ldaps)
        pem, ends = authority("Corp Root CA")
        certificate = corp | {"CertificateId": ds.register_certificate(**corp, CertificateData=pem)["CertificateId"]}
        with refused("CertificateAlreadyExistsException"):
            ds.register_certificate(**corp, CertificateData=pem)
        self.world.advance("1m")
        shown = ds.describe_certificate(**certificate)["Certificate"]
        assert (shown["State"], shown["CommonName"], shown["ExpiryDateTime"]) == ("Registered", "Corp Root CA", ends)
        ds.enable_ldaps(**ldaps)

        def status():
            return [shown["LDAPSStatus"] for shown in ds.describe_ldaps_settings(**corp)["LDAPSSettingsInfo"]]

        assert status() == ["Enabling"]
        self.world.advance("2m")
        assert status() == ["Enabled"]
        with refused("CertificateInUseException"):
            ds.deregister_certificate(**certificate)
        ds.disable_ldaps(**ldaps)
        ds.deregister_certificate(**certificate)

        ds.enable_radius(**corp, RadiusSettings=RADIUS)
        assert self.shown()["RadiusStatus"] == "Creating"
        self.world.advance("2m")
        ds.update_radius(**corp, RadiusSettings=RADIUS | {"RadiusPort": 1645})
        self.world.advance("2m")
        without_secret = {name: value for name, value in RADIUS.items() if name != "SharedSecret"}
        assert self.shown()["RadiusSettings"] == without_secret | {"RadiusPort": 1645}
        assert self.shown()["RadiusStatus"] == "Completed"
        ds.disable_radius(**corp)

    def enroll_certificates(self):
        """A policy that has a private authority enroll certificates."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        connector = f"arn:aws:pca-connector-ad:us-east-1:{M}:connector/11223344-1122-2233-3344-112233445566"
        ds.enable_ca_enrollment_policy(**corp, PcaConnectorArn=connector)
        policy = ds.describe_ca_enrollment_policy(**corp)
        assert (policy["CaEnrollmentPolicyStatus"], policy["PcaConnectorArn"]) == ("InProgress", connector)
        with refused("EnableAlreadyInProgressException"):
            ds.enable_ca_enrollment_policy(**corp, PcaConnectorArn=connector)
        self.world.advance("5m")
        assert ds.describe_ca_enrollment_policy(**corp)["CaEnrollmentPolicyStatus"] == "Success"
        ds.disable_ca_enrollment_policy(**corp)

    def change_settings(self):
        """TLS 1.0 is turned off."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        ds.update_settings(**corp, Settings=[{"Name": "TLS_1_0", "Value": "Disable"}])
        (asked,) = ds.describe_settings(**corp, Status="Requested")["SettingEntries"]
        assert (asked["Name"], asked["AppliedValue"], asked["RequestedValue"]) == ("TLS_1_0", "Enable", "Disable")
        self.world.advance("1h")
        (done,) = ds.describe_settings(**corp, Status="Updated")["SettingEntries"]
        assert done["AppliedValue"] == "Disable"
        with refused("UnsupportedSettingsException"):
            ds.update_settings(**corp, Settings=[{"Name": "TLS_9_9", "Value": "Disable"}])

    def tell_of_itself(self):
        """A log subscription and an event topic."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        ds.create_log_subscription(**corp, LogGroupName="/aws/directoryservice/corp")
        (logs,) = ds.list_log_subscriptions(**corp)["LogSubscriptions"]
        assert logs["LogGroupName"] == "/aws/directoryservice/corp"
        ds.register_event_topic(**corp, TopicName="alarms")
        (topic,) = ds.describe_event_topics(**corp)["EventTopics"]
        assert (topic["TopicArn"], topic["Status"]) == (f"arn:aws:sns:us-east-1:{M}:alarms", "Registered")
        ds.delete_log_subscription(**corp)
        ds.deregister_event_topic(**corp, TopicName="alarms")
        assert ds.list_log_subscriptions()["LogSubscriptions"] == ds.describe_event_topics()["EventTopics"] == []

    def name_and_join(self):
        """An alias, single sign-on, a computer, the administrator's password, tags."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        ds.create_alias(**corp, Alias="corp-of-m")
        ds.enable_sso(**corp)
        shown = self.shown()
        assert (shown["Alias"], shown["SsoEnabled"]) == ("corp-of-m", True)
        assert shown["AccessUrl"] == "corp-of-m.awsapps.com"
        ds.disable_sso(**corp)
        computer = ds.create_computer(**corp, ComputerName="PC1", Password="0neTime!")["Computer"]
        assert computer["ComputerName"] == "PC1" and computer["ComputerId"].startswith("S-1-5-21-")
        ds.reset_user_password(**corp, UserName="Admin", NewPassword="N3wSecret!")
        with refused("UserDoesNotExistException"):
            ds.reset_user_password(**corp, UserName="stranger", NewPassword="N3wSecret!")
        ds.add_tags_to_resource(ResourceId=self.corp, Tags=[{"Key": "team", "Value": "it"}])
        assert ds.list_tags_for_resource(ResourceId=self.corp)["Tags"] == [{"Key": "team", "Value": "it"}]
        ds.remove_tags_from_resource(ResourceId=self.corp, TagKeys=["team"])

    def have_more_domain_controllers(self):
        """A third domain controller, and an older operating system."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        ds.update_number_of_domain_controllers(**corp, DesiredNumber=3)

        def controllers():
            return [shown["Status"] for shown in ds.describe_domain_controllers(**corp)["DomainControllers"]]

        assert controllers() == ["Active", "Active", "Creating"]
        self.world.advance("30m")
        assert controllers() == ["Active"] * 3
        ds.update_directory_setup(**corp, UpdateType="OS", OSUpdateSettings={"OSVersion": "SERVER_2012"})
        assert self.shown()["Stage"] == "Updating"
        self.world.advance("4h")
        (update,) = ds.describe_update_directory(**corp, UpdateType="OS")["UpdateActivities"]
        assert (update["Status"], self.shown()["OsVersion"]) == ("Updated", "SERVER_2012")

    def be_in_another_region(self):
        """The directory is replicated to us-west-2, is seen there with that Region's network, and leaves again."""
        ds, corp = self.ds, {"DirectoryId": self.corp}
        west = self.aws("ds", M, region="us-west-2")
        assert west.describe_directories()["DirectoryDescriptions"] == []
        ds.add_region(**corp, RegionName="us-west-2", VPCSettings=WEST)
        self.world.advance("1h")
        (seen,) = west.describe_directories()["DirectoryDescriptions"]
        assert (seen["DirectoryId"], seen["Stage"]) == (self.corp, "Active")
        assert seen["VpcSettings"]["VpcId"] == WEST["VpcId"]
        assert seen["RegionsInfo"] == {"PrimaryRegion": "us-east-1", "AdditionalRegions": ["us-west-2"]}
        regions = ds.describe_regions(**corp)["RegionsDescription"]
        assert [(region["RegionName"], region["Status"]) for region in regions] == [
            ("us-east-1", "Active"),
            ("us-west-2", "Active"),
        ]
        west.remove_region(**corp)
        self.world.advance("1h")
        assert west.describe_directories()["DirectoryDescriptions"] == []

    def end(self):
        """The trusts go, and then the directories."""
        for trust in self.trusts:
            self.ds.delete_trust(TrustId=trust, DeleteAssociatedConditionalForwarder=True)
        self.world.advance("10m")
        for directory in (self.corp, self.other):
            self.ds.delete_directory(DirectoryId=directory)
        assert self.shown()["Stage"] == "Deleting"
        self.world.advance("1h")
        with refused("EntityDoesNotExistException"):
            self.shown()
        assert self.ds.get_directory_limits()["DirectoryLimits"]["CloudOnlyMicrosoftADCurrentCount"] == 0
