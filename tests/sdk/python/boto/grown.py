"""An organization with more than a page of everything that Organizations lists, at a page size of two."""

import json

from callers import create_account
from cast import BILLING, M, S, X

BACKUP = ["one", "two", "three"]
PRINCIPALS = ["cloudtrail.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com"]


def tag_policy(key, *values):
    """A tag policy that spells one key, and allows these values of it."""
    rule = {"tag_key": {"@@assign": key}}
    if values:
        rule["tag_value"] = {"@@assign": values}
    return json.dumps({"tags": {key: rule}})


def backup_policy(rules):
    """A backup policy with three plans, each with these rules. AWS allows ten hourly rules in a plan."""
    rule = {
        "schedule_expression": {"@@assign": "cron(0 5/1 ? * * *)"},
        "target_backup_vault_name": {"@@assign": "vault"},
    }
    data = {
        "iam_role_arn": {"@@assign": "arn:aws:iam::$account:role/Backup"},
        "tag_key": {"@@assign": "backup"},
        "tag_value": {"@@assign": ["yes"]},
    }
    plan = {
        "regions": {"@@assign": ["us-east-1"]},
        "rules": {f"rule{number}": rule for number in rules},
        "selections": {"tags": {"data": data}},
    }
    return json.dumps({"plans": {name: plan for name in BACKUP}})


class Grown:
    """Makes all of it, and keeps the ids."""

    def __init__(self, aws):
        self.organizations = client = aws("organizations", M)
        client.create_organization(FeatureSet="ALL")
        self.root = client.list_roots()["Roots"][0]["Id"]
        self.accounts = [create_account(client, f"account-{number}") for number in range(5)]
        self.units = [
            client.create_organizational_unit(ParentId=self.root, Name=name)["OrganizationalUnit"]["Id"]
            for name in ("Sandbox", "Security", "Workloads")
        ]
        self.tag("stage", "team", "cost")
        self.delegate()
        self.policies = self.attach_policies()
        self.invitations = self.invite(aws)

    def tag(self, *keys):
        """Tags the first account."""
        tags = [{"Key": key, "Value": "any"} for key in keys]
        self.organizations.tag_resource(ResourceId=self.accounts[0], Tags=tags)

    def delegate(self):
        """Three services are trusted. One account administers all of them, two more the first."""
        for principal in PRINCIPALS:
            self.organizations.enable_aws_service_access(ServicePrincipal=principal)
        one, two, three = self.accounts[:3]
        for account, principal in [(one, p) for p in PRINCIPALS] + [(two, PRINCIPALS[0]), (three, PRINCIPALS[0])]:
            self.organizations.register_delegated_administrator(AccountId=account, ServicePrincipal=principal)

    def attach_policies(self):
        """Three tag policies at each unit, and two backup policies at the root that are too much together."""
        for kind in ("TAG_POLICY", "BACKUP_POLICY"):
            self.organizations.enable_policy_type(RootId=self.root, PolicyType=kind)
        for rules in (range(10), [10]):
            self.attach("BACKUP_POLICY", f"backup-{len(rules)}", backup_policy(rules), [self.root])
        return [self.attach("TAG_POLICY", key, tag_policy(key), self.units) for key in ("a", "b", "c")]

    def attach(self, kind, name, content, targets):
        """Makes a policy, attaches it, and returns its id."""
        made = self.organizations.create_policy(Name=name, Description="", Type=kind, Content=content)
        policy = made["Policy"]["PolicySummary"]["Id"]
        for target in targets:
            self.organizations.attach_policy(PolicyId=policy, TargetId=target)
        return policy

    def invite(self, aws):
        """M invites three accounts, and three organizations invite S: the handshakes of M, and those of S."""
        others = [aws("organizations", account) for account in (X, BILLING)]
        for other in others:
            other.create_organization(FeatureSet="ALL")
        sent = [self.invite_from(self.organizations, account) for account in (S, "555555555555", "666666666666")]
        return {M: sent, S: [sent[0], *(self.invite_from(other, S) for other in others)]}

    @staticmethod
    def invite_from(client, account):
        """Invites an account and returns the handshake's id."""
        return client.invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": account})["Handshake"]["Id"]
