"""Two organizations in one world: an account changes over from one to the other, and one pays for the other."""

from datetime import datetime, timedelta

import pytest

from callers import create_account, refused
from cast import M, S, X


@pytest.fixture
def two(aws):
    """The clients of M and X, who manage an organization each."""
    clients = aws("organizations", M), aws("organizations", X)
    for client in clients:
        client.create_organization(FeatureSet="ALL")
    return clients


def invite(client, account):
    """Invites an account and returns the handshake."""
    return client.invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": account})["Handshake"]


def members(client):
    """The ids of the organization's accounts."""
    return [account["Id"] for account in client.list_accounts()["Accounts"]]


def test_a_member_changes_over(aws, two):
    m, x = two
    s = aws("organizations", S)
    s.accept_handshake(HandshakeId=invite(x, S)["Id"])
    assert members(x) == [X, S]
    invitation = invite(m, S)
    assert invitation["State"] == "OPEN"
    assert [party["Type"] for party in invitation["Parties"]] == ["ORGANIZATION", "ACCOUNT"]
    (received,) = s.list_handshakes_for_account(Filter={"ActionType": "INVITE"})["Handshakes"][-1:]
    assert s.describe_handshake(HandshakeId=received["Id"])["Handshake"]["Action"] == "INVITE"
    assert s.accept_handshake(HandshakeId=invitation["Id"])["Handshake"]["State"] == "ACCEPTED"
    assert (members(m), members(x)) == ([M, S], [X])
    assert s.describe_organization()["Organization"]["MasterAccountId"] == M
    with refused("HandshakeAlreadyInStateException"):
        s.accept_handshake(HandshakeId=invitation["Id"])


def test_a_handshake_that_breaks_a_constraint_has_its_reason(aws, two):
    m, _ = two
    dev = create_account(m, "dev")
    with pytest.raises(m.exceptions.HandshakeConstraintViolationException) as raised:
        invite(m, dev)
    assert raised.value.response["Reason"] == "ALREADY_IN_AN_ORGANIZATION"
    invitation = invite(m, S)
    with pytest.raises(m.exceptions.DuplicateHandshakeException):
        invite(m, S)
    with refused("AccessDeniedException"):
        aws("organizations", X).describe_handshake(HandshakeId=invitation["Id"])
    assert m.cancel_handshake(HandshakeId=invitation["Id"])["Handshake"]["State"] == "CANCELED"
    with pytest.raises(m.exceptions.InvalidHandshakeTransitionException):
        aws("organizations", S).accept_handshake(HandshakeId=invitation["Id"])


def month_after_next(world):
    """Its first moment. The next month may begin too soon for an invitation."""
    now = datetime.fromisoformat(world.freeze()["now"].replace("Z", "+00:00"))
    first = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=62)).replace(day=1)


def test_one_organization_pays_for_the_other(world, two):
    m, x = two
    # An older boto3 knows no transfers.
    if "InviteOrganizationToTransferResponsibility" not in m.meta.service_model.operation_names:
        return
    starts = month_after_next(world)
    handshake = m.invite_organization_to_transfer_responsibility(
        Type="BILLING", Target={"Type": "ACCOUNT", "Id": X}, StartTimestamp=starts, SourceName="other"
    )["Handshake"]
    assert (handshake["Action"], handshake["State"]) == ("TRANSFER_RESPONSIBILITY", "REQUESTED")
    (transfer,) = [one["Value"] for one in handshake["Resources"] if one["Type"] == "RESPONSIBILITY_TRANSFER"]
    assert x.accept_handshake(HandshakeId=handshake["Id"])["Handshake"]["State"] == "ACCEPTED"
    for client, direction in [(m, "inbound"), (x, "outbound")]:
        seen = client.describe_responsibility_transfer(Id=transfer)["ResponsibilityTransfer"]
        assert (seen["Status"], seen["StartTimestamp"]) == ("ACCEPTED", starts)
        assert (seen["Source"]["ManagementAccountId"], seen["Target"]["ManagementAccountId"]) == (X, M)
        assert f"/billing/{direction}/{transfer}" in seen["Arn"]
    (inbound,) = m.list_inbound_responsibility_transfers(Type="BILLING")["ResponsibilityTransfers"]
    (outbound,) = x.list_outbound_responsibility_transfers(Type="BILLING")["ResponsibilityTransfers"]
    assert inbound["Id"] == outbound["Id"] == transfer
    ended = x.terminate_responsibility_transfer(Id=transfer)["ResponsibilityTransfer"]
    assert ended["Status"] == "WITHDRAWN"
    seen = m.describe_responsibility_transfer(Id=transfer)["ResponsibilityTransfer"]
    assert (seen["Status"], seen["EndTimestamp"]) == ("WITHDRAWN", ended["EndTimestamp"])
