"""Prowler checks directories, and finds what is neglected."""

import csv

import pytest

from certificates import authority
from domains import RADIUS, domains

# Each check, and the directories that it finds well and ill. Not all have certificates or snapshots.
CHECKS = {
    "directory_log_forwarding_enabled": ({"corp"}, {"other", "plain", "simple"}),
    "directory_monitor_notifications": ({"corp"}, {"other", "plain", "simple"}),
    "directory_snapshots_limit": ({"corp", "plain"}, {"other"}),
    "ldap_certificate_expiration": ({"corp"}, {"other"}),
    "radius_server_security_protocol": ({"corp"}, {"other", "plain", "simple"}),
    "supported_mfa_radius_enabled": ({"corp", "other"}, {"plain", "simple"}),
}


@pytest.fixture
def prowler(program, tmp_path):
    """Runs the checks of directories, and returns what each found: the status by the directory's id."""

    def run():
        options = ["--region", "us-east-1", "--output-formats", "csv", "--output-directory", "out", "--no-banner"]
        program("prowler", "aws", "--service", "directoryservice", "--ignore-exit-code-3", *options)
        found = {}
        (report,) = (tmp_path / "out").glob("*.csv")
        for row in csv.DictReader(report.open(), delimiter=";"):
            found.setdefault(row["CHECK_ID"], {})[row["RESOURCE_UID"].rpartition("/")[2]] = row["STATUS"]
        return found

    return run


def test_what_is_neglected_is_found(client, prowler, world):
    ds = client("ds")
    made = domains(ds)
    # A certificate that ends within 90 days, an old protocol, and no room for snapshots.
    world.freeze()
    other = {"DirectoryId": made["other"]}
    ds.register_certificate(**other, CertificateData=authority("Short CA", days=91)[0])
    ds.enable_radius(**other, RadiusSettings=RADIUS | {"AuthenticationProtocol": "PAP"})
    for _ in range(5):
        ds.create_snapshot(**other)
    before = len(world.events())
    named = {directory: name for name, directory in made.items()}
    found = prowler()
    for check, (well, ill) in CHECKS.items():
        statuses = found.pop(f"directoryservice_{check}")
        assert {named[directory] for directory, status in statuses.items() if status == "PASS"} == well, check
        assert {named[directory] for directory, status in statuses.items() if status == "FAIL"} == ill, check
    assert found == {}
    asked = [(event["operation"], event["outcome"]) for event in world.events()[before:] if event["service"] == "ds"]
    assert {outcome for _, outcome in asked} == {"ok"}
    assert {operation for operation, _ in asked} == {
        "DescribeDirectories",
        "DescribeEventTopics",
        "GetSnapshotLimits",
        "ListCertificates",
        "ListLogSubscriptions",
        "ListTagsForResource",
    }
