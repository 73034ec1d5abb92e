"""aws-orgs makes an organization what its specification says: accounts, units, policies, invitations."""

import pytest
import yaml
from botocore.exceptions import ClientError

from cast import M, S
from programs import account, policies, tree, unit

COMMON = {
    "minimum_version": "0.3.4",
    "master_account_id": M,
    "auth_account_id": M,
    "default_domain": "example.com",
    "default_ou": "root",
    "default_sc_policy": "FullAWSAccess",
    "default_path": "awsauth",
    "default_smtp_server": "smtp.example.com",
    "org_admin_email": "admins@example.com",
    "users": [],
    "groups": [],
    "delegations": [],
    "local_users": [],
    "custom_policies": [],
}
CORP = {
    "Name": "corp.example.com",
    "Password": "Sup3rSecret!",
    "VpcSettings": {"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]},
}
NO_DIRECTORIES = {"Effect": "Deny", "Action": ["ds:CreateDirectory", "ds:CreateMicrosoftAD"], "Resource": "*"}


def specification(managed, units, denied):
    """What the organization is to be."""
    root = {"Name": "root", "Accounts": [managed], "SC_Policies": ["FullAWSAccess"], "Child_OU": units}
    policy = {"PolicyName": "NoDirectories", "Description": "No directories are made here", "Statement": [denied]}
    accounts = [{"Name": name} for name in (managed, "dev", "prod")]
    return COMMON | {"accounts": accounts, "organizational_units": [root], "sc_policies": [policy]}


@pytest.fixture
def managed(organizations):
    """The name of the management account."""
    return organizations.describe_account(AccountId=M)["Account"]["Name"]


@pytest.fixture
def aws_orgs(program, tmp_path):
    """Runs one of the programs of aws-orgs on a specification."""

    def run(name, mode, specification, *options):
        folder = tmp_path / "spec.d"
        folder.mkdir(exist_ok=True)
        (folder / "common.yaml").write_text(yaml.safe_dump(specification))
        config = {"spec_dir": str(folder), "org_access_role": "OrganizationAccountAccessRole", "master_account_id": M}
        (tmp_path / "config.yaml").write_text(yaml.safe_dump(config))
        return program(name, mode, "--config", "config.yaml", *options)

    return run


def test_an_organization_becomes_what_its_specification_says(organizations, managed, client, aws_orgs):
    units = [
        {"Name": "Workloads", "SC_Policies": ["FullAWSAccess", "NoDirectories"], "Accounts": ["dev"]},
        {"Name": "Production", "SC_Policies": ["FullAWSAccess"], "Accounts": ["prod"]},
    ]
    wanted = specification(managed, units, NO_DIRECTORIES)

    assert "Creating account 'dev'" in aws_orgs("awsaccounts", "create", wanted)
    assert tree(organizations) == {}
    assert aws_orgs("awsaccounts", "create", wanted, "--exec").count("Account creation succeeded") == 2
    assert tree(organizations) == {"dev": None, "prod": None}

    said = aws_orgs("awsorgs", "organization", wanted, "--exec")
    assert "Creating policy 'NoDirectories'" in said
    assert "Attaching policy 'NoDirectories' to OU 'Workloads'" in said
    assert "Moving account 'dev' to OU 'Workloads'" in said
    assert tree(organizations) == {"Workloads": {"dev": None}, "Production": {"prod": None}}
    workloads = unit(organizations, "Workloads")
    assert list(policies(organizations, workloads)) == ["FullAWSAccess", "NoDirectories"]

    # The policy is in force, and only there.
    with pytest.raises(ClientError) as refused:
        client("ds", account(organizations, "dev")).create_microsoft_ad(**CORP)
    assert refused.value.response["Error"]["Code"] == "AccessDeniedException"
    assert client("ds", account(organizations, "prod")).create_microsoft_ad(**CORP)["DirectoryId"].startswith("d-")

    # There is nothing left to do, and the report shows what is there.
    assert aws_orgs("awsorgs", "organization", wanted, "--exec") == ""
    report = aws_orgs("awsorgs", "report", wanted)
    assert "    Workloads:\n      Policies: FullAWSAccess, NoDirectories\n      Accounts: dev\n" in report
    assert '"ds:CreateMicrosoftAD"' in report


def test_what_the_specification_no_longer_wants_goes(organizations, managed, world, aws_orgs):
    units = [{"Name": "Workloads", "SC_Policies": ["FullAWSAccess", "NoDirectories"]}, {"Name": "Sandbox"}]
    wanted = specification(managed, units, NO_DIRECTORIES)
    aws_orgs("awsorgs", "organization", wanted, "--exec")
    content = organizations.describe_policy(PolicyId=policies(organizations)["NoDirectories"])["Policy"]["Content"]

    units = [{"Name": "Workloads", "SC_Policies": ["FullAWSAccess"]}, {"Name": "Sandbox", "Ensure": "absent"}]
    wanted = specification(managed, units, NO_DIRECTORIES | {"Action": "ds:*"})
    said = aws_orgs("awsorgs", "organization", wanted, "--exec")
    assert "Updating policy 'NoDirectories'" in said
    assert "Detaching policy 'NoDirectories' from OU 'Workloads'" in said
    assert "Deleting OU Sandbox" in said
    assert tree(organizations) == {"Workloads": {}}
    changed = organizations.describe_policy(PolicyId=policies(organizations)["NoDirectories"])["Policy"]["Content"]
    assert changed != content and '"ds:*"' in changed

    wanted = specification(managed, [{"Name": "Workloads", "SC_Policies": ["FullAWSAccess"]}], NO_DIRECTORIES)
    wanted["sc_policies"][0]["Ensure"] = "absent"
    assert "Deleting policy 'NoDirectories'" in aws_orgs("awsorgs", "organization", wanted, "--exec")
    assert list(policies(organizations)) == ["FullAWSAccess"]
    assert {event["outcome"] for event in world.events()} == {"ok"}


def test_an_account_is_invited_once(organizations, managed, client, aws_orgs):
    wanted = specification(managed, [], NO_DIRECTORIES)
    invite = ["--invited-account-id", S, "--exec"]
    said = aws_orgs("awsaccounts", "invite", wanted, *invite)
    (handshake,) = client("organizations", S).list_handshakes_for_account()["Handshakes"]
    assert f"account invite handshake Id: {handshake['Id']}" in said
    assert "has already been invited to Org and status is OPEN" in aws_orgs("awsaccounts", "invite", wanted, *invite)
    client("organizations", S).accept_handshake(HandshakeId=handshake["Id"])
    assert f"account {S} already in organization" in aws_orgs("awsaccounts", "invite", wanted, *invite)
