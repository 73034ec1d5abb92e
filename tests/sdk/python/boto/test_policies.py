"""Policies: in force below where they are attached, refused where they are malformed, and managed by delegates."""

import json

import pytest

from callers import CORP, create_account, refused
from cast import M
from grown import tag_policy

NO_DIRECTORIES = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Action": "ds:CreateMicrosoftAD", "Resource": "*"}],
}


@pytest.fixture
def organizations(aws):
    """The management account's client, in an organization with account dev in unit Workloads."""
    client = aws("organizations", M)
    client.create_organization(FeatureSet="ALL")
    client.root = client.list_roots()["Roots"][0]["Id"]
    unit = client.create_organizational_unit(ParentId=client.root, Name="Workloads")["OrganizationalUnit"]
    client.unit, client.dev = unit["Id"], create_account(client, "dev")
    client.move_account(AccountId=client.dev, SourceParentId=client.root, DestinationParentId=client.unit)
    return client


def create_policy(client, kind, name, content):
    """Makes a policy and returns its id."""
    made = client.create_policy(Name=name, Description="", Type=kind, Content=content)["Policy"]
    assert made["Content"] == content
    return made["PolicySummary"]["Id"]


def test_a_service_control_policy_is_in_force_below_its_unit(aws, organizations):
    organizations.enable_policy_type(RootId=organizations.root, PolicyType="SERVICE_CONTROL_POLICY")
    policy = create_policy(organizations, "SERVICE_CONTROL_POLICY", "NoDirectories", json.dumps(NO_DIRECTORIES))
    dev = aws("ds", organizations.dev)
    dev.create_microsoft_ad(**CORP | {"Name": "before.example.com"})
    organizations.attach_policy(PolicyId=policy, TargetId=organizations.unit)
    with pytest.raises(dev.exceptions.AccessDeniedException):
        dev.create_microsoft_ad(**CORP)
    assert len(dev.describe_directories()["DirectoryDescriptions"]) == 1
    # The management account is under no policy, and a policy that was taken off is in force no more.
    aws("ds", M).create_microsoft_ad(**CORP)
    with refused("PolicyInUseException"):
        organizations.delete_policy(PolicyId=policy)
    organizations.detach_policy(PolicyId=policy, TargetId=organizations.unit)
    dev.create_microsoft_ad(**CORP)
    organizations.delete_policy(PolicyId=policy)


def test_tag_policies_are_merged_on_the_way_down(aws, organizations):
    organizations.enable_policy_type(RootId=organizations.root, PolicyType="TAG_POLICY")
    upper = create_policy(organizations, "TAG_POLICY", "upper", tag_policy("CostCenter", "sales", "support"))
    lower = json.dumps({"tags": {"costcenter": {"tag_value": {"@@append": ["marketing"]}}}})
    organizations.attach_policy(PolicyId=upper, TargetId=organizations.root)
    organizations.attach_policy(
        PolicyId=create_policy(organizations, "TAG_POLICY", "lower", lower), TargetId=organizations.unit
    )
    merged = {"tag_key": "CostCenter", "tag_value": ["sales", "support", "marketing"]}
    dev = aws("organizations", organizations.dev)
    for client, target in [(organizations, {"TargetId": organizations.dev}), (dev, {})]:
        effective = client.describe_effective_policy(PolicyType="TAG_POLICY", **target)["EffectivePolicy"]
        assert json.loads(effective["PolicyContent"]) == {"tags": {"costcenter": merged}}
        assert effective["TargetId"] == organizations.dev


@pytest.mark.parametrize(
    "kind, content, path",
    [
        ("TAG_POLICY", {"tags": {"team": {"tag_key": "team"}}}, "tags.team.tag_key"),
        (
            "SERVICE_CONTROL_POLICY",
            {"Version": "2012-10-17", "Statement": [{"Effect": "Forbid", "Action": "*", "Resource": "*"}]},
            "Statement[0].Effect",
        ),
    ],
)
def test_a_malformed_document_is_told_where(organizations, kind, content, path):
    with pytest.raises(organizations.exceptions.MalformedPolicyDocumentException) as raised:
        create_policy(organizations, kind, "malformed", json.dumps(content))
    assert path in raised.value.response["Error"]["Message"]


def test_a_delegated_administrator_reads_but_does_not_write(aws, organizations):
    dev = aws("organizations", organizations.dev)
    with refused("AccessDeniedException"):
        dev.list_accounts()
    organizations.enable_aws_service_access(ServicePrincipal="config.amazonaws.com")
    organizations.register_delegated_administrator(
        AccountId=organizations.dev, ServicePrincipal="config.amazonaws.com"
    )
    assert len(dev.list_accounts()["Accounts"]) == 2
    assert dev.list_policies(Filter="SERVICE_CONTROL_POLICY")["Policies"]
    with pytest.raises(dev.exceptions.AccessDeniedException):
        create_policy(dev, "TAG_POLICY", "tags", tag_policy("team"))
    with refused("AccessDeniedException"):
        dev.create_organizational_unit(ParentId=organizations.root, Name="Mine")
    again = {"AccountId": organizations.dev, "ServicePrincipal": "config.amazonaws.com"}
    organizations.deregister_delegated_administrator(**again)
    with refused("AccountNotRegisteredException"):
        organizations.deregister_delegated_administrator(**again)
    with refused("AccessDeniedException"):
        dev.list_accounts()


def test_a_resource_policy_delegates_what_it_says(aws, organizations):
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{organizations.dev}:root"},
        "Action": ["organizations:CreatePolicy", "organizations:DescribePolicy", "organizations:DeletePolicy"],
        "Resource": "*",
        "Condition": {"StringEquals": {"organizations:PolicyType": "TAG_POLICY"}},
    }
    content = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    put = organizations.put_resource_policy(Content=content)["ResourcePolicy"]
    assert organizations.describe_resource_policy()["ResourcePolicy"] == put
    dev = aws("organizations", organizations.dev)
    policy = create_policy(dev, "TAG_POLICY", "tags", tag_policy("team"))
    assert dev.describe_policy(PolicyId=policy)["Policy"]["PolicySummary"]["Name"] == "tags"
    with refused("AccessDeniedException"):
        create_policy(dev, "SERVICE_CONTROL_POLICY", "NoDirectories", json.dumps(NO_DIRECTORIES))
    with refused("AccessDeniedException"):
        dev.update_policy(PolicyId=policy, Name="other")
    dev.delete_policy(PolicyId=policy)
    organizations.delete_resource_policy()
    with refused("ResourcePolicyNotFoundException"):
        organizations.describe_resource_policy()
    with refused("AccessDeniedException"):
        create_policy(dev, "TAG_POLICY", "tags", tag_policy("team"))
