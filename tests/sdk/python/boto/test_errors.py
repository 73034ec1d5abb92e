"""What boto3 raises: its own classes for what the models list, and ClientError with AWS's code for the rest."""

import re
from datetime import datetime

import pytest
from botocore import UNSIGNED
from botocore.exceptions import ClientError

from callers import CORP, create_account, refused
from cast import M, X

TRUST = {"TrustPassword": "Tru5t-pass", "TrustDirection": "Two-Way"}
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@pytest.fixture
def organizations(aws):
    """The management account's client, in an organization of its own."""
    client = aws("organizations", M)
    client.create_organization(FeatureSet="ALL")
    return client


def test_an_unknown_account_is_account_not_found(organizations):
    with pytest.raises(organizations.exceptions.AccountNotFoundException) as raised:
        organizations.describe_account(AccountId="999999999999")
    answer = raised.value.response
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert re.fullmatch(UUID, answer["ResponseMetadata"]["RequestId"])
    assert answer["Message"] == answer["Error"]["Message"] != ""


def test_a_broken_constraint_has_its_reason(organizations):
    young = create_account(organizations, "young")
    with pytest.raises(organizations.exceptions.ConstraintViolationException) as raised:
        organizations.remove_account_from_organization(AccountId=young)
    assert raised.value.response["Reason"] == "WAIT_PERIOD_ACTIVE"


def test_an_invalid_input_has_its_reason(organizations):
    with pytest.raises(organizations.exceptions.InvalidInputException) as raised:
        organizations.describe_account(AccountId="abc")
    assert raised.value.response["Reason"] == "INVALID_PATTERN:ACCOUNT_ID"
    assert raised.value.response["Error"]["Message"] == "You provided a value that does not match the required pattern."


def test_errors_of_directory_service_name_their_request(aws):
    ds = aws("ds", M)
    with pytest.raises(ds.exceptions.EntityDoesNotExistException) as raised:
        ds.describe_directories(DirectoryIds=["d-1234567890"])
    answer = raised.value.response
    request_id = answer["ResponseMetadata"]["RequestId"]
    assert re.fullmatch(UUID, request_id)
    assert answer["Error"]["Message"].endswith(f" : RequestId: {request_id}")
    assert answer["RequestId"] == request_id


NONE = {"DirectoryId": "d-9067000000"}
CORPS = {"DirectoryId": "that of corp"}


@pytest.mark.parametrize(
    "code, operation, arguments",
    [
        ("CertificateDoesNotExistException", "describe_certificate", CORPS | {"CertificateId": "c-9067000000"}),
        ("ClientException", "delete_directory", CORPS),
        ("DirectoryDoesNotExistException", "list_certificates", NONE),
        ("EntityAlreadyExistsException", "create_log_subscription", CORPS | {"LogGroupName": "another"}),
        ("EntityDoesNotExistException", "create_log_subscription", NONE | {"LogGroupName": "logs"}),
        ("EntityDoesNotExistException", "delete_trust", {"TrustId": "t-9067000000"}),
        ("EntityDoesNotExistException", "restore_from_snapshot", {"SnapshotId": "s-9067000000"}),
        ("InvalidCertificateException", "register_certificate", CORPS | {"CertificateData": "no certificate"}),
        ("InvalidNextTokenException", "describe_settings", CORPS | {"NextToken": "garbage"}),
        ("InvalidParameterException", "create_trust", CORPS | {"RemoteDomainName": "corp.example.com"} | TRUST),
        ("NoAvailableCertificateException", "enable_ldaps", CORPS | {"Type": "Client"}),
        ("UnsupportedOperationException", "describe_regions", CORPS),
        ("UnsupportedOperationException", "enable_client_authentication", CORPS | {"Type": "SmartCard"}),
    ],
)
def test_refusals_of_directory_service_have_classes(aws, code, operation, arguments):
    ds = aws("ds", M)
    corp = {"DirectoryId": ds.create_microsoft_ad(**CORP)["DirectoryId"]}
    ds.share_directory(**corp, ShareTarget={"Id": X, "Type": "ACCOUNT"}, ShareMethod="HANDSHAKE")
    ds.create_log_subscription(**corp, LogGroupName="logs")
    with pytest.raises(getattr(ds.exceptions, code)) as raised:
        getattr(ds, operation)(**arguments | (corp if arguments.items() >= CORPS.items() else {}))
    answer = raised.value.response
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert answer["Error"]["Message"].endswith(f" : RequestId: {answer['ResponseMetadata']['RequestId']}")
    assert answer["RequestId"] == answer["ResponseMetadata"]["RequestId"]


def test_a_planned_operation_is_refused_and_asked_for_once(world, aws):
    with refused("OrgdirOperationPlanned"):
        aws("sts", M).get_session_token()
    calls = [(event["service"], event["operation"], event["outcome"]) for event in world.events()]
    assert calls == [("sts", "GetSessionToken", "OrgdirOperationPlanned")]


