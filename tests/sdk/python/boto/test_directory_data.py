"""Users of a directory, through Directory Service Data."""

import pytest

from callers import CORP, Callers, refused
from cast import M


@pytest.fixture
def directory(aws):
    """A directory whose users can be managed."""
    ds = aws("ds", M)
    made = ds.create_microsoft_ad(**CORP)["DirectoryId"]
    ds.enable_directory_data_access(DirectoryId=made)
    assert ds.describe_directory_data_access(DirectoryId=made)["DataAccessStatus"] == "Enabled"
    return made


@pytest.fixture
def data(aws):
    """The client of the directory's owner."""
    return aws("ds-data", M)


def test_a_user_is_made_disabled_below_the_organizational_unit_of_the_directory(directory, data):
    made = data.create_user(DirectoryId=directory, SAMAccountName="john.doe", GivenName="John", Surname="Doe")
    user = data.describe_user(DirectoryId=directory, SAMAccountName="john.doe")
    assert user["Enabled"] is False
    assert user["DistinguishedName"] == "CN=john.doe,OU=Users,OU=corp,DC=corp,DC=example,DC=com"
    assert (user["GivenName"], user["Surname"], user["SID"]) == ("John", "Doe", made["SID"])
    assert (user["DirectoryId"], user["Realm"]) == (directory, "corp.example.com")


def test_other_attributes_come_back_as_they_were_set(directory, data):
    attributes = {"title": {"S": "Ingénieur"}, "servicePrincipalName": {"SS": ["http/1", "http/2"]}}
    data.create_user(DirectoryId=directory, SAMAccountName="john.doe", OtherAttributes=attributes)
    user = data.describe_user(DirectoryId=directory, SAMAccountName="john.doe", OtherAttributes=list(attributes))
    assert user["OtherAttributes"] == attributes


def test_users_that_every_directory_has_are_listed_with_the_new_one(directory, data):
    data.create_user(DirectoryId=directory, SAMAccountName="john.doe")
    names = {user["SAMAccountName"] for user in data.list_users(DirectoryId=directory)["Users"]}
    assert names >= {"Administrator", "Guest", "krbtgt", "Admin", "john.doe"}


def test_users_come_in_pages(directory, data):
    made = [f"user-{number}" for number in range(7)]
    for name in made:
        data.create_user(DirectoryId=directory, SAMAccountName=name)
    paginator = data.get_paginator("list_users")
    pages = [page["Users"] for page in paginator.paginate(DirectoryId=directory, PaginationConfig={"PageSize": 5})]
    names = [user["SAMAccountName"] for page in pages for user in page]
    assert [len(page) for page in pages[:-1]] == [5] * (len(pages) - 1)
    assert len(names) == len(set(names))
    assert set(names) >= set(made)


def test_an_endpoint_may_end_with_a_slash(world, directory):
    users = Callers(f"{world.url}/")("ds-data", M).list_users(DirectoryId=directory)["Users"]
    assert "Administrator" in [user["SAMAccountName"] for user in users]


def test_a_second_user_of_that_name_is_a_conflict(directory, data):
    data.create_user(DirectoryId=directory, SAMAccountName="john.doe")
    with pytest.raises(data.exceptions.ConflictException) as raised:
        data.create_user(DirectoryId=directory, SAMAccountName="john.doe")
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409


def test_a_repeated_request_is_no_conflict(directory, data):
    user = {"DirectoryId": directory, "SAMAccountName": "john.doe", "ClientToken": "the-same-token"}
    assert data.create_user(**user)["SID"] == data.create_user(**user)["SID"]


def test_a_stranger_is_not_found(directory, data):
    with pytest.raises(data.exceptions.ResourceNotFoundException) as raised:
        data.describe_user(DirectoryId=directory, SAMAccountName="jane.doe")
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_users_are_out_of_reach_until_access_is_enabled(aws, data):
    directory = aws("ds", M).create_microsoft_ad(**CORP)["DirectoryId"]
    with pytest.raises(data.exceptions.AccessDeniedException) as raised:
        data.list_users(DirectoryId=directory)
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert raised.value.response["Reason"] == "DATA_DISABLED"


def test_input_that_boto3_refuses_is_refused_by_the_service_too(directory, aws):
    unchecked = aws("ds-data", M, parameter_validation=False)
    with pytest.raises(unchecked.exceptions.ValidationException) as raised:
        unchecked.create_user(DirectoryId=directory)
    assert "Value null at 'sAMAccountName' failed to satisfy constraint" in raised.value.response["Error"]["Message"]
    with pytest.raises(unchecked.exceptions.ValidationException):
        unchecked.list_users(DirectoryId=directory, MaxResults=0)
    number_in_words = {"title": {"N": "250"}}
    with refused("SerializationException") as raised:
        unchecked.create_user(DirectoryId=directory, SAMAccountName="joe", OtherAttributes=number_in_words)
    assert raised.value.response["Error"]["Message"] == "STRING_VALUE cannot be converted to Long"
