"""The server itself: how it starts and ends, its options, its worlds and their endpoints."""

import re

import pytest

from callers import CORP, Callers, create_account, refused
from cast import M, S, X
from server import Server


def test_the_first_line_holds_the_url_and_sigterm_ends_it_cleanly():
    with Server() as server:
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9]\d*", server.url)
        # The client keeps its connection open; the server ends all the same.
        assert Callers(server.url)("sts", M).get_caller_identity()["Account"] == M
        assert server.stop() == 0


@pytest.mark.parametrize("suffix", ["", "/"])
@pytest.mark.parametrize("prefix", ["", "/w/endpoints"])
def test_an_endpoint_may_have_a_prefix_and_a_trailing_slash(server, prefix, suffix):
    aws = Callers(f"{server.url}{prefix}{suffix}")
    assert aws("sts", S).get_caller_identity()["Account"] == S
    with refused("AWSOrganizationsNotInUseException"):
        aws("organizations", X).describe_organization()
    assert aws("ds", X).describe_directories()["DirectoryDescriptions"] == []


def test_worlds_share_nothing(server):
    one, other = (Callers(server.world(name).url)("organizations", M) for name in ("one", "other"))
    one.create_organization(FeatureSet="ALL")
    with refused("AWSOrganizationsNotInUseException"):
        other.describe_organization()
    other.create_organization(FeatureSet="CONSOLIDATED_BILLING")
    assert one.describe_organization()["Organization"]["FeatureSet"] == "ALL"


def test_a_reset_world_is_new(world, aws):
    organizations = aws("organizations", M)
    organizations.create_organization(FeatureSet="ALL")
    world.advance("4d")
    world.reset()
    assert world.events() == []
    with refused("AWSOrganizationsNotInUseException"):
        organizations.describe_organization()


def test_the_journal_names_who_called_what_and_how_it_ended(world, aws):
    aws("organizations", M).create_organization(FeatureSet="ALL")
    with refused("AWSOrganizationsNotInUseException"):
        aws("organizations", S).describe_organization()
    aws("ds", X).describe_directories()
    told = [[event[member] for member in ("account", "service", "operation", "outcome")] for event in world.events()]
    assert told == [
        [M, "organizations", "CreateOrganization", "ok"],
        [S, "organizations", "DescribeOrganization", "AWSOrganizationsNotInUseException"],
        [X, "ds", "DescribeDirectories", "ok"],
    ]
    assert world.events()[0]["principal"] == f"arn:aws:iam::{M}:user/admin"


@pytest.fixture
def strict():
    """A second server, in which sharing does not turn trusted access on."""
    with Server("--share-trusted-access", "strict") as server:
        yield server
        assert server.stop() == 0


def test_strict_sharing_waits_for_trusted_access(strict):
    aws = Callers(strict.url)
    organizations, ds = aws("organizations", M), aws("ds", M)
    organizations.create_organization(FeatureSet="ALL")
    dev = create_account(organizations, "dev")
    directory = ds.create_microsoft_ad(**CORP)["DirectoryId"]
    share = {"DirectoryId": directory, "ShareTarget": {"Id": dev, "Type": "ACCOUNT"}, "ShareMethod": "ORGANIZATIONS"}
    with refused("OrganizationsException"):
        ds.share_directory(**share)
    assert organizations.list_aws_service_access_for_organization()["EnabledServicePrincipals"] == []
    organizations.enable_aws_service_access(ServicePrincipal="ds.amazonaws.com")
    ds.share_directory(**share)
    (shared,) = ds.describe_shared_directories(OwnerDirectoryId=directory)["SharedDirectories"]
    assert (shared["SharedAccountId"], shared["ShareStatus"]) == (dev, "Shared")


def test_the_default_account_is_an_option():
    with Server("--default-account", "123456789012") as server:
        assert Callers(server.url)("sts", "garbage").get_caller_identity()["Account"] == "123456789012"
        assert server.stop() == 0
