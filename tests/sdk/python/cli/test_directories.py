"""A short life of a directory through the AWS CLI, its pages and its waiter."""

import json
from pathlib import Path

import pytest

from cast import M, S
from commands import Refused

CREATE = (
    "ds create-microsoft-ad --password Sup3rSecret! "
    "--vpc-settings VpcId=vpc-12345678,SubnetIds=subnet-11111111,subnet-22222222 --name"
)
LDIF = """dn: CN=Shoe-Size,CN=Schema,CN=Configuration,DC=corp,DC=example,DC=com
changetype: add
objectClass: attributeSchema
lDAPDisplayName: shoeSize
attributeID: 1.2.3.1
attributeSyntax: 2.5.5.9
oMSyntax: 2
isSingleValued: TRUE
"""
ASSESSED = {
    "DnsName": "hybrid.example.com",
    "CustomerDnsIps": ["10.24.34.100", "10.24.34.200"],
    "InstanceIds": ["i-11111111", "i-22222222"],
    "VpcSettings": {"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]},
}
CERTIFICATES = Path(__file__).parents[4] / "fixtures" / "certificates"


@pytest.fixture
def corp(aws):
    """The option that names a directory."""
    return f"--directory-id {aws(f'{CREATE} corp.example.com')['DirectoryId']}"


def test_the_life_of_a_directory(aws, refused, corp, tmp_path):
    other = f"--directory-id {aws(f'{CREATE} other.example.com')['DirectoryId']}"
    half = "ds create-trust --trust-password Tru5t-pass --trust-direction Two-Way --remote-domain-name"
    trusts = [aws(f"{half} other.example.com {corp}"), aws(f"{half} corp.example.com {other}")]
    assert {trust["TrustState"] for trust in aws("ds describe-trusts")["Trusts"]} == {"Verified"}

    snapshot = aws(f"ds create-snapshot {corp} --name before")["SnapshotId"]
    assert aws(f"ds restore-from-snapshot --snapshot-id {snapshot}") in (None, {})
    assert aws(f"ds describe-snapshots {corp}")["Snapshots"][0]["Status"] == "Completed"

    (tmp_path / "shoes.ldif").write_text(LDIF)
    extend = f"ds start-schema-extension {corp} --no-create-snapshot-before-schema-extension --description shoes"
    aws(f"{extend} --ldif-content file://{tmp_path}/shoes.ldif")
    (extension,) = aws(f"ds list-schema-extensions {corp}")["SchemaExtensionsInfo"]
    assert extension["SchemaExtensionStatus"] == "Completed"

    register = f"ds register-certificate {corp} --certificate-data file://{CERTIFICATES}"
    refused("InvalidCertificateException", f"{register}/expired.pem")
    aws(f"{register}/far.pem")
    aws(f"ds enable-ldaps {corp} --type Client")
    assert aws(f"ds describe-ldaps-settings {corp}")["LDAPSSettingsInfo"][0]["LDAPSStatus"] == "Enabled"

    aws(f"ds update-settings {corp} --settings Name=TLS_1_0,Value=Disable")
    (setting,) = aws(f"ds describe-settings {corp} --status Updated")["SettingEntries"]
    assert (setting["Name"], setting["AppliedValue"]) == ("TLS_1_0", "Disable")

    network = "VpcId=vpc-87654321,SubnetIds=subnet-33333333,subnet-44444444"
    aws(f"ds add-region {corp} --region-name us-west-2 --vpc-settings {network}")
    (seen,) = aws("ds describe-directories --region us-west-2")["DirectoryDescriptions"]
    assert (seen["Stage"], seen["VpcSettings"]["VpcId"]) == ("Active", "vpc-87654321")
    aws(f"ds remove-region {corp} --region us-west-2")

    for trust in trusts:
        aws(f"ds delete-trust --trust-id {trust['TrustId']}")
    aws(f"ds delete-directory {corp}")
    assert " : RequestId: " in refused("EntityDoesNotExistException", f"ds describe-event-topics {corp}")
    assert len(aws("ds describe-directories")["DirectoryDescriptions"]) == 1


def test_all_pages_are_one_answer(aws, world, corp):
    for number in range(5):
        aws(f"ds create-snapshot {corp} --name number-{number}")
    before = len(world.events())
    snapshots = aws(f"ds describe-snapshots {corp} --page-size 2")["Snapshots"]
    assert [snapshot["Name"] for snapshot in snapshots] == [f"number-{number}" for number in range(5)]
    assert [event["operation"] for event in world.events()[before:]] == ["DescribeSnapshots"] * 3
    aws(f"ds enable-directory-data-access {corp}")
    before = len(world.events())
    groups = aws(f"ds-data list-groups {corp} --page-size 20")["Groups"]
    calls = [event["operation"] for event in world.events()[before:]]
    assert calls == ["ListGroups"] * ((len(groups) + 19) // 20) and len(calls) > 2
    some = aws(f"ds-data list-groups {corp} --page-size 20 --max-items 25")
    rest = aws(f"ds-data list-groups {corp} --starting-token " + some["NextToken"])
    assert some["Groups"] + rest["Groups"] == groups


@pytest.fixture
def hybrid(aws):
    """The option that names a hybrid directory."""
    assessed = aws("ds start-ad-assessment --assessment-configuration", M, json.dumps(ASSESSED))
    secret = f"--secret-arn arn:aws:secretsmanager:us-east-1:{M}:secret:hybrid-AbCdEf"
    made = aws(f"ds create-hybrid-ad --assessment-id {assessed['AssessmentId']} {secret}")
    return f"--directory-id {made['DirectoryId']}"


UPDATE = "ds update-hybrid-ad --self-managed-instances-settings InstanceIds=i-33333333,i-44444444,CustomerDnsIps="


def test_the_waiter_ends_when_the_update_is_done(aws, world, hybrid):
    aws(f"{UPDATE}10.24.34.101,10.24.34.201 {hybrid}")
    assert aws(f"ds wait hybrid-ad-updated {hybrid}") is None
    assert world.events()[-1]["operation"] == "DescribeHybridADUpdate"


def test_the_waiter_fails_when_the_update_does(aws, hybrid):
    aws(f"{UPDATE}10.24.34.101,192.0.2.201 {hybrid}")
    with pytest.raises(Refused, match="Waiter HybridADUpdated failed: .*terminal failure state") as raised:
        aws(f"ds wait hybrid-ad-updated {hybrid}")
    assert raised.value.exit_code == 255


def test_errors_are_named_on_stderr(refused, corp):
    refused("DirectoryDoesNotExistException", f"ds list-certificates {corp}", S)
    refused("NoAvailableCertificateException", f"ds enable-ldaps {corp} --type Client")
    refused("UnsupportedOperationException", f"ds describe-client-authentication-settings {corp}")
