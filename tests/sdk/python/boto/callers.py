"""Clients of one endpoint, by who calls, and what is expected when a call is refused."""

from contextlib import contextmanager

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from cast import M

CORP = {
    "Name": "corp.example.com",
    "Password": "Sup3rSecret!",
    "Edition": "Standard",
    "VpcSettings": {"VpcId": "vpc-12345678", "SubnetIds": ["subnet-11111111", "subnet-22222222"]},
}


class Callers:
    """`callers("ds", M)` is a client of Directory Service that acts as the administrator of account M."""

    def __init__(self, endpoint, session=None):
        self.endpoint = endpoint
        self.session = session or boto3.Session()
        self.clients = {}

    def __call__(self, service, key=M, *, secret="anything", token=None, region="us-east-1", **config):
        """A client with default settings, but for those given. Equal requests get the same client."""
        wanted = (service, key, token, region, repr(sorted(config.items())))
        if wanted not in self.clients:
            self.clients[wanted] = self.session.client(
                service,
                endpoint_url=self.endpoint,
                region_name=region,
                aws_access_key_id=key,
                aws_secret_access_key=secret,
                aws_session_token=token,
                config=Config(**config),
            )
        return self.clients[wanted]

    def session_of(self, credentials):
        """Clients that use what AssumeRole answered: `session("ds")`."""

        def client(service, **config):
            key, secret = credentials["AccessKeyId"], credentials["SecretAccessKey"]
            return self(service, key, secret=secret, token=credentials["SessionToken"], **config)

        return client


@contextmanager
def refused(code, reason=None):
    """Expects that AWS's error of this code, and of this Reason where one is given, ends the block."""
    with pytest.raises(ClientError) as raised:
        yield raised
    answer = raised.value.response
    assert answer["Error"]["Code"] == code
    assert answer.get("Reason") == reason or reason is None


def create_account(organizations, name):
    """Creates an account and returns its id."""
    request = organizations.create_account(AccountName=name, Email=f"{name}@example.com")["CreateAccountStatus"]
    status = organizations.describe_create_account_status(CreateAccountRequestId=request["Id"])
    return status["CreateAccountStatus"]["AccountId"]
