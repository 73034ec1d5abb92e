"""aws-list-all asks every operation that lists something without being told of what, and keeps what is there."""

import json

from cast import M
from domains import NETWORK, domains

QUERY = ["aws-list-all", "query", "--region", "us-east-1", "--parallel", "2", "--directory", "lists"]


def lines(said, sign):
    """The operations on the lines that begin with a sign: +++ for something, --- for nothing, >:| for a refusal."""
    return {line.split()[3] for line in said.splitlines() if line.startswith(f"{sign} ")}


def test_directories_are_listed(client, program, tmp_path, world):
    ds = client("ds")
    made = domains(ds)
    ds.create_snapshot(DirectoryId=made["corp"])
    before = len(world.events())
    said = program(*QUERY, "--service", "ds")
    there = {"Directories", "EventTopics", "Snapshots", "Trusts"}
    assert lines(said, "+++") == {f"Describe{thing}" for thing in there} | {"ListLogSubscriptions"}
    assert lines(said, "---") == {"ListADAssessments"}
    assert {event["outcome"] for event in world.events()[before:]} == {"ok"}
    kept = json.loads((tmp_path / "lists" / "ds_DescribeTrusts_us-east-1_None.json").read_text())
    assert [trust["TrustState"] for trust in kept["response"]["Trusts"]] == ["Verified"] * 2
    (listing,) = (tmp_path / "lists").glob("ds_DescribeDirectories_*.json")
    shown = json.loads(listing.read_text())["response"]["DirectoryDescriptions"]
    assert [directory["DirectoryId"] for directory in shown] == list(made.values())
    assert "ds us-east-1 DescribeDirectories DirectoryDescriptions 4" in program("aws-list-all", "show", str(listing))


def test_what_is_seen_is_that_of_the_region(client, program):
    ds = client("ds")
    about = {"Name": "wide.example.com", "Password": "Sup3rSecret!", "VpcSettings": NETWORK}
    wide = ds.create_microsoft_ad(**about)["DirectoryId"]
    ds.add_region(DirectoryId=wide, RegionName="us-west-2", VPCSettings=NETWORK)
    here = ["--service", "ds", "--operation", "DescribeDirectories"]
    said = program(*QUERY, "--region", "us-west-2", "--region", "eu-west-1", *here)
    regions = {line.split()[2]: line[:3] for line in said.splitlines() if "DescribeDirectories" in line}
    assert regions == {"us-east-1": "+++", "us-west-2": "+++", "eu-west-1": "---"}


def test_an_organization_is_listed(organizations, program, tmp_path):
    said = program(*QUERY, "--service", "organizations")
    assert {"ListAccounts", "ListRoots"} <= lines(said, "+++")
    (listing,) = (tmp_path / "lists").glob("organizations_ListAccounts_*.json")
    assert [account["Id"] for account in json.loads(listing.read_text())["response"]["Accounts"]] == [M]
