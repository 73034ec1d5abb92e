"""How people point boto3 at the server: variables, profiles, and what `orgdir env` prints."""

import json
import os
import re
import subprocess
import sys
from textwrap import dedent

import boto3
import pytest

from callers import Callers, create_account, refused
from cast import M, S, X
from server import binary, environment

SERVICES = {
    "organizations": "organizations",
    "ds": "directory_service",
    "ds-data": "directory_service_data",
    "sts": "sts",
}


@pytest.fixture
def config(tmp_path, monkeypatch):
    """Writes the AWS config file that new sessions read."""

    def write(text):
        (tmp_path / "config").write_text(dedent(text))
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))

    return write


@pytest.fixture
def keys(monkeypatch):
    """Makes the account of the variables the caller."""

    def set_to(account):
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", account)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "anything")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")

    return set_to


def operations_called(world):
    """What has reached the world."""
    return [f"{event['account']} {event['service']} {event['operation']}" for event in world.events()]


def call_everything(session):
    """One call of each service that this boto3 has."""
    session.client("sts").get_caller_identity()
    session.client("ds").describe_directories()
    with refused("AWSOrganizationsNotInUseException"):
        session.client("organizations").describe_organization()
    if "ds-data" not in session.get_available_services():
        return ["sts GetCallerIdentity", "ds DescribeDirectories", "organizations DescribeOrganization"]
    with refused("AccessDeniedException"):
        session.client("ds-data").list_users(DirectoryId="d-1234567890")
    return [
        "sts GetCallerIdentity",
        "ds DescribeDirectories",
        "organizations DescribeOrganization",
        "ds-data ListUsers",
    ]


@pytest.mark.parametrize("suffix", ["", "/"])
def test_one_variable_points_every_service_at_a_world(world, keys, monkeypatch, suffix):
    keys(S)
    monkeypatch.setenv("AWS_ENDPOINT_URL", world.url + suffix)
    called = call_everything(boto3.Session())
    assert operations_called(world) == [f"{S} {each}" for each in called]


def test_each_service_has_a_variable_of_its_own(world, keys, monkeypatch):
    keys(S)
    for name in SERVICES.values():
        monkeypatch.setenv(f"AWS_ENDPOINT_URL_{name.upper()}", world.url)
    called = call_everything(boto3.Session())
    assert operations_called(world) == [f"{S} {each}" for each in called]


def test_a_profile_names_the_endpoint(world, config):
    config(
        f"""
        [profile s]
        aws_access_key_id = {S}
        aws_secret_access_key = anything
        region = us-east-1
        endpoint_url = {world.url}
        """
    )
    called = call_everything(boto3.Session(profile_name="s"))
    assert operations_called(world) == [f"{S} {each}" for each in called]


def test_a_profile_names_an_endpoint_for_each_service(world, config):
    services = "".join(f"{name} =\n  endpoint_url = {world.url}\n" for name in SERVICES.values())
    config(
        f"[profile s]\naws_access_key_id = {S}\naws_secret_access_key = anything\nregion = us-east-1\n"
        f"services = here\n[services here]\n{services}"
    )
    called = call_everything(boto3.Session(profile_name="s"))
    assert operations_called(world) == [f"{S} {each}" for each in called]


@pytest.mark.parametrize("suffix", ["", "/"])
def test_a_profile_assumes_the_role_of_a_created_account(world, aws, config, suffix):
    organizations = aws("organizations", M)
    organizations.create_organization(FeatureSet="ALL")
    dev = create_account(organizations, "dev")
    config(
        f"""
        [profile management]
        aws_access_key_id = {M}
        aws_secret_access_key = anything
        [profile dev]
        region = us-east-1
        endpoint_url = {world.url}{suffix}
        role_arn = arn:aws:iam::{dev}:role/OrganizationAccountAccessRole
        source_profile = management
        """
    )
    session = boto3.Session(profile_name="dev")
    identity = session.client("sts").get_caller_identity()
    role = f"arn:aws:sts::{dev}:assumed-role/OrganizationAccountAccessRole"
    assert identity["Account"] == dev
    assert re.fullmatch(re.escape(role) + r"/botocore-session-\d+", identity["Arn"])
    assert session.client("organizations").describe_organization()["Organization"]["MasterAccountId"] == M
    with refused("AccessDeniedException"):
        session.client("organizations").list_accounts()
    calls = operations_called(world)
    assert calls.count(f"{M} sts AssumeRole") == 1
    assert calls[-3:] == [
        f"{dev} sts GetCallerIdentity",
        f"{dev} organizations DescribeOrganization",
        f"{dev} organizations ListAccounts",
    ]


def test_a_profile_for_the_role_of_an_invited_account_fails(world, config):
    organizations = Callers(world.url)("organizations", M)
    organizations.create_organization(FeatureSet="ALL")
    config(
        f"""
        [profile management]
        aws_access_key_id = {M}
        aws_secret_access_key = anything
        [profile s]
        region = us-east-1
        endpoint_url = {world.url}
        role_arn = arn:aws:iam::{S}:role/OrganizationAccountAccessRole
        source_profile = management
        """
    )
    with refused("AccessDenied"):
        boto3.Session(profile_name="s").client("organizations").describe_organization()


# A shell in which something else was set up before.
STALE = {
    "AWS_PROFILE": "nobody",
    "AWS_SESSION_TOKEN": "stale",
    "AWS_ACCESS_KEY_ID": X,
    "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9",
    "AWS_ENDPOINT_URL_ORGANIZATIONS": "http://127.0.0.1:9",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true",
    "AWS_REGION": "eu-west-9",
}
WHO_AM_I = """
import boto3, json
identity = boto3.client("sts").get_caller_identity()
directories = boto3.client("ds").describe_directories()["DirectoryDescriptions"]
region = boto3.client("organizations").meta.region_name
print(json.dumps([identity["Account"], directories, region]))
"""


def ask_from_a_shell(server, *options):
    """What a Python program sees in a shell that took the lines of `orgdir env`."""
    address = server.url.removeprefix("http://")
    script = 'eval "$("$@")" && exec "$PYTHON" -c "$PROGRAM"'
    command = ["sh", "-c", script, "sh", binary(), "env", "--listen", address, *options]
    variables = environment() | STALE | {"PYTHON": sys.executable, "PROGRAM": WHO_AM_I}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_shell_is_pointed_at_the_server(server):
    assert ask_from_a_shell(server) == [M, [], "us-east-1"]


def test_a_shell_is_pointed_at_a_world_as_an_account(server, world):
    assert ask_from_a_shell(server, "--world", world.url.rsplit("/", 1)[1], "--account", S) == [S, [], "us-east-1"]
    assert operations_called(world) == [f"{S} sts GetCallerIdentity", f"{S} ds DescribeDirectories"]


def test_the_tests_see_nothing_of_the_machine():
    assert "AWS_PROFILE" not in os.environ
    assert boto3.Session().get_credentials() is None
    assert boto3.Session().available_profiles == []