def test_timestamps_are_datetimes(world, organizations, aws):
    now = datetime.fromisoformat(world.freeze()["now"].replace("Z", "+00:00"))
    account = create_account(organizations, "dev")
    joined = organizations.describe_account(AccountId=account)["Account"]["JoinedTimestamp"]
    ds, sts = aws("ds", M), aws("sts", M)
    ds.create_microsoft_ad(**CORP)
    (directory,) = ds.describe_directories()["DirectoryDescriptions"]
    role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    expires = sts.assume_role(RoleArn=role, RoleSessionName="story", DurationSeconds=900)["Credentials"]["Expiration"]
    assert joined == now
    assert directory["LaunchTime"] == now
    # STS counts in whole seconds.
    assert (expires - now.replace(microsecond=0)).total_seconds() == 900


def test_a_refused_call_is_not_repeated(world, organizations):
    with refused("AccountNotFoundException"):
        organizations.describe_account(AccountId="999999999999")
    assert [event["operation"] for event in world.events()] == ["CreateOrganization", "DescribeAccount"]


# Input that boto3 refuses to send, sent all the same: `parameter_validation=False`.


def unchecked(aws, service):
    """A client that sends whatever it is given."""
    return aws(service, M, parameter_validation=False)


def message(raised):
    """The text of the error."""
    return raised.value.response["Error"]["Message"]


@pytest.mark.parametrize(
    "service, operation, arguments, text",
    [
        ("organizations", "describe_account", {"AccountId": 123}, "NUMBER_VALUE cannot be converted to String"),
        ("organizations", "describe_account", {"AccountId": 1.5}, "DECIMAL_VALUE cannot be converted to String"),
        ("organizations", "describe_account", {"AccountId": True}, "TRUE_VALUE cannot be converted to String"),
        ("ds", "describe_directories", {"Limit": "5"}, "STRING_VALUE cannot be converted to Integer"),
    ],
)
def test_json_of_another_type_is_not_deserialized(aws, service, operation, arguments, text):
    with refused("SerializationException") as raised:
        getattr(unchecked(aws, service), operation)(**arguments)
    assert message(raised) == text


def test_organizations_has_a_reason_for_what_is_missing(aws):
    with refused("InvalidInputException", "INPUT_REQUIRED:ACCOUNT_ID"):
        unchecked(aws, "organizations").describe_account()


@pytest.mark.parametrize(
    "arguments, reason",
    [
        ({"ParentId": "r-ab12", "Name": ""}, "MIN_LENGTH_EXCEEDED:NAME"),
        ({"ParentId": "r-ab12", "Name": "n" * 129}, "MAX_LENGTH_EXCEEDED:NAME"),
        ({"ParentId": "nobody", "Name": "unit"}, "INVALID_PATTERN:PARENT_ID"),
    ],
)
def test_organizations_has_a_reason_for_what_breaks_a_limit(organizations, aws, arguments, reason):
    with refused("InvalidInputException", reason):
        unchecked(aws, "organizations").create_organizational_unit(**arguments)


def test_directory_service_lists_all_that_is_wrong_but_no_password(aws):
    with refused("ValidationException") as raised:
        unchecked(aws, "ds").create_directory(Name="corp.example.com", Password="hunter2", Size="big")
    text = message(raised)
    assert text.startswith("2 validation errors detected: ")
    assert "Value at 'password' failed to satisfy constraint: Member must satisfy regular expression" in text
    assert "Value 'big' at 'size' failed to satisfy constraint: Member must satisfy enum value set: [" in text
    assert "hunter2" not in text


def test_directory_service_names_what_is_missing(aws):
    with refused("ValidationException") as raised:
        unchecked(aws, "ds").delete_directory()
    assert message(raised) == (
        "1 validation error detected: Value null at 'directoryId' failed to satisfy constraint: Member must not be null"
    )


def test_sts_lists_all_that_is_wrong(aws):
    with refused("ValidationError") as raised:
        unchecked(aws, "sts").assume_role(RoleArn="", RoleSessionName="Session1:2")
    error = raised.value.response["Error"]
    assert error["Type"] == "Sender"
    assert error["Message"].startswith("3 validation errors detected: ")
    assert "Value '' at 'roleArn' failed to satisfy constraint: Member must have length greater" in error["Message"]
    assert "Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: " in error["Message"]


def test_sts_does_not_read_a_number_in_words(aws):
    role = {"RoleArn": f"arn:aws:iam::{M}:role/any", "RoleSessionName": "story"}
    with pytest.raises(ClientError) as raised:
        unchecked(aws, "sts").assume_role(**role, DurationSeconds="long")
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.mark.parametrize(
    "service, operation, code",
    [
        ("organizations", "describe_organization", "MissingAuthenticationTokenException"),
        ("ds", "describe_directories", "MissingAuthenticationTokenException"),
        ("sts", "get_caller_identity", "MissingAuthenticationToken"),
    ],
)
def test_a_call_that_nobody_signed_is_refused(aws, service, operation, code):
    with refused(code):
        getattr(aws(service, M, signature_version=UNSIGNED), operation)()
