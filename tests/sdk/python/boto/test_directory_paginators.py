"""Each of boto3's paginators for Directory Service, at a page size of two."""

import pytest
from botocore import xform_name

from callers import Callers
from cast import M
from directories import ACCOUNTS, NUMBERS, REGIONS, Directories

# For each paginator: the list and the member of its items, and what that member must be.
PAGINATORS = {
    "DescribeClientAuthenticationSettings": ("ClientAuthenticationSettingsInfo", "Type", lambda _: ["SmartCard"]),
    "DescribeDirectories": ("DirectoryDescriptions", "DirectoryId", lambda made: made.ids),
    "DescribeDomainControllers": ("DomainControllers", "Status", lambda _: ["Active"] * 5),
    "DescribeLDAPSSettings": ("LDAPSSettingsInfo", "LDAPSStatus", lambda _: ["Enabled"]),
    "DescribeRegions": ("RegionsDescription", "RegionName", lambda _: REGIONS),
    "DescribeSharedDirectories": ("SharedDirectories", "SharedAccountId", lambda _: ACCOUNTS),
    "DescribeSnapshots": ("Snapshots", "SnapshotId", lambda made: made.snapshots),
    "DescribeTrusts": ("Trusts", "TrustId", lambda made: made.trusts),
    "DescribeUpdateDirectory": ("UpdateActivities", "InitiatedBy", lambda _: ["Customer"] * 5),
    "ListADAssessments": ("Assessments", "AssessmentId", lambda made: made.assess()),
    "ListCertificates": ("CertificatesInfo", "CommonName", lambda made: made.authorities),
    "ListIpRoutes": ("IpRoutesInfo", "CidrIp", lambda _: [f"203.0.{number}.0/24" for number in NUMBERS]),
    "ListLogSubscriptions": ("LogSubscriptions", "DirectoryId", lambda made: made.ids[:5]),
    "ListSchemaExtensions": ("SchemaExtensionsInfo", "SchemaExtensionId", lambda made: made.extensions),
    "ListTagsForResource": ("Tags", "Key", lambda _: [f"key-{number}" for number in NUMBERS]),
}
# They take no page size, or do not heed it: that of the tags is reserved.
UNSIZED = {"DescribeRegions", "DescribeUpdateDirectory", "ListTagsForResource"}
# What there is but one of, ever.
SINGLE = {"DescribeClientAuthenticationSettings", "DescribeLDAPSSettings"}


def arguments(made, operation):
    """What the operation is asked."""
    return {
        "DescribeClientAuthenticationSettings": {"DirectoryId": made.connector},
        "DescribeDirectories": {},
        "DescribeSharedDirectories": {"OwnerDirectoryId": made.corp},
        "DescribeUpdateDirectory": {"DirectoryId": made.corp, "UpdateType": "OS"},
        "ListADAssessments": {},
        "ListLogSubscriptions": {},
        "ListTagsForResource": {"ResourceId": made.corp},
    }.get(operation, {"DirectoryId": made.corp})


@pytest.fixture(scope="module")
def made(server):
    """Directories with more than two pages of everything. The tests here only read."""
    return Directories(Callers(server.world("directories").url))


def check(made, client, operation):
    """The paginator yields everything once and in order, in no more pages than it takes."""
    member, key, expected = PAGINATORS[operation]
    expected = expected(made)
    paginate, asked = client.get_paginator(xform_name(operation)).paginate, arguments(made, operation)
    (whole,) = paginate(**asked)
    assert sorted(item[key] for item in whole[member]) == sorted(expected), operation
    assert len(expected) == 1 if operation in SINGLE else len(expected) > 4, operation
    if operation in UNSIZED:
        return
    pages = list(paginate(**asked, PaginationConfig={"PageSize": 2}))
    assert [item for page in pages for item in page[member]] == whole[member], operation
    assert {len(page[member]) for page in pages[:-1]} <= {2}, operation
    assert len(pages) == (len(expected) + 1) // 2, operation


def known(client):
    """The operations that the client can paginate."""
    return {name for name in client.meta.service_model.operation_names if client.can_paginate(xform_name(name))}


def test_every_paginator_yields_everything_once_and_in_order(made):
    # An older boto3 has fewer of them, and is asked for those that it has.
    operations = known(made.ds)
    assert operations | {"ListADAssessments"} == set(PAGINATORS)
    for operation in sorted(operations):
        check(made, made.ds, operation)
