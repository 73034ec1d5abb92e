"""The programs, run as a shell would run them, and what boto3 sees of their work."""

import os
import subprocess
import sys
from pathlib import Path

from cast import M

HERE = Path(__file__).parent
# Where each package manager puts the programs it installs.
BINARIES = [Path(sys.executable).parent, HERE / "node_modules" / ".bin", HERE / ".venv-prowler" / "bin"]
# Services that orgdir does not stand in for, each by the name that the AWS SDKs look for in the environment.
BESIDE = ["EC2", "EVENTBRIDGE", "IAM", "RESOURCE_GROUPS_TAGGING_API", "S3", "SUPPORT"]


class Programs:
    """The programs in one world, pointed at it by nothing but variables that AWS defines."""

    def __init__(self, endpoint, beside, folder):
        self.folder = folder
        self.environment = os.environ | {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": M,
            "AWS_SECRET_ACCESS_KEY": "anything",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_REGION": "us-east-1",
            "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true",
            "PATH": os.pathsep.join([*map(str, BINARIES), os.environ["PATH"]]),
            # aws-orgs reads its own version with a module that is going to be removed, and Python says so.
            "PYTHONWARNINGS": "ignore",
        }
        self.environment |= {f"AWS_ENDPOINT_URL_{service}": beside for service in BESIDE}

    def __call__(self, name, *arguments):
        """What the program printed. It must end well."""
        done = subprocess.run(
            [name, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{name} ended with {done.returncode}: {done.stdout}"
        return done.stdout


def create_account(organizations, name):
    """Creates an account and returns its id."""
    request = organizations.create_account(AccountName=name, Email=f"{name}@example.com")["CreateAccountStatus"]
    status = organizations.describe_create_account_status(CreateAccountRequestId=request["Id"])
    return status["CreateAccountStatus"]["AccountId"]


def tree(organizations, parent=None):
    """The units and accounts below a parent, by name: `{"Workloads": {"dev": None}}`. Without one, below the root."""
    parent = parent or organizations.list_roots()["Roots"][0]["Id"]
    units = organizations.list_organizational_units_for_parent(ParentId=parent)["OrganizationalUnits"]
    accounts = organizations.list_accounts_for_parent(ParentId=parent)["Accounts"]
    below = {unit["Name"]: tree(organizations, unit["Id"]) for unit in units}
    return below | {account["Name"]: None for account in accounts if account["Id"] != M}


def unit(organizations, name):
    """The id of a unit below the root."""
    root = organizations.list_roots()["Roots"][0]["Id"]
    units = organizations.list_organizational_units_for_parent(ParentId=root)["OrganizationalUnits"]
    (found,) = [unit["Id"] for unit in units if unit["Name"] == name]
    return found


def account(organizations, name):
    """The id of an account."""
    (found,) = [account["Id"] for account in organizations.list_accounts()["Accounts"] if account["Name"] == name]
    return found


def policies(organizations, target=None):
    """The service control policies of the organization or on a target: their ids by name."""
    if target:
        answer = organizations.list_policies_for_target(TargetId=target, Filter="SERVICE_CONTROL_POLICY")
    else:
        answer = organizations.list_policies(Filter="SERVICE_CONTROL_POLICY")
    return {policy["Name"]: policy["Id"] for policy in answer["Policies"]}
