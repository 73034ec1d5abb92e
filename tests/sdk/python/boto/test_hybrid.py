"""A hybrid directory, from its assessment to its update, for which boto3 has a waiter."""

import pytest
from botocore import waiter
from botocore.exceptions import WaiterError

from callers import CORP, refused
from cast import M
from directories import ASSESSED

SECRET = f"arn:aws:secretsmanager:us-east-1:{M}:secret:hybrid-AbCdEf"
OTHERS = {"CustomerDnsIps": ["10.24.34.101", "10.24.34.201"], "InstanceIds": ["i-33333333", "i-44444444"]}
# Nobody answers at an address of documentation.
NOBODY = OTHERS | {"CustomerDnsIps": ["10.24.34.101", "192.0.2.201"]}


@pytest.fixture
def ds(world, aws):
    """The client, in a world at AWS's own pace whose clock stands still."""
    world.freeze()
    world.pace("real")
    return aws("ds", M)


@pytest.fixture
def hybrid(world, ds):
    """The id of a hybrid directory that is active."""
    assessment = ds.start_ad_assessment(AssessmentConfiguration=ASSESSED)["AssessmentId"]
    world.advance("31m")
    directory = ds.create_hybrid_ad(AssessmentId=assessment, SecretArn=SECRET)["DirectoryId"]
    world.advance("31m")
    return directory


@pytest.fixture
def wait(world, ds, monkeypatch):
    """Runs the waiter with its own settings. While it sleeps, the clock of the world goes on."""

    class Time:
        sleep = staticmethod(lambda seconds: world.advance(f"{seconds}s"))

    def wait(directory):
        monkeypatch.setattr(waiter, "time", Time)
        ds.get_waiter("hybrid_ad_updated").wait(DirectoryId=directory)

    return wait


def asked(world):
    """How many times the waiter asked."""
    return [event["operation"] for event in world.events()].count("DescribeHybridADUpdate")


def test_an_assessment_goes_on_to_its_report(world, ds):
    assessment = ds.start_ad_assessment(AssessmentConfiguration=ASSESSED)["AssessmentId"]

    def status():
        return ds.describe_ad_assessment(AssessmentId=assessment)["Assessment"]["Status"]

    assert status() == "PENDING"
    with refused("InvalidParameterException"):
        ds.create_hybrid_ad(AssessmentId=assessment, SecretArn=SECRET)
    world.advance("1m")
    assert status() == "IN_PROGRESS"
    world.advance("30m")
    assert status() == "SUCCESS"
    reports = ds.describe_ad_assessment(AssessmentId=assessment)["AssessmentReports"]
    assert {check["Status"] for report in reports for check in report["Validations"]} == {"SUCCESS"}
    (listed,) = ds.list_ad_assessments()["Assessments"]
    assert (listed["AssessmentId"], listed["ReportType"]) == (assessment, "CUSTOMER")
    ds.delete_ad_assessment(AssessmentId=assessment)
    assert ds.list_ad_assessments()["Assessments"] == []


def test_a_hybrid_directory_is_a_managed_one_of_its_own_edition(ds, hybrid):
    (shown,) = ds.describe_directories()["DirectoryDescriptions"]
    facts = [shown[member] for member in ("DirectoryId", "Type", "Edition", "Stage", "Name")]
    assert facts == [hybrid, "MicrosoftAD", "Hybrid", "Active", ASSESSED["DnsName"]]
    assert shown["HybridSettings"]["SelfManagedDnsIpAddrs"] == ASSESSED["CustomerDnsIps"]


def test_the_waiter_ends_when_the_update_is_done(world, ds, hybrid, wait):
    ds.update_hybrid_ad(DirectoryId=hybrid, SelfManagedInstancesSettings=OTHERS)
    wait(hybrid)
    # The update takes 41 minutes, and the waiter asks every other.
    assert asked(world) == 22
    (shown,) = ds.describe_directories()["DirectoryDescriptions"]
    assert shown["HybridSettings"]["SelfManagedInstanceIds"] == OTHERS["InstanceIds"]


def test_the_waiter_fails_when_the_update_does(world, ds, hybrid, wait):
    ds.update_hybrid_ad(DirectoryId=hybrid, SelfManagedInstancesSettings=NOBODY)
    with pytest.raises(WaiterError, match="terminal failure state") as raised:
        wait(hybrid)
    (update,) = raised.value.last_response["UpdateActivities"]["SelfManagedInstances"]
    assert update["Status"] == "UpdateFailed"
    assert 1 < asked(world) < 60


def test_the_waiter_gives_up_where_there_is_no_update(world, hybrid, wait):
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        wait(hybrid)
    assert asked(world) == 60


def test_the_waiter_ends_with_a_refusal(ds, wait):
    managed = ds.create_microsoft_ad(**CORP)["DirectoryId"]
    with pytest.raises(WaiterError, match="UnsupportedOperationException"):
        wait(managed)
