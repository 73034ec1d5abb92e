"""Directories with more than two pages of everything that Directory Service lists, at a page size of two."""

from callers import CORP
from cast import M
from certificates import authority

NUMBERS = range(5)
ACCOUNTS = [f"{number}" * 12 for number in (3, 4, 5, 6, 7)]
REGIONS = ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1"]
ASSESSED = {
    "DnsName": "hybrid.example.com",
    "CustomerDnsIps": ["10.24.34.100", "10.24.34.200"],
    "InstanceIds": ["i-11111111", "i-22222222"],
    "VpcSettings": CORP["VpcSettings"],
}
CONNECTOR = {
    "Name": "connector.example.com",
    "Password": "known-elsewhere",
    "Size": "Small",
    "ConnectSettings": CORP["VpcSettings"] | {"CustomerDnsIps": ["10.24.34.100"], "CustomerUserName": "connector"},
}


def attribute(name, number):
    """LDIF that adds an attribute to the schema."""
    return (
        f"dn: CN={name},CN=Schema,CN=Configuration,DC=corp,DC=example,DC=com\nchangetype: add\n"
        f"objectClass: attributeSchema\nlDAPDisplayName: {name}\nattributeID: 1.2.3.{number}\n"
        "attributeSyntax: 2.5.5.9\noMSyntax: 2\nisSingleValued: TRUE\n"
    )


class Directories:
    """Makes all of it, and keeps what a list must name. The first directory is corp."""

    def __init__(self, aws):
        self.aws, self.ds = aws, aws("ds", M)
        self.ids = [self.ds.create_microsoft_ad(**CORP | {"Edition": "Enterprise"})["DirectoryId"]]
        for number in NUMBERS[1:]:
            made = self.ds.create_microsoft_ad(**CORP | {"Name": f"other-{number}.example.com"})
            self.ids.append(made["DirectoryId"])
        self.corp = self.ids[0]
        self.connector = self.ds.connect_directory(**CONNECTOR)["DirectoryId"]
        self.ids.append(self.connector)
        self.share()
        self.trusts = [self.trust(f"remote-{number}.example.com") for number in NUMBERS]
        self.grow_the_domain()
        self.secure()
        for number, directory in enumerate(self.ids[:5]):
            self.ds.create_log_subscription(DirectoryId=directory, LogGroupName=f"group-{number}")
        self.ds.add_tags_to_resource(
            ResourceId=self.corp, Tags=[{"Key": f"key-{number}", "Value": "any"} for number in NUMBERS]
        )
        self.update_and_spread()

    def share(self):
        """Five accounts are offered corp."""
        for account in ACCOUNTS:
            target = {"Id": account, "Type": "ACCOUNT"}
            self.ds.share_directory(DirectoryId=self.corp, ShareTarget=target, ShareMethod="HANDSHAKE")

    def trust(self, domain):
        """A trust of corp in a domain that is nowhere."""
        asked = {"RemoteDomainName": domain, "TrustPassword": "Tru5t-pass", "TrustDirection": "Two-Way"}
        return self.ds.create_trust(DirectoryId=self.corp, **asked)["TrustId"]

    def grow_the_domain(self):
        """Five snapshots, routes, schema extensions and domain controllers."""
        ds, corp = self.ds, self.corp
        self.snapshots = [ds.create_snapshot(DirectoryId=corp)["SnapshotId"] for _ in NUMBERS]
        ds.add_ip_routes(DirectoryId=corp, IpRoutes=[{"CidrIp": f"203.0.{number}.0/24"} for number in NUMBERS])
        self.extensions = [
            ds.start_schema_extension(
                DirectoryId=corp,
                CreateSnapshotBeforeSchemaExtension=False,
                LdifContent=attribute(f"attribute{number}", number + 1),
                Description=f"attribute {number}",
            )["SchemaExtensionId"]
            for number in NUMBERS
        ]
        ds.update_number_of_domain_controllers(DirectoryId=corp, DesiredNumber=5)

    def secure(self):
        """Five certificates for LDAPS, and one for smart cards."""
        ds, corp = self.ds, self.corp
        self.authorities = [f"Authority {number}" for number in NUMBERS]
        for name in self.authorities:
            ds.register_certificate(DirectoryId=corp, CertificateData=authority(name)[0])
        ds.enable_ldaps(DirectoryId=corp, Type="Client")
        smart_cards = {"Type": "ClientCertAuth", "CertificateData": authority("Smart cards")[0]}
        ds.register_certificate(DirectoryId=self.connector, **smart_cards)
        ds.enable_client_authentication(DirectoryId=self.connector, Type="SmartCard")

    def update_and_spread(self):
        """Five updates of the operating system, back and forth, and four more Regions."""
        self.versions = ["SERVER_2012", "SERVER_2019"] * 2 + ["SERVER_2012"]
        for version in self.versions:
            settings = {"UpdateType": "OS", "OSUpdateSettings": {"OSVersion": version}}
            self.ds.update_directory_setup(DirectoryId=self.corp, **settings)
        for region in REGIONS[1:]:
            self.ds.add_region(DirectoryId=self.corp, RegionName=region, VPCSettings=CORP["VpcSettings"])

    def assess(self):
        """Five assessments. boto3 1.34 does not know of them."""
        return [self.ds.start_ad_assessment(AssessmentConfiguration=ASSESSED)["AssessmentId"] for _ in NUMBERS]
