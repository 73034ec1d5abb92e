"""A world of the test's own, as the programs and boto3 see it."""

import boto3
import pytest

from beside import Beside
from cast import M
from programs import Programs

pytest_plugins = ["worlds"]


@pytest.fixture(scope="session")
def beside(clean_environment):
    """The services that the programs want besides those of orgdir."""
    with Beside() as beside:
        yield beside


@pytest.fixture
def program(world, beside, tmp_path):
    """Runs a program in the test's world, in a folder of its own: `program("awsorgs", "report")` is what it printed."""
    return Programs(world.url, beside.url, tmp_path)


@pytest.fixture
def client(world):
    """boto3's clients of the test's world: `client("ds", account)`."""

    def client(service, account=M, region="us-east-1"):
        keys = {"aws_access_key_id": account, "aws_secret_access_key": "anything"}
        return boto3.client(service, region, endpoint_url=world.url, **keys)

    return client


@pytest.fixture
def organizations(client):
    """The management account's client, in an organization of its own."""
    organizations = client("organizations")
    organizations.create_organization(FeatureSet="ALL")
    return organizations
