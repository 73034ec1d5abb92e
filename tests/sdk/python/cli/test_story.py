"""The story's core through the AWS CLI."""

import pytest

from cast import M, S, X

DS = "--service-principal ds.amazonaws.com"


@pytest.fixture
def story(aws, refused):
    """The story in the test's world."""
    return Story(aws, refused)


def test_the_story(story, world):
    story.make_an_organization()
    story.make_a_directory()
    story.share_it_with_dev()
    story.disable_and_enable_trusted_access()
    story.assume_roles()
    story.take_everything_down(world)


class Story:
    """What the story has come to so far."""

    def __init__(self, aws, refused):
        self.aws, self.refused = aws, refused
        self.workloads = self.dev = self.prod = self.corp = self.shared = None

    def trusted(self):
        """The service principals that have trusted access."""
        page = self.aws("organizations list-aws-service-access-for-organization")
        return [enabled["ServicePrincipal"] for enabled in page["EnabledServicePrincipals"]]

    def share_status(self):
        """The status of each share by account."""
        page = self.aws(f"ds describe-shared-directories --owner-directory-id {self.corp}")
        return {share["SharedAccountId"]: share["ShareStatus"] for share in page["SharedDirectories"]}

    def share_with(self, account, method="ORGANIZATIONS"):
        """The command that shares the directory."""
        share = f"ds share-directory --directory-id {self.corp} --share-method {method}"
        return f"{share} --share-target Id={account},Type=ACCOUNT"

    def make_account(self, name):
        """An account, whose id is known when its making is over."""
        made = self.aws(f"organizations create-account --account-name {name} --email {name}@example.com")
        status = made["CreateAccountStatus"]
        assert (status["State"], "AccountId" in status) == ("IN_PROGRESS", False)
        shown = self.aws(f"organizations describe-create-account-status --create-account-request-id {status['Id']}")
        assert shown["CreateAccountStatus"]["State"] == "SUCCEEDED"
        return shown["CreateAccountStatus"]["AccountId"]

    def make_an_organization(self):
        """An organization of a unit, two created accounts and an invited one."""
        assert self.aws("sts get-caller-identity")["Account"] == M
        self.refused("AWSOrganizationsNotInUseException", "organizations describe-organization", S)
        made = self.aws("organizations create-organization --feature-set ALL")["Organization"]
        assert (made["FeatureSet"], made["MasterAccountId"]) == ("ALL", M)
        self.refused("AlreadyInOrganizationException", "organizations create-organization")
        (root,) = self.aws("organizations list-roots")["Roots"]
        create_unit = f"organizations create-organizational-unit --parent-id {root['Id']} --name Workloads"
        self.workloads = self.aws(create_unit)["OrganizationalUnit"]["Id"]
        self.refused("DuplicateOrganizationalUnitException", create_unit)
        self.dev, self.prod = self.make_account("dev"), self.make_account("prod")
        parents = f"--source-parent-id {root['Id']} --destination-parent-id {self.workloads}"
        assert self.aws(f"organizations move-account --account-id {self.dev} {parents}") is None
        self.refused("SourceParentNotFoundException", f"organizations move-account --account-id {self.dev} {parents}")
        (parent,) = self.aws(f"organizations list-parents --child-id {self.dev}")["Parents"]
        assert parent == {"Id": self.workloads, "Type": "ORGANIZATIONAL_UNIT"}
        invited = self.aws(f"organizations invite-account-to-organization --target Type=ACCOUNT,Id={S}")["Handshake"]
        accept = f"organizations accept-handshake --handshake-id {invited['Id']}"
        assert self.aws(accept, S)["Handshake"]["State"] == "ACCEPTED"
        self.refused("HandshakeAlreadyInStateException", accept, S)
        accounts = self.aws("organizations list-accounts")["Accounts"]
        joined = [(account["Id"], account["JoinedMethod"]) for account in accounts]
        assert joined == [(M, "INVITED"), (self.dev, "CREATED"), (self.prod, "CREATED"), (S, "INVITED")]

    def make_a_directory(self):
        """A directory, which asks for no trusted access yet."""
        made = self.aws(
            "ds create-microsoft-ad --name corp.example.com --password Sup3rSecret! --edition Standard "
            "--vpc-settings VpcId=vpc-12345678,SubnetIds=subnet-11111111,subnet-22222222"
        )
        self.corp = made["DirectoryId"]
        (shown,) = self.aws(f"ds describe-directories --directory-ids {self.corp}")["DirectoryDescriptions"]
        facts = [shown[member] for member in ("Stage", "Type", "Edition", "Size")]
        assert facts == ["Active", "MicrosoftAD", "Standard", "Small"]
        assert self.trusted() == []

    def share_it_with_dev(self):
        """Sharing inside the organization turns trusted access on."""
        self.shared = self.aws(self.share_with(self.dev))["SharedDirectoryId"]
        assert self.share_status() == {self.dev: "Shared"}
        assert self.trusted() == ["ds.amazonaws.com"]
        (seen,) = self.aws("ds describe-directories", self.dev)["DirectoryDescriptions"]
        facts = [seen[member] for member in ("DirectoryId", "Type", "Stage", "ShareStatus")]
        assert facts == [self.shared, "SharedMicrosoftAD", "Active", "Shared"]
        assert seen["OwnerDirectoryDescription"]["AccountId"] == M
        self.refused("DirectoryAlreadySharedException", self.share_with(self.dev))

    def disable_and_enable_trusted_access(self):
        """What is shared stays shared; nothing new is, until trusted access is back."""
        self.aws(f"organizations disable-aws-service-access {DS}")
        assert self.trusted() == []
        self.refused("OrganizationsException", self.share_with(self.prod))
        assert self.share_status() == {self.dev: "Shared"}
        offer = self.aws(self.share_with(X, "HANDSHAKE"))["SharedDirectoryId"]
        self.aws(f"ds accept-shared-directory --shared-directory-id {offer}", X)
        assert self.share_status() == {self.dev: "Shared", X: "Shared"}
        self.unshare(X)
        self.refused("AccessDeniedException", f"organizations enable-aws-service-access {DS}", self.dev)
        self.refused("AWSOrganizationsNotInUseException", f"organizations enable-aws-service-access {DS}", X)
        self.aws(f"organizations enable-aws-service-access {DS}")
        self.aws(self.share_with(self.prod))
        assert self.share_status() == {self.dev: "Shared", self.prod: "Shared", X: "Deleted"}

    def unshare(self, account):
        """Ends a share."""
        self.aws(f"ds unshare-directory --directory-id {self.corp} --unshare-target Id={account},Type=ACCOUNT")

    def assume_roles(self):
        """M acts in dev, which it created, and not in S, which it invited."""
        assume = (
            "sts assume-role --role-session-name story --role-arn arn:aws:iam::{}:role/OrganizationAccountAccessRole"
        )
        credentials = self.aws(assume.format(self.dev))["Credentials"]
        session = {
            "AWS_SECRET_ACCESS_KEY": credentials["SecretAccessKey"],
            "AWS_SESSION_TOKEN": credentials["SessionToken"],
        }
        identity = self.aws("sts get-caller-identity", credentials["AccessKeyId"], **session)
        assert identity["Account"] == self.dev
        assert identity["Arn"] == f"arn:aws:sts::{self.dev}:assumed-role/OrganizationAccountAccessRole/story"
        self.refused("AccessDeniedException", "organizations list-accounts", credentials["AccessKeyId"], **session)
        self.refused("AccessDenied", assume.format(S))

    def take_everything_down(self, world):
        """First in the wrong order, then in the right one."""
        remove = "organizations remove-account-from-organization --account-id"
        self.refused("ClientException", f"ds delete-directory --directory-id {self.corp}")
        self.refused("OrganizationNotEmptyException", "organizations delete-organization")
        self.refused("ConstraintViolationException", f"{remove} {self.prod}")
        self.refused("MasterCannotLeaveOrganizationException", f"{remove} {M}")
        self.unshare(self.dev)
        self.unshare(self.prod)
        self.aws(f"ds delete-directory --directory-id {self.corp}")
        self.refused("EntityDoesNotExistException", f"ds describe-directories --directory-ids {self.corp}")
        self.aws(f"{remove} {S}")
        world.advance("4d")
        self.aws(f"{remove} {self.prod}")
        self.aws(f"organizations close-account --account-id {self.dev}")
        closed = self.aws(f"organizations describe-account --account-id {self.dev}")["Account"]
        assert (closed["Status"], closed["State"]) == ("SUSPENDED", "CLOSED")
        self.refused("AccountAlreadyClosedException", f"organizations close-account --account-id {self.dev}")
        world.advance("90d")
        assert [account["Id"] for account in self.aws("organizations list-accounts")["Accounts"]] == [M]
        self.aws("organizations delete-organization")
        self.refused("AWSOrganizationsNotInUseException", "organizations describe-organization")
