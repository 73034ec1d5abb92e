"""Directories for the programs to find: corp is cared for, its neighbours less."""

from certificates import authority

NETWORK = {"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]}
RADIUS = {
    "RadiusServers": ["10.0.1.5"],
    "RadiusPort": 1812,
    "SharedSecret": "top secret!",
    "AuthenticationProtocol": "MS-CHAPv2",
}


def domains(ds):
    """Makes four directories, and returns their ids by name. Corp trusts other, and has all that can be asked for."""
    made = {}
    for name in ("corp", "other", "plain"):
        about = {"Name": f"{name}.example.com", "Password": "Sup3rSecret!", "Edition": "Standard"}
        made[name] = ds.create_microsoft_ad(**about, VpcSettings=NETWORK)["DirectoryId"]
    about = {"Name": "simple.example.com", "Password": "Sup3rSecret!", "Size": "Small"}
    made["simple"] = ds.create_directory(**about, VpcSettings=NETWORK)["DirectoryId"]
    secret = {"TrustPassword": "Tru5t-pass", "TrustDirection": "Two-Way"}
    for one, remote in (("corp", "other"), ("other", "corp")):
        ds.create_trust(DirectoryId=made[one], RemoteDomainName=f"{remote}.example.com", **secret)
    corp = {"DirectoryId": made["corp"]}
    ds.register_certificate(**corp, CertificateData=authority("Corp Root CA")[0])
    ds.enable_ldaps(**corp, Type="Client")
    ds.enable_radius(**corp, RadiusSettings=RADIUS)
    ds.update_settings(**corp, Settings=[{"Name": "TLS_1_0", "Value": "Disable"}])
    ds.create_log_subscription(**corp, LogGroupName="/aws/directoryservice/corp")
    ds.register_event_topic(**corp, TopicName="alarms")
    for name in ("corp", "other"):
        ds.add_tags_to_resource(ResourceId=made[name], Tags=[{"Key": "team", "Value": "it"}])
    return made
