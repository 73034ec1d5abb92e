"""Each of boto3's paginators for Organizations, at a page size of two."""

import pytest
from botocore import xform_name

from callers import Callers
from cast import M, S
from grown import BACKUP, PRINCIPALS, Grown

# For each paginator: who calls it with what, the list and the member of its items, and what that member must be.
PAGINATORS = {
    "ListAWSServiceAccessForOrganization": ("EnabledServicePrincipals", "ServicePrincipal", lambda _: PRINCIPALS),
    "ListAccounts": ("Accounts", "Id", lambda grown: [M, *grown.accounts]),
    "ListAccountsForParent": ("Accounts", "Id", lambda grown: [M, *grown.accounts]),
    "ListAccountsWithInvalidEffectivePolicy": ("Accounts", "Id", lambda grown: [M, *grown.accounts]),
    "ListChildren": ("Children", "Id", lambda grown: [M, *grown.accounts]),
    "ListCreateAccountStatus": ("CreateAccountStatuses", "AccountId", lambda grown: grown.accounts),
    "ListDelegatedAdministrators": ("DelegatedAdministrators", "Id", lambda grown: grown.accounts[:3]),
    "ListDelegatedServicesForAccount": ("DelegatedServices", "ServicePrincipal", lambda _: PRINCIPALS),
    "ListEffectivePolicyValidationErrors": (
        "EffectivePolicyValidationErrors",
        "PathToError",
        lambda _: [f"plans/{name}/rules" for name in BACKUP],
    ),
    "ListHandshakesForAccount": ("Handshakes", "Id", lambda grown: grown.invitations[S]),
    "ListHandshakesForOrganization": ("Handshakes", "Id", lambda grown: grown.invitations[M]),
    "ListOrganizationalUnitsForParent": ("OrganizationalUnits", "Id", lambda grown: grown.units),
    "ListParents": ("Parents", "Id", lambda grown: [grown.root]),
    "ListPolicies": ("Policies", "Id", lambda grown: grown.policies),
    "ListPoliciesForTarget": ("Policies", "Id", lambda grown: grown.policies),
    "ListRoots": ("Roots", "Id", lambda grown: [grown.root]),
    "ListTagsForResource": ("Tags", "Key", lambda _: ["cost", "stage", "team"]),
    "ListTargetsForPolicy": ("Targets", "TargetId", lambda grown: grown.units),
}


def arguments(grown, operation):
    """What the operation is asked."""
    return {
        "ListAccountsForParent": {"ParentId": grown.root},
        "ListAccountsWithInvalidEffectivePolicy": {"PolicyType": "BACKUP_POLICY"},
        "ListChildren": {"ParentId": grown.root, "ChildType": "ACCOUNT"},
        "ListDelegatedServicesForAccount": {"AccountId": grown.accounts[0]},
        "ListEffectivePolicyValidationErrors": {"AccountId": grown.accounts[0], "PolicyType": "BACKUP_POLICY"},
        "ListOrganizationalUnitsForParent": {"ParentId": grown.root},
        "ListParents": {"ChildId": grown.accounts[0]},
        "ListPolicies": {"Filter": "TAG_POLICY"},
        "ListPoliciesForTarget": {"Filter": "TAG_POLICY", "TargetId": grown.units[0]},
        "ListTagsForResource": {"ResourceId": grown.accounts[0]},
        "ListTargetsForPolicy": {"PolicyId": grown.policies[0]},
    }.get(operation, {})


@pytest.fixture(scope="module")
def aws(server):
    """Clients of the world that the tests here share: they only read."""
    return Callers(server.world("grown").url)


@pytest.fixture(scope="module")
def grown(aws):
    """An organization with more than a page of everything."""
    return Grown(aws)


def paginators(client):
    """The operations that the client can paginate."""
    return {name for name in client.meta.service_model.operation_names if client.can_paginate(xform_name(name))}


def test_every_paginator_yields_everything_once_and_in_order(aws, grown):
    # An older boto3 has fewer of them, and is asked for those that it has.
    known = paginators(aws("organizations", M))
    assert known <= set(PAGINATORS)
    for operation in sorted(known):
        member, key, expected = PAGINATORS[operation]
        client = aws("organizations", S if operation == "ListHandshakesForAccount" else M)
        asked = arguments(grown, operation)
        (whole,) = client.get_paginator(xform_name(operation)).paginate(**asked)
        assert sorted(item[key] for item in whole[member]) == sorted(expected(grown)), operation
        if operation == "ListTagsForResource":
            # It takes no page size, since all tags of a resource fit on a page.
            continue
        pages = list(client.get_paginator(xform_name(operation)).paginate(**asked, PaginationConfig={"PageSize": 2}))
        assert [item for page in pages for item in page[member]] == whole[member], operation
        assert {len(page[member]) for page in pages[:-1]} <= {2}, operation
        assert len(pages) == (len(whole[member]) + 1) // 2, operation


def test_what_is_no_list_is_on_every_page(aws, grown):
    client = aws("organizations", M)
    for operation in sorted({"ListEffectivePolicyValidationErrors"} & paginators(client)):
        asked = arguments(grown, operation) | {"PaginationConfig": {"PageSize": 1}}
        pages = list(client.get_paginator(xform_name(operation)).paginate(**asked))
        assert len(pages) == len(BACKUP)
        assert {page["AccountId"] for page in pages} == {grown.accounts[0]}
        assert {page["PolicyType"] for page in pages} == {"BACKUP_POLICY"}
        assert len({page["EvaluationTimestamp"] for page in pages}) == 1
