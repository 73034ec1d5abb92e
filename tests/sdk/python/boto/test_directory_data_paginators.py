"""Each of boto3's paginators for Directory Service Data, at a page size of two."""

import pytest
from botocore import xform_name

from callers import CORP, Callers
from cast import M

USERS = [f"user-{number}" for number in range(5)]
GROUPS = [f"group-{number}" for number in range(5)]
# For each paginator: what it is asked beside the directory, the list, the names in it, and whether these are all.
PAGINATORS = {
    "ListGroupMembers": ({"SAMAccountName": GROUPS[0]}, "Members", USERS, True),
    "ListGroups": ({}, "Groups", GROUPS, False),
    "ListGroupsForMember": ({"SAMAccountName": USERS[0]}, "Groups", [*GROUPS, "Domain Users"], True),
    "ListUsers": ({}, "Users", [*USERS, "Administrator", "Guest", "krbtgt", "Admin"], False),
    "SearchGroups": ({"SearchString": "team", "SearchAttributes": ["displayName"]}, "Groups", GROUPS, True),
    "SearchUsers": ({"SearchString": "doe", "SearchAttributes": ["sn"]}, "Users", USERS, True),
}


@pytest.fixture(scope="module")
def made(server):
    """The client, and a directory whose first group has five members, of whom the first is in five groups."""
    aws = Callers(server.world("users").url)
    directory = aws("ds", M).create_microsoft_ad(**CORP)["DirectoryId"]
    aws("ds", M).enable_directory_data_access(DirectoryId=directory)
    data = aws("ds-data", M)
    for name in USERS:
        data.create_user(DirectoryId=directory, SAMAccountName=name, Surname="Doe")
    for name in GROUPS:
        about = {"OtherAttributes": {"displayName": {"S": "team"}}}
        data.create_group(DirectoryId=directory, SAMAccountName=name, **about)
        data.add_group_member(DirectoryId=directory, GroupName=name, MemberName=USERS[0])
    for name in USERS[1:]:
        data.add_group_member(DirectoryId=directory, GroupName=GROUPS[0], MemberName=name)
    return data, directory


def test_there_is_a_test_of_every_paginator(made):
    data, _ = made
    names = data.meta.service_model.operation_names
    assert {name for name in names if data.can_paginate(xform_name(name))} == set(PAGINATORS)


@pytest.mark.parametrize("operation", PAGINATORS)
def test_a_paginator_yields_everything_once_and_in_order(made, operation):
    data, directory = made
    asked, member, expected, all_of_them = PAGINATORS[operation]
    paginate = data.get_paginator(xform_name(operation)).paginate
    whole = [item for page in paginate(DirectoryId=directory, **asked) for item in page[member]]
    names = [item["SAMAccountName"] for item in whole]
    assert sorted(names) == sorted(expected) if all_of_them else set(names) > set(expected)
    pages = list(paginate(DirectoryId=directory, **asked, PaginationConfig={"PageSize": 2}))
    assert [item for page in pages for item in page[member]] == whole
    assert {len(page[member]) for page in pages[:-1]} == {2}
    assert len(pages) == (len(whole) + 1) // 2 > 2
    assert {(page["DirectoryId"], page["Realm"]) for page in pages} == {(directory, CORP["Name"])}
