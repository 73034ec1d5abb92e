"""Cloud Custodian finds units, accounts and policies, and sets a policy where it is missing."""

import json

import pytest
import yaml

from programs import create_account, policies

NO_LEAVING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Deny", "Action": "organizations:LeaveOrganization", "Resource": "*"}],
}
ITS_OWN = {"type": "policy", "policy-type": "SERVICE_CONTROL_POLICY", "attrs": [{"Name": "NoLeaving"}]}
POLICIES = [
    {
        "name": "protect",
        "resource": "aws.org-unit",
        "filters": [{"type": "org-unit", "key": "Name", "value": "Workloads"}, ITS_OWN | {"count": 0}],
        "actions": [
            {
                "type": "set-policy",
                "policy-type": "SERVICE_CONTROL_POLICY",
                "name": "NoLeaving",
                "tags": {"team": "platform"},
                "contents": NO_LEAVING,
            }
        ],
    },
    {
        "name": "protected",
        "resource": "aws.org-account",
        "filters": [ITS_OWN | {"inherited": True, "count": 1}],
    },
    {"name": "policies", "resource": "aws.org-policy"},
]


@pytest.fixture
def units(organizations):
    """Two units below Workloads and one beside it, with an account in each: their ids by name."""
    root = organizations.list_roots()["Roots"][0]["Id"]
    made = {}
    for name, parent in [("Workloads", None), ("Sandbox", None), ("dev", "Workloads"), ("prod", "Workloads")]:
        answer = organizations.create_organizational_unit(ParentId=made.get(parent, root), Name=name)
        made[name] = answer["OrganizationalUnit"]["Id"]
    for name in ("dev", "prod", "Sandbox"):
        account = create_account(organizations, name)
        organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=made[name])
    organizations.enable_policy_type(RootId=root, PolicyType="SERVICE_CONTROL_POLICY")
    return made


@pytest.fixture
def custodian(program, tmp_path):
    """Runs the policies, and returns the resources that each found, by name."""

    def run():
        (tmp_path / "policies.yml").write_text(yaml.safe_dump({"policies": POLICIES}))
        program("custodian", "run", "--cache-period", "0", "--output-dir", "out", "policies.yml")
        found = {path.parent.name: json.loads(path.read_text()) for path in tmp_path.glob("out/*/resources.json")}
        return {policy: sorted(resource["Name"] for resource in found[policy]) for policy in found}

    return run


def test_units_get_the_policy_that_they_miss(organizations, units, custodian):
    below = ["dev", "prod"]
    assert custodian() == {"protect": below, "protected": below, "policies": ["FullAWSAccess", "NoLeaving"]}
    made = policies(organizations)["NoLeaving"]
    targets = organizations.list_targets_for_policy(PolicyId=made)["Targets"]
    assert {target["TargetId"] for target in targets} == {units["dev"], units["prod"]}
    assert json.loads(organizations.describe_policy(PolicyId=made)["Policy"]["Content"]) == NO_LEAVING
    tags = organizations.list_tags_for_resource(ResourceId=made)["Tags"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"team": "platform", "managed-by": "CloudCustodian"}


def test_a_second_run_finds_nothing_to_do(organizations, units, custodian, world):
    custodian()
    before = len(world.events())
    assert custodian() == {"protect": [], "protected": ["dev", "prod"], "policies": ["FullAWSAccess", "NoLeaving"]}
    again = {event["operation"] for event in world.events()[before:]}
    assert again and not again & {"AttachPolicy", "CreatePolicy"}
