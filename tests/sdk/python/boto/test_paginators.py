"""boto3's paginators, over more than a page of everything."""

import pytest

from callers import CORP, create_account, refused
from cast import M

ACCOUNTS = 25


@pytest.fixture
def organizations(aws):
    """The management account's client, in an organization of 25 created accounts."""
    client = aws("organizations", M)
    client.create_organization(FeatureSet="ALL")
    client.made = [create_account(client, f"account-{number:02}") for number in range(ACCOUNTS)]
    return client


def pages(client, operation, member, **arguments):
    """The items of each page."""
    return [page[member] for page in client.get_paginator(operation).paginate(**arguments)]


def ids(some_pages):
    """The ids on all pages."""
    return [item["Id"] for page in some_pages for item in page]


def test_accounts_come_in_order_over_two_pages(organizations):
    found = pages(organizations, "list_accounts", "Accounts")
    assert [len(page) for page in found] == [20, 6]
    assert ids(found) == [M, *organizations.made]


def test_children_come_over_two_pages(organizations):
    (root,) = organizations.list_roots()["Roots"]
    found = pages(organizations, "list_children", "Children", ParentId=root["Id"], ChildType="ACCOUNT")
    assert [len(page) for page in found] == [20, 6]
    assert sorted(ids(found)) == sorted([M, *organizations.made])
    assert ids(found) == ids(pages(organizations, "list_accounts_for_parent", "Accounts", ParentId=root["Id"]))


def test_account_requests_come_over_two_pages(organizations):
    found = pages(organizations, "list_create_account_status", "CreateAccountStatuses")
    assert [len(page) for page in found] == [20, 5]
    assert sorted(status["AccountId"] for page in found for status in page) == sorted(organizations.made)
    assert {status["State"] for page in found for status in page} == {"SUCCEEDED"}


def test_a_page_size_is_kept(organizations):
    found = pages(organizations, "list_accounts", "Accounts", PaginationConfig={"PageSize": 10})
    assert [len(page) for page in found] == [10, 10, 6]
    assert ids(found) == [M, *organizations.made]


def test_a_pagination_resumes_where_it_stopped(organizations):
    paginator = organizations.get_paginator("list_accounts")
    first = paginator.paginate(PaginationConfig={"MaxItems": 8, "PageSize": 5}).build_full_result()
    rest = paginator.paginate(PaginationConfig={"StartingToken": first["NextToken"]}).build_full_result()
    assert ids([first["Accounts"], rest["Accounts"]]) == [M, *organizations.made]
    assert "NextToken" not in rest


def test_a_page_that_was_asked_for_twice_is_the_same_page(organizations):
    token = organizations.list_accounts(MaxResults=7)["NextToken"]
    assert ids([organizations.list_accounts(MaxResults=7, NextToken=token)["Accounts"]]) == organizations.made[6:13]
    assert ids([organizations.list_accounts(MaxResults=7, NextToken=token)["Accounts"]]) == organizations.made[6:13]


def test_units_come_over_two_pages(aws):
    organizations = aws("organizations", M)
    organizations.create_organization(FeatureSet="ALL")
    (root,) = organizations.list_roots()["Roots"]
    made = [
        organizations.create_organizational_unit(ParentId=root["Id"], Name=f"unit-{number}")["OrganizationalUnit"]["Id"]
        for number in range(22)
    ]
    found = pages(organizations, "list_organizational_units_for_parent", "OrganizationalUnits", ParentId=root["Id"])
    assert [len(page) for page in found] == [20, 2]
    assert sorted(ids(found)) == sorted(made)


def test_directories_come_in_pages_of_five(aws):
    ds = aws("ds", M)
    made = [ds.create_microsoft_ad(**CORP | {"Name": f"d{number}.example.com"})["DirectoryId"] for number in range(12)]
    paging = {"PageSize": 5}
    found = pages(ds, "describe_directories", "DirectoryDescriptions", PaginationConfig=paging)
    assert [len(page) for page in found] == [5, 5, 2]
    assert sorted(directory["DirectoryId"] for page in found for directory in page) == sorted(made)


def test_a_token_that_no_list_gave_is_refused(organizations):
    with refused("InvalidInputException", "INVALID_NEXT_TOKEN"):
        organizations.list_accounts(NextToken="garbage")


def test_a_token_is_good_for_its_own_list_only(organizations):
    token = organizations.list_accounts()["NextToken"]
    with refused("InvalidInputException", "INVALID_NEXT_TOKEN"):
        organizations.list_create_account_status(NextToken=token)


def test_directory_service_has_its_own_error_for_a_bad_token(aws):
    with refused("InvalidNextTokenException"):
        aws("ds", M).describe_directories(NextToken="garbage")
