"""What the AWS CLI makes of pages, errors, dates and profiles."""

import subprocess
import sys
from datetime import datetime

import pytest
from awscli.botocore.session import Session

from cast import M, S
from server import binary, environment


def create_account(aws, name):
    """Creates an account and returns its id."""
    made = aws(f"organizations create-account --account-name {name} --email {name}@example.com")
    request = made["CreateAccountStatus"]["Id"]
    shown = aws(f"organizations describe-create-account-status --create-account-request-id {request}")
    return shown["CreateAccountStatus"]["AccountId"]


@pytest.fixture
def made(world):
    """The names of 25 accounts in an organization. The botocore inside the CLI makes them in one process, for speed."""
    keys = {"aws_access_key_id": M, "aws_secret_access_key": "anything"}
    client = Session().create_client("organizations", "us-east-1", endpoint_url=world.url, **keys)
    client.create_organization()
    names = [f"account-{number:02}" for number in range(25)]
    for name in names:
        client.create_account(AccountName=name, Email=f"{name}@example.com")
    return names


def test_all_pages_are_one_answer(aws, world, made):
    accounts = aws("organizations list-accounts")["Accounts"]
    assert [account["Name"] for account in accounts[1:]] == made
    assert world.events()[-2]["operation"] == world.events()[-1]["operation"] == "ListAccounts"
    some = aws("organizations list-accounts --page-size 5 --max-items 8")
    rest = aws("organizations list-accounts --starting-token " + some["NextToken"])
    assert some["Accounts"] + rest["Accounts"] == accounts
    page = aws("organizations list-accounts --no-paginate")
    assert (len(page["Accounts"]), "NextToken" in page) == (20, True)


@pytest.mark.parametrize(
    "code, command, text",
    [
        (
            "AccountNotFoundException",
            "organizations describe-account --account-id 999999999999",
            "You specified an account",
        ),
        (
            "InvalidInputException",
            "organizations describe-account --account-id abc",
            "does not match the required pattern.",
        ),
        (
            "InvalidInputException",
            "organizations list-accounts --no-paginate --next-token garbage",
            "an invalid value for nextToken",
        ),
        ("EntityDoesNotExistException", "ds describe-directories --directory-ids d-1234567890", " : RequestId: "),
        ("ValidationException", "ds describe-directories --directory-ids d", "Value '[d]' at 'directoryIds' failed"),
        ("ValidationError", "sts assume-role --role-session-name a:b --role-arn arn:aws:iam::1:role/r", "Session"),
    ],
)
def test_errors_are_named_on_stderr(aws, refused, code, command, text):
    aws("organizations create-organization")
    assert text in refused(code, command)


def test_an_operation_that_is_planned_is_asked_for_once(aws, world, refused):
    refused("OrgdirOperationPlanned", "sts get-session-token")
    assert [event["outcome"] for event in world.events()] == ["OrgdirOperationPlanned"]


@pytest.fixture
def config(tmp_path):
    """Writes a config file and returns the variable that names it."""

    def write(text):
        (tmp_path / "config").write_text(text)
        return {"AWS_CONFIG_FILE": str(tmp_path / "config")}

    return write


def test_dates_can_be_printed_as_dates(aws, world, config):
    now = datetime.fromisoformat(world.freeze()["now"].replace("Z", "+00:00"))
    aws("organizations create-organization")
    (account,) = aws("organizations list-accounts")["Accounts"]
    assert account["JoinedTimestamp"] == now.timestamp()
    in_words = config("[default]\ncli_timestamp_format = iso8601\n")
    (account,) = aws("organizations list-accounts", M, **in_words)["Accounts"]
    assert datetime.fromisoformat(account["JoinedTimestamp"]) == now


def test_a_profile_assumes_the_role_of_a_created_account(aws, refused, config):
    aws("organizations create-organization")
    dev = create_account(aws, "dev")
    profile = config(
        f"[profile management]\naws_access_key_id = {M}\naws_secret_access_key = anything\n"
        f"[profile dev]\nsource_profile = management\nregion = us-east-1\nendpoint_url = {aws.endpoint}\n"
        f"role_arn = arn:aws:iam::{dev}:role/OrganizationAccountAccessRole\n"
    )
    identity = aws("sts get-caller-identity --profile dev", S, **profile)
    assert identity["Account"] == dev
    assert f":sts::{dev}:assumed-role/OrganizationAccountAccessRole/botocore-session-" in identity["Arn"]
    organization = aws("organizations describe-organization --profile dev", S, **profile)["Organization"]
    assert organization["MasterAccountId"] == M
    refused("AccessDeniedException", "organizations list-accounts --profile dev", S, **profile)


def test_an_endpoint_can_be_an_option(aws, server):
    identity = aws(
        "sts get-caller-identity",
        S,
        "--endpoint-url",
        f"{server.url}/w/an-option/",
        AWS_ENDPOINT_URL="http://127.0.0.1:9",
    )
    assert identity["Account"] == S
    assert [event["account"] for event in server.world("an-option").events()] == [S]


def test_a_shell_is_pointed_at_a_world(server, world):
    stale = {"AWS_PROFILE": "nobody", "AWS_SESSION_TOKEN": "stale", "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:9"}
    address, name = world.url.removeprefix("http://").split("/w/")
    script = 'eval "$("$@")" && exec "$PYTHON" -m awscli sts get-caller-identity --output text --query Account'
    done = subprocess.run(
        ["sh", "-c", script, "sh", binary(), "env", "--listen", address, "--world", name, "--account", S],
        env=environment() | stale | {"PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, f"{S}\n"), done.stderr
    assert [event["account"] for event in world.events()] == [S]


def test_users_of_a_directory(aws, refused):
    made = aws(
        "ds create-microsoft-ad --name corp.example.com --password Sup3rSecret! "
        "--vpc-settings VpcId=vpc-12345678,SubnetIds=subnet-11111111,subnet-22222222"
    )
    directory = f"--directory-id {made['DirectoryId']}"
    assert aws(f"ds enable-directory-data-access {directory}") in (None, {})
    aws(f"ds-data create-user {directory} --sam-account-name john.doe")
    refused("ConflictException", f"ds-data create-user {directory} --sam-account-name john.doe")
    assert aws(f"ds-data describe-user {directory} --sam-account-name john.doe")["Enabled"] is False
    names = {user["SAMAccountName"] for user in aws(f"ds-data list-users {directory}")["Users"]}
    assert names >= {"Administrator", "Guest", "krbtgt", "Admin", "john.doe"}
