"""c7n-org runs Cloud Custodian's policies in each account of an organization, through the role that it has there."""

import json

import pytest
import yaml

from domains import NETWORK
from programs import create_account

POLICIES = [
    {
        "name": "untagged",
        "resource": "aws.directory",
        "filters": [{"tag:team": "absent"}],
        "actions": [{"type": "tag", "key": "team", "value": "nobody"}],
    },
    {"name": "all", "resource": "aws.directory"},
]


@pytest.fixture
def accounts(organizations, client):
    """Three accounts by name, each with a directory of that name in us-east-1, and dev with one more in eu-west-1."""
    made = {name: create_account(organizations, name) for name in ("dev", "prod", "test")}
    for name, account in made.items():
        client("ds", account).create_microsoft_ad(**domain(name))
    client("ds", made["dev"], "eu-west-1").create_microsoft_ad(**domain("europe"))
    return made


def domain(name):
    """What CreateMicrosoftAD takes."""
    return {"Name": f"{name}.example.com", "Password": "Sup3rSecret!", "Edition": "Standard", "VpcSettings": NETWORK}


@pytest.fixture
def c7n_org(accounts, program, tmp_path):
    """Runs the policies, and returns the directories that each found, by account and Region."""
    role = "arn:aws:iam::{}:role/OrganizationAccountAccessRole"
    config = [
        {"account_id": account, "name": name, "role": role.format(account), "regions": ["us-east-1", "eu-west-1"]}
        for name, account in accounts.items()
    ]
    (tmp_path / "accounts.yml").write_text(yaml.safe_dump({"accounts": config}))
    (tmp_path / "policies.yml").write_text(yaml.safe_dump({"policies": POLICIES}))

    def run(policy, *options):
        program("c7n-org", "run", "-c", "accounts.yml", "-u", "policies.yml", "-s", "out", "-p", policy, *options)
        found = {}
        for path in tmp_path.glob(f"out/*/*/{policy}/resources.json"):
            names = [directory["Name"] for directory in json.loads(path.read_text())]
            found[path.parts[-4], path.parts[-3]] = names
        return found

    return run


def test_directories_are_found_in_each_account_and_region(c7n_org, accounts, world):
    before = len(world.events())
    assert c7n_org("all") == {
        ("dev", "us-east-1"): ["dev.example.com"],
        ("dev", "eu-west-1"): ["europe.example.com"],
        ("prod", "us-east-1"): ["prod.example.com"],
        ("prod", "eu-west-1"): [],
        ("test", "us-east-1"): ["test.example.com"],
        ("test", "eu-west-1"): [],
    }
    events = [event for event in world.events()[before:] if event["service"]]
    roles = {event["principal"] for event in events if event["service"] == "ds"}
    assert {role.split(":")[4] for role in roles} == set(accounts.values())
    assert all(":assumed-role/OrganizationAccountAccessRole/" in role for role in roles)
    assert {event["outcome"] for event in events} == {"ok"}


def test_directories_are_tagged_in_one_account(c7n_org, accounts, client):
    assert c7n_org("untagged", "-a", "prod", "-r", "us-east-1") == {("prod", "us-east-1"): ["prod.example.com"]}
    for name, tags in (("prod", [{"Key": "team", "Value": "nobody"}]), ("dev", [])):
        ds = client("ds", accounts[name])
        (directory,) = ds.describe_directories()["DirectoryDescriptions"]
        assert ds.list_tags_for_resource(ResourceId=directory["DirectoryId"])["Tags"] == tags
