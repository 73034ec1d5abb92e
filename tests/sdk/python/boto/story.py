"""The story that every client tells, one method for each step. A step needs those before it."""

from callers import CORP, create_account, refused
from cast import BILLING, M, S, X


def target(account):
    """The account as the target of a share."""
    return {"Id": account, "Type": "ACCOUNT"}


class Story:
    """The story in one world, and what it has come to so far."""

    def __init__(self, world, aws):
        self.world, self.aws = world, aws
        self.organizations = aws("organizations", M)
        self.ds = aws("ds", M)
        self.root = self.workloads = None
        self.dev = self.prod = None
        self.corp = self.shared = self.shared_at = None

    def tell(self):
        """The whole story."""
        self.make_an_organization()
        self.make_a_directory()
        self.share_it_with_dev()
        self.disable_trusted_access()
        self.enable_trusted_access_again()
        self.ask_as_others()
        self.assume_roles()
        self.take_everything_down()

    # What is there.

    def trusted(self):
        """The service principals that have trusted access."""
        page = self.organizations.list_aws_service_access_for_organization()
        return [enabled["ServicePrincipal"] for enabled in page["EnabledServicePrincipals"]]

    def shares(self):
        """The directory's shares by account, as the owner sees them."""
        page = self.ds.describe_shared_directories(OwnerDirectoryId=self.corp)
        return {share["SharedAccountId"]: share for share in page["SharedDirectories"]}

    def share_status(self):
        """The status of each share by account."""
        return {account: share["ShareStatus"] for account, share in self.shares().items()}

    def share(self, account, method="ORGANIZATIONS"):
        """Shares the directory and returns the share's id."""
        answer = self.ds.share_directory(DirectoryId=self.corp, ShareTarget=target(account), ShareMethod=method)
        return answer["SharedDirectoryId"]

    def unshare(self, account):
        """Ends a share."""
        self.ds.unshare_directory(DirectoryId=self.corp, UnshareTarget=target(account))

    def account_ids(self):
        """The organization's accounts in their order."""
        return [account["Id"] for account in self.organizations.list_accounts()["Accounts"]]

    # Step 1.

    def make_an_organization(self):
        """An organization of two units, two created accounts and an invited one."""
        assert self.aws("sts", M).get_caller_identity()["Account"] == M
        with refused("AWSOrganizationsNotInUseException"):
            self.aws("organizations", S).describe_organization()
        organization = self.organizations.create_organization(FeatureSet="ALL")["Organization"]
        assert (organization["FeatureSet"], organization["MasterAccountId"]) == ("ALL", M)
        with refused("AlreadyInOrganizationException"):
            self.organizations.create_organization(FeatureSet="ALL")
        self.make_units()
        self.dev, self.prod = self.make_account("dev"), self.make_account("prod")
        self.move_dev()
        self.invite_s()
        accounts = self.organizations.list_accounts()["Accounts"]
        assert [(account["Id"], account["JoinedMethod"]) for account in accounts] == [
            (M, "INVITED"),
            (self.dev, "CREATED"),
            (self.prod, "CREATED"),
            (S, "INVITED"),
        ]

    def make_units(self):
        """Two units below the root."""
        (root,) = self.organizations.list_roots()["Roots"]
        assert (root["Name"], root["PolicyTypes"]) == ("Root", [])
        self.root = root["Id"]
        made = self.organizations.create_organizational_unit(ParentId=self.root, Name="Workloads")
        self.workloads = made["OrganizationalUnit"]["Id"]
        self.organizations.create_organizational_unit(ParentId=self.root, Name="Sandbox")
        with refused("DuplicateOrganizationalUnitException"):
            self.organizations.create_organizational_unit(ParentId=self.root, Name="Workloads")

    def make_account(self, name):
        """An account, whose id is known when its making is over."""
        answer = self.organizations.create_account(AccountName=name, Email=f"{name}@example.com")
        status = answer["CreateAccountStatus"]
        assert (status["State"], "AccountId" in status) == ("IN_PROGRESS", False)
        answer = self.organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])
        status = answer["CreateAccountStatus"]
        assert status["State"] == "SUCCEEDED"
        return status["AccountId"]

    def move_dev(self):
        """dev goes from the root to Workloads, once."""
        move = {"AccountId": self.dev, "SourceParentId": self.root, "DestinationParentId": self.workloads}
        self.organizations.move_account(**move)
        with refused("SourceParentNotFoundException"):
            self.organizations.move_account(**move)
        parents = self.organizations.list_parents(ChildId=self.dev)["Parents"]
        assert parents == [{"Id": self.workloads, "Type": "ORGANIZATIONAL_UNIT"}]

    def invite_s(self):
        """S is invited and accepts."""
        answer = self.organizations.invite_account_to_organization(Target=target(S))
        handshake = answer["Handshake"]
        assert (handshake["State"], handshake["Action"]) == ("OPEN", "INVITE")
        invited = self.aws("organizations", S)
        shown = invited.list_handshakes_for_account()["Handshakes"]
        assert [each["Id"] for each in shown] == [handshake["Id"]]
        accepted = invited.accept_handshake(HandshakeId=handshake["Id"])["Handshake"]
        assert accepted["State"] == "ACCEPTED"
        with refused("HandshakeAlreadyInStateException"):
            invited.accept_handshake(HandshakeId=handshake["Id"])

    # Step 2.

    def make_a_directory(self):
        """A directory, which asks for no trusted access yet."""
        self.corp = self.ds.create_microsoft_ad(**CORP)["DirectoryId"]
        (shown,) = self.ds.describe_directories(DirectoryIds=[self.corp])["DirectoryDescriptions"]
        facts = [shown[member] for member in ("Stage", "Type", "Edition", "Size")]
        assert facts == ["Active", "MicrosoftAD", "Standard", "Small"]
        assert self.trusted() == []

    # Step 3.

    def share_it_with_dev(self):
        """Sharing inside the organization turns trusted access on."""
        self.shared = self.share(self.dev)
        assert self.shared.startswith("d-")
        assert self.shared != self.corp
        assert self.share_status() == {self.dev: "Shared"}
        assert self.trusted() == ["ds.amazonaws.com"]
        self.expect_dev_uses_the_share()
        with refused("DirectoryAlreadySharedException"):
            self.share(self.dev)
        self.shared_at = self.shares()[self.dev]["LastUpdatedDateTime"]

    def expect_dev_uses_the_share(self):
        """dev sees the directory of M, and can use it."""
        (seen,) = self.aws("ds", self.dev).describe_directories()["DirectoryDescriptions"]
        facts = [seen[member] for member in ("DirectoryId", "Type", "Stage", "ShareStatus")]
        assert facts == [self.shared, "SharedMicrosoftAD", "Active", "Shared"]
        assert seen["OwnerDirectoryDescription"]["AccountId"] == M

    # Step 4.

    def disable_trusted_access(self):
        """What is shared stays shared, nothing new is shared inside the organization, handshakes go on."""
        self.world.advance("1h")
        self.organizations.disable_aws_service_access(ServicePrincipal="ds.amazonaws.com")
        assert self.trusted() == []
        assert self.share_status() == {self.dev: "Shared"}
        self.expect_dev_uses_the_share()
        with refused("OrganizationsException"):
            self.share(self.prod)
        assert self.share_status() == {self.dev: "Shared"}
        offer = self.share(X, "HANDSHAKE")
        assert self.share_status() == {self.dev: "Shared", X: "PendingAcceptance"}
        self.aws("ds", X).accept_shared_directory(SharedDirectoryId=offer)
        assert self.share_status() == {self.dev: "Shared", X: "Shared"}
        self.unshare(X)
        # The owner's list keeps the row for a while.
        assert self.share_status() == {self.dev: "Shared", X: "Deleted"}
        assert self.aws("ds", X).describe_directories()["DirectoryDescriptions"] == []

    # Step 5.

    def enable_trusted_access_again(self):
        """New shares work, and the old one never noticed."""
        self.organizations.enable_aws_service_access(ServicePrincipal="ds.amazonaws.com")
        self.share(self.prod)
        assert self.share_status() == {self.dev: "Shared", self.prod: "Shared", X: "Deleted"}
        assert self.shares()[self.dev]["LastUpdatedDateTime"] == self.shared_at

    # Step 6.

    def ask_as_others(self):
        """Who may not decide on trusted access."""
        for account, code in ((self.dev, "AccessDeniedException"), (X, "AWSOrganizationsNotInUseException")):
            other = self.aws("organizations", account)
            with refused(code):
                other.enable_aws_service_access(ServicePrincipal="ds.amazonaws.com")
            with refused(code):
                other.disable_aws_service_access(ServicePrincipal="ds.amazonaws.com")
        billing = self.aws("organizations", BILLING)
        billing.create_organization(FeatureSet="CONSOLIDATED_BILLING")
        with refused("ConstraintViolationException", "ORGANIZATION_NOT_IN_ALL_FEATURES_MODE"):
            billing.enable_aws_service_access(ServicePrincipal="ds.amazonaws.com")
        member, ds = create_account(billing, "billed"), self.aws("ds", BILLING)
        directory = ds.create_microsoft_ad(**CORP)["DirectoryId"]
        with refused("OrganizationsException"):
            ds.share_directory(DirectoryId=directory, ShareTarget=target(member), ShareMethod="ORGANIZATIONS")

    # Step 7.

    def assume_roles(self):
        """M acts in dev, which it created, and not in S, which it invited."""
        role = "arn:aws:iam::{}:role/OrganizationAccountAccessRole"
        sts = self.aws("sts", M)
        answer = sts.assume_role(RoleArn=role.format(self.dev), RoleSessionName="story")
        in_dev = self.aws.session_of(answer["Credentials"])
        identity = in_dev("sts").get_caller_identity()
        assert identity["Account"] == self.dev
        assert identity["Arn"] == f"arn:aws:sts::{self.dev}:assumed-role/OrganizationAccountAccessRole/story"
        assert in_dev("organizations").describe_organization()["Organization"]["MasterAccountId"] == M
        with refused("AccessDeniedException"):
            in_dev("organizations").list_accounts()
        with refused("AccessDenied"):
            sts.assume_role(RoleArn=role.format(S), RoleSessionName="story")

    # Step 8.

    def take_everything_down(self):
        """First in the wrong order, then in the right one."""
        self.expect_everything_is_in_use()
        self.unshare(self.dev)
        self.unshare(self.prod)
        self.ds.delete_directory(DirectoryId=self.corp)
        with refused("EntityDoesNotExistException"):
            self.ds.describe_directories(DirectoryIds=[self.corp])
        self.organizations.remove_account_from_organization(AccountId=S)
        self.world.advance("4d")
        self.organizations.remove_account_from_organization(AccountId=self.prod)
        self.close_dev()
        # The units that are left go with it.
        self.organizations.delete_organization()
        with refused("AWSOrganizationsNotInUseException"):
            self.organizations.describe_organization()

    def expect_everything_is_in_use(self):
        """Nothing goes before what depends on it."""
        with refused("ClientException"):
            self.ds.delete_directory(DirectoryId=self.corp)
        with refused("OrganizationNotEmptyException"):
            self.organizations.delete_organization()
        with refused("OrganizationalUnitNotEmptyException"):
            self.organizations.delete_organizational_unit(OrganizationalUnitId=self.workloads)
        with refused("ConstraintViolationException", "WAIT_PERIOD_ACTIVE"):
            self.organizations.remove_account_from_organization(AccountId=self.prod)
        with refused("MasterCannotLeaveOrganizationException"):
            self.organizations.remove_account_from_organization(AccountId=M)

    def close_dev(self):
        """A closed account stays for 90 days."""
        self.organizations.close_account(AccountId=self.dev)
        closed = self.organizations.describe_account(AccountId=self.dev)["Account"]
        assert closed["Status"] == "SUSPENDED"
        # The models of boto3 1.34 have no State.
        shape = self.organizations.meta.service_model.shape_for("Account")
        assert closed.get("State") == ("CLOSED" if "State" in shape.members else None)
        with refused("AccountAlreadyClosedException"):
            self.organizations.close_account(AccountId=self.dev)
        with refused("OrganizationNotEmptyException"):
            self.organizations.delete_organization()
        assert self.account_ids() == [M, self.dev]
        self.world.advance("90d")
        assert self.account_ids() == [M]
