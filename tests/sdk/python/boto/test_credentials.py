"""Who a key stands for, and how long."""

import base64
import urllib.request
from xml.etree import ElementTree

import pytest

from callers import CORP, Callers, create_account, refused
from cast import M, S
from server import opener

STRANGERS_ACCOUNT = "000000000000"


def minted(prefix, account):
    """An access key id as AWS mints them: the account stands in its first bits."""
    number = 1 << 47 | int(account) << 7
    return prefix + base64.b32encode(number.to_bytes(6, "big") + bytes(4)).decode()


@pytest.fixture
def dev(aws):
    """An account that M created."""
    organizations = aws("organizations", M)
    organizations.create_organization(FeatureSet="ALL")
    return create_account(organizations, "dev")


def assume(aws, account, **arguments):
    """The credentials of M's role in an account."""
    role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    return aws("sts", M).assume_role(RoleArn=role, RoleSessionName="story", **arguments)["Credentials"]


@pytest.mark.parametrize(
    "key, account",
    [
        (S, S),
        (minted("AKIA", S), S),
        (minted("AKIA", "999999999999"), "999999999999"),
        # Ids of the old form hold no account.
        ("AKIAIOSFODNN7EXAMPLE", STRANGERS_ACCOUNT),
        ("garbage", STRANGERS_ACCOUNT),
        ("1234567890123", STRANGERS_ACCOUNT),
    ],
)
def test_a_key_names_its_account(aws, key, account):
    identity = aws("sts", key).get_caller_identity()
    assert (identity["Account"], identity["Arn"]) == (account, f"arn:aws:iam::{account}:user/admin")


def test_a_minted_key_is_that_account_in_every_service(aws):
    aws("organizations", minted("AKIA", M)).create_organization(FeatureSet="ALL")
    organization = aws("organizations", M).describe_organization()["Organization"]
    assert organization["MasterAccountId"] == M


def test_sts_reads_the_account_of_a_minted_key(aws):
    sts = aws("sts", M)
    assert sts.get_access_key_info(AccessKeyId=minted("AKIA", S))["Account"] == S
    assert sts.get_access_key_info(AccessKeyId=minted("ASIA", "999999999999"))["Account"] == "999999999999"


def test_a_session_ends_when_its_time_is_over(world, aws, dev):
    world.freeze()
    session = aws.session_of(assume(aws, dev, DurationSeconds=900))
    world.advance("899s")
    assert session("sts").get_caller_identity()["Account"] == dev
    world.advance("1s")
    with refused("ExpiredToken"):
        session("sts").get_caller_identity()
    with refused("ExpiredTokenException"):
        session("organizations").describe_organization()
    with refused("ExpiredTokenException"):
        session("ds").describe_directories()


def test_a_session_needs_its_own_token(aws, dev):
    credentials = assume(aws, dev)
    for token in (None, "another"):
        session = aws.session_of(credentials | {"SessionToken": token})
        with refused("InvalidClientTokenId"):
            session("sts").get_caller_identity()
        with refused("UnrecognizedClientException"):
            session("organizations").describe_organization()


def test_a_session_is_of_its_own_world(server, aws, dev):
    other = Callers(server.world("where-nobody-assumed-a-role").url)
    session = other.session_of(assume(aws, dev))
    # There the key only names the account that is written in it.
    assert session("sts").get_caller_identity()["Arn"] == f"arn:aws:iam::{dev}:user/admin"


def test_a_presigned_url_identifies_its_maker(aws):
    url = aws("sts", S).generate_presigned_url("get_caller_identity", HttpMethod="GET")
    with opener.open(urllib.request.Request(url), timeout=30) as answer:
        found = ElementTree.fromstring(answer.read())
    assert [element.text for element in found.iter() if element.tag.endswith("}Account")] == [S]


def test_directories_are_of_a_region_and_organizations_of_none(aws):
    aws("organizations", M, region="eu-west-1").create_organization(FeatureSet="ALL")
    assert aws("organizations", M).describe_organization()["Organization"]["MasterAccountId"] == M
    aws("ds", M, region="eu-west-1").create_microsoft_ad(**CORP)
    assert len(aws("ds", M, region="eu-west-1").describe_directories()["DirectoryDescriptions"]) == 1
    assert aws("ds", M).describe_directories()["DirectoryDescriptions"] == []
