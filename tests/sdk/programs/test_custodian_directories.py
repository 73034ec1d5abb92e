"""Cloud Custodian finds directories by all that it can ask of them, tags them, and deletes those that are marked."""

import json

import pytest
import yaml

from domains import domains

FOUND = {
    "all": [],
    "forwarding": [{"type": "is-log-forwarding"}],
    "ldaps": [{"type": "ldap", "status": "Enabled"}],
    "no-ldaps": [{"type": "ldap", "status": "Disabled"}],
    "old-tls": [{"type": "settings", "key": "TLS_1_0", "value": "Enable"}],
    "trusted": [{"type": "trust", "key": "TrustState", "value": "Verified"}],
    "lonely": [{"type": "trust", "key": "TrustId", "value": "absent"}],
    "radius": [{"RadiusStatus": "Completed"}],
    "small": [{"Type": "SimpleAD"}, {"Stage": "Active"}],
}
TAG = [
    {"filters": [{"tag:team": "absent"}], "actions": [{"type": "tag", "key": "team", "value": "nobody"}]},
    {
        "filters": [{"Name": "plain.example.com"}],
        "actions": [{"type": "mark-for-op", "tag": "custodian", "op": "delete", "days": 1}],
    },
]
# A day early, which is a day after the mark.
DELETE = {"type": "marked-for-op", "tag": "custodian", "op": "delete", "skew": 1}


@pytest.fixture
def ds(client):
    """The management account's client of Directory Service."""
    return client("ds")


@pytest.fixture
def custodian(program, tmp_path):
    """Runs policies, and returns the names of the directories that each found."""

    def run(policies):
        named = [{"name": name, "resource": "aws.directory", **policy} for name, policy in policies.items()]
        (tmp_path / "policies.yml").write_text(yaml.safe_dump({"policies": named}))
        program("custodian", "run", "--cache-period", "0", "--output-dir", "out", "policies.yml")
        found = {name: json.loads((tmp_path / "out" / name / "resources.json").read_text()) for name in policies}
        return {name: [directory["Name"].partition(".")[0] for directory in found[name]] for name in found}

    return run


def tags(ds, directory):
    """The tags of a directory."""
    return {tag["Key"]: tag["Value"] for tag in ds.list_tags_for_resource(ResourceId=directory)["Tags"]}


def test_directories_are_found(ds, custodian, world):
    domains(ds)
    before = len(world.events())
    assert custodian({name: {"filters": filters} for name, filters in FOUND.items()}) == {
        "all": ["corp", "other", "plain", "simple"],
        "forwarding": ["corp"],
        "ldaps": ["corp"],
        "no-ldaps": ["other", "plain"],
        "old-tls": ["other", "plain"],
        "trusted": ["corp", "other"],
        "lonely": ["plain", "simple"],
        "radius": ["corp"],
        "small": ["simple"],
    }
    asked = world.events()[before:]
    assert {event["outcome"] for event in asked} == {"ok"}
    assert {event["operation"] for event in asked} >= {
        "DescribeDirectories",
        "DescribeLDAPSSettings",
        "DescribeSettings",
        "DescribeTrusts",
        "ListLogSubscriptions",
        "ListTagsForResource",
    }


def test_directories_are_tagged(ds, custodian):
    made = domains(ds)
    assert custodian({"tag": TAG[0], "mark": TAG[1]}) == {"tag": ["plain", "simple"], "mark": ["plain"]}
    assert tags(ds, made["corp"]) == {"team": "it"}
    assert tags(ds, made["simple"]) == {"team": "nobody"}
    assert tags(ds, made["plain"])["custodian"].startswith("Resource does not meet policy: delete@")
    untag = {"filters": [{"tag:team": "nobody"}], "actions": [{"type": "remove-tag", "tags": ["team"]}]}
    assert custodian({"tag": TAG[0], "untag": untag}) == {"tag": [], "untag": ["plain", "simple"]}
    assert tags(ds, made["simple"]) == {}


def test_marked_directories_are_deleted(ds, custodian, world):
    made = domains(ds)
    custodian({"mark": TAG[1]})
    delete = {"filters": [DELETE], "actions": ["delete"]}
    assert custodian({"delete": delete}) == {"delete": ["plain"]}
    left = [directory["DirectoryId"] for directory in ds.describe_directories()["DirectoryDescriptions"]]
    assert left == [made[name] for name in ("corp", "other", "simple")]
    before = len(world.events())
    assert custodian({"delete": delete}) == {"delete": []}
    assert "DeleteDirectory" not in {event["operation"] for event in world.events()[before:]}
