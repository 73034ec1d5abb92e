"""Time, which only the control API moves while the clock is frozen."""

from datetime import datetime

import pytest

from callers import CORP, refused
from cast import M, X


@pytest.fixture
def frozen(world):
    """The world at AWS's own pace, with its clock stopped."""
    world.freeze()
    assert world.pace("real")["pace"] == "real"
    return world


def test_a_directory_goes_through_its_stages(frozen, aws):
    ds = aws("ds", M)
    ds.create_microsoft_ad(**CORP)

    def stage():
        (directory,) = ds.describe_directories()["DirectoryDescriptions"]
        return directory["Stage"]

    assert stage() == "Requested"
    assert stage() == "Requested", "asking takes no time"
    frozen.advance("2m")
    assert stage() == "Creating"
    frozen.advance("60m")
    assert stage() == "Active"


def test_an_account_is_in_progress_until_its_time_has_come(frozen, aws):
    organizations = aws("organizations", M)
    organizations.create_organization(FeatureSet="ALL")
    answer = organizations.create_account(AccountName="dev", Email="dev@example.com")

    def status():
        request = answer["CreateAccountStatus"]["Id"]
        return organizations.describe_create_account_status(CreateAccountRequestId=request)["CreateAccountStatus"]

    assert (status()["State"], "AccountId" in status()) == ("IN_PROGRESS", False)
    assert len(organizations.list_accounts()["Accounts"]) == 1
    frozen.advance("2m")
    assert status()["State"] == "SUCCEEDED"
    assert [account["Id"] for account in organizations.list_accounts()["Accounts"]] == [M, status()["AccountId"]]
    assert status()["CompletedTimestamp"] > status()["RequestedTimestamp"]


def test_a_share_is_made_in_its_own_time(frozen, aws):
    ds = aws("ds", M)
    directory = ds.create_microsoft_ad(**CORP)["DirectoryId"]
    frozen.advance("1h")
    offer = {"ShareTarget": {"Id": X, "Type": "ACCOUNT"}, "ShareMethod": "HANDSHAKE"}
    shared = ds.share_directory(DirectoryId=directory, **offer)["SharedDirectoryId"]

    def status():
        (share,) = ds.describe_shared_directories(OwnerDirectoryId=directory)["SharedDirectories"]
        return share["ShareStatus"]

    assert status() == "Sharing"
    frozen.advance("1h")
    assert status() == "PendingAcceptance"
    aws("ds", X).accept_shared_directory(SharedDirectoryId=shared)
    assert status() == "Sharing"
    frozen.advance("1h")
    assert status() == "Shared"


def test_a_removed_account_waited_four_days(world, aws):
    world.freeze()
    organizations = aws("organizations", M)
    organizations.create_organization(FeatureSet="ALL")
    request = organizations.create_account(AccountName="dev", Email="dev@example.com")["CreateAccountStatus"]["Id"]
    status = organizations.describe_create_account_status(CreateAccountRequestId=request)["CreateAccountStatus"]
    world.advance("95h")
    with refused("ConstraintViolationException", "WAIT_PERIOD_ACTIVE"):
        organizations.remove_account_from_organization(AccountId=status["AccountId"])
    world.advance("1h")
    organizations.remove_account_from_organization(AccountId=status["AccountId"])


def test_a_frozen_clock_stands_until_it_is_advanced_or_resumed(world):
    frozen = world.freeze()
    assert frozen["frozen"] is True
    assert world.control("GET", "/clock") == frozen
    moved = world.advance("4d")
    span = datetime.fromisoformat(moved["now"][:-1]) - datetime.fromisoformat(frozen["now"][:-1])
    assert (span.days, span.seconds, span.microseconds) == (4, 0, 0)
    assert world.control("POST", "/clock/resume")["frozen"] is False
