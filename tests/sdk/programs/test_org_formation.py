"""org-formation writes a template of what is there, and makes the organization what the template says."""

import json

import pytest

from programs import account, create_account, policies, tree, unit

NEW = """
  TestAccount:
    Type: OC::ORG::Account
    Properties:
      AccountName: test
      RootEmail: test@example.com
      Tags:
        stage: test

  SandboxOU:
    Type: OC::ORG::OrganizationalUnit
    Properties:
      OrganizationalUnitName: Sandbox
      ServiceControlPolicies: !Ref NoLeavingSCP
      Accounts: !Ref TestAccount

  NoLeavingSCP:
    Type: OC::ORG::ServiceControlPolicy
    Properties:
      PolicyName: NoLeaving
      Description: Nobody leaves
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Action: organizations:LeaveOrganization
            Resource: '*'
"""


@pytest.fixture
def template(organizations, program, tmp_path):
    """The template that org-formation writes for an organization with an account in a unit."""
    root = organizations.list_roots()["Roots"][0]["Id"]
    workloads = organizations.create_organizational_unit(ParentId=root, Name="Workloads")["OrganizationalUnit"]["Id"]
    dev = create_account(organizations, "dev")
    organizations.move_account(AccountId=dev, SourceParentId=root, DestinationParentId=workloads)
    said = program("org-formation", "init", "organization.yml", "--region", "us-east-1")
    assert "Your organization template is written to organization.yml" in said
    return tmp_path / "organization.yml"


def test_a_template_is_written_of_what_is_there(organizations, template, world):
    text = template.read_text()
    assert "OrganizationalUnitName: Workloads\n      Accounts: !Ref DevAccount" in text
    assert f"AccountId: '{account(organizations, 'dev')}'" in text
    # It looked into the account as well, in the role that every created account has.
    assert "AssumeRole" in {event["operation"] for event in world.events()}
    assert {event["outcome"] for event in world.events()} == {"ok"}


def test_an_organization_becomes_what_its_template_says(organizations, template, program):
    written = template.read_text()
    template.write_text(written + NEW)
    said = program("org-formation", "update", "organization.yml")
    assert "Attach Policy (NoLeavingSCP)" in said and "Attach Account (TestAccount)" in said
    assert tree(organizations) == {"Workloads": {"dev": None}, "Sandbox": {"test": None}}
    tags = organizations.list_tags_for_resource(ResourceId=account(organizations, "test"))["Tags"]
    assert tags == [{"Key": "stage", "Value": "test"}]
    made = policies(organizations, unit(organizations, "Sandbox"))["NoLeaving"]
    content = json.loads(organizations.describe_policy(PolicyId=made)["Policy"]["Content"])
    assert content["Statement"][0]["Action"] == "organizations:LeaveOrganization"
    assert "organization up to date" in program("org-formation", "update", "organization.yml")


def test_what_the_template_no_longer_has_goes(organizations, template, program):
    written = template.read_text()
    template.write_text(written + NEW)
    program("org-formation", "update", "organization.yml")
    # A unit is not deleted here: the program deletes one while it still moves what was in it, and often ends badly.
    empty = NEW[NEW.index("  SandboxOU") : NEW.index("      ServiceControlPolicies")]
    template.write_text(written.replace("OrganizationalUnitName: Workloads", "OrganizationalUnitName: Live") + empty)
    said = program("org-formation", "update", "organization.yml")
    assert "Detach Policy (NoLeavingSCP)" in said and "Detach Account (TestAccount)" in said
    # An account stays: the program only forgets it.
    assert tree(organizations) == {"Live": {"dev": None}, "Sandbox": {}, "test": None}
    assert list(policies(organizations)) == ["FullAWSAccess"]
