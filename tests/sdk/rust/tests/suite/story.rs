//! From an account without an organization to one without an organization again, in eight steps that build on each
//! other.

use aws_credential_types::Credentials;
use aws_sdk_directory::primitives::DateTime;
use aws_sdk_directory::types::{
    DirectoryDescription, DirectoryEdition, DirectorySize, DirectoryStage, DirectoryType, ShareMethod, ShareStatus,
    SharedDirectory,
};
use aws_sdk_organizations::operation::create_organizational_unit::builders::CreateOrganizationalUnitFluentBuilder;
use aws_sdk_organizations::operation::delete_organizational_unit::builders::DeleteOrganizationalUnitFluentBuilder;
use aws_sdk_organizations::operation::enable_aws_service_access::EnableAWSServiceAccessError;
use aws_sdk_organizations::operation::remove_account_from_organization::RemoveAccountFromOrganizationError;
use aws_sdk_organizations::operation::remove_account_from_organization::builders::RemoveAccountFromOrganizationFluentBuilder;
use aws_sdk_organizations::types::{
    Account, AccountJoinedMethod, AccountState, AccountStatus, ActionType, ConstraintViolationExceptionReason,
    CreateAccountState, HandshakeParty, HandshakePartyType, HandshakeState, OrganizationFeatureSet,
};
use aws_sdk_sts::error::ProvideErrorMetadata;

use crate::caller::Caller;
use crate::cast::{BILLING, M, S, X};
use crate::refused::{refused, refused_with_code};
use crate::server::Server;
use crate::world::World;

const DS: &str = "ds.amazonaws.com";

#[tokio::test]
async fn in_a_world() {
    play(&World::of("story")).await;
}

#[tokio::test]
async fn at_the_bare_url() {
    play(&Server::start(&[]).bare_world()).await;
}

async fn play(world: &World) {
    let story = Story { world, m: world.caller(M), s: world.caller(S), x: world.caller(X) };
    let tree = story.step_1_an_organization_with_units_and_accounts().await;
    let corp = story.step_2_a_directory().await;
    let share = story.step_3_sharing_it_turns_trusted_access_on(&tree, &corp).await;
    story.step_4_without_trusted_access_old_shares_stay_and_new_ones_are_refused(&tree, &corp, &share).await;
    story.step_5_with_trusted_access_again_new_shares_work(&tree, &corp, &share).await;
    story.step_6_who_may_not_decide_on_trusted_access(&tree).await;
    story.step_7_the_role_of_a_created_account(&tree).await;
    story.step_8_everything_is_taken_down_in_the_wrong_order_first(&tree, &corp).await;
}

struct Story<'a> {
    world: &'a World,
    m: Caller,
    s: Caller,
    x: Caller,
}

/// The tree that the first step builds.
struct Tree {
    organization: String,
    workloads: String,
    sandbox: String,
    dev: String,
    prod: String,
}

/// The directory as dev has it, and when its share last changed.
struct SharedWithDev {
    id: String,
    updated: DateTime,
}

impl Story<'_> {
    async fn step_1_an_organization_with_units_and_accounts(&self) -> Tree {
        let identity = self.m.sts.get_caller_identity().send().await.expect("an identity");
        assert_eq!(identity.account(), Some(M));
        refused!(self.s.organizations.describe_organization(), is_aws_organizations_not_in_use_exception);
        let create = || self.m.organizations.create_organization().feature_set(OrganizationFeatureSet::All);
        let organization = create().send().await.expect("an organization").organization.expect("an organization");
        assert_eq!(organization.feature_set, Some(OrganizationFeatureSet::All));
        assert_eq!(organization.master_account_id(), Some(M));
        refused!(create(), is_already_in_organization_exception);

        let roots = self.m.organizations.list_roots().send().await.expect("roots").roots.expect("roots");
        let [root] = roots.as_slice() else { panic!("one root: {roots:?}") };
        assert_eq!(root.name(), Some("Root"));
        assert!(root.policy_types().is_empty());
        let root = root.id().expect("a root has an id");
        let workloads = unit_id(self.create_unit(root, "Workloads")).await;
        let sandbox = unit_id(self.create_unit(root, "Sandbox")).await;
        refused!(self.create_unit(root, "Workloads"), is_duplicate_organizational_unit_exception);

        let dev = self.create_account("dev").await;
        let prod = self.create_account("prod").await;
        let move_dev = || {
            self.m
                .organizations
                .move_account()
                .account_id(&dev)
                .source_parent_id(root)
                .destination_parent_id(&workloads)
        };
        move_dev().send().await.expect("dev moves");
        refused!(move_dev(), is_source_parent_not_found_exception);
        let parents = self.m.organizations.list_parents().child_id(&dev).send().await.expect("parents");
        assert_eq!(parents.parents()[0].id(), Some(workloads.as_str()));

        self.invite_s().await;
        let accounts = self.accounts().await;
        let ids: Vec<_> = accounts.iter().filter_map(Account::id).collect();
        assert_eq!(ids, [M, &dev, &prod, S]);
        let joined: Vec<_> = accounts.iter().filter_map(Account::joined_method).cloned().collect();
        let (invited, created) = (AccountJoinedMethod::Invited, AccountJoinedMethod::Created);
        assert_eq!(joined, [invited.clone(), created.clone(), created, invited]);
        Tree { organization: organization.id.expect("an id"), workloads, sandbox, dev, prod }
    }

    async fn step_2_a_directory(&self) -> String {
        let corp = self.m.create_microsoft_ad("corp.example.com").await;
        let made = directory(self.m.directory.describe_directories().directory_ids(&corp)).await;
        assert_eq!(made.stage, Some(DirectoryStage::Active));
        assert_eq!(made.r#type, Some(DirectoryType::MicrosoftAd));
        assert_eq!(made.edition, Some(DirectoryEdition::Standard));
        assert_eq!(made.size, Some(DirectorySize::Small));
        assert!(self.m.trusted_services().await.is_empty());
        corp
    }

    async fn step_3_sharing_it_turns_trusted_access_on(&self, tree: &Tree, corp: &str) -> SharedWithDev {
        let share = || self.m.share(corp, &tree.dev, ShareMethod::Organizations);
        let id = share().send().await.expect("a share").shared_directory_id.expect("a share has an id");
        assert!(id.starts_with("d-"), "{id}");
        let row = self.shared(corp, &id).await;
        assert_eq!(row.share_status, Some(ShareStatus::Shared));
        assert_eq!(self.m.trusted_services().await, [DS]);

        let seen = directory(self.world.caller(&tree.dev).directory.describe_directories()).await;
        assert_eq!(seen.directory_id(), Some(id.as_str()));
        assert_eq!(seen.r#type, Some(DirectoryType::SharedMicrosoftAd));
        assert_eq!(seen.stage, Some(DirectoryStage::Active));
        assert_eq!(seen.share_status, Some(ShareStatus::Shared));
        assert_eq!(seen.owner_directory_description().and_then(|owner| owner.account_id()), Some(M));
        refused!(share(), is_directory_already_shared_exception);
        self.world.advance("1h");
        SharedWithDev { id, updated: row.last_updated_date_time.expect("a share is dated") }
    }

    async fn step_4_without_trusted_access_old_shares_stay_and_new_ones_are_refused(
        &self,
        tree: &Tree,
        corp: &str,
        share: &SharedWithDev,
    ) {
        let disable = self.m.organizations.disable_aws_service_access().service_principal(DS);
        disable.send().await.expect("trusted access is disabled");
        assert!(self.m.trusted_services().await.is_empty());
        assert_eq!(self.shared(corp, &share.id).await.share_status, Some(ShareStatus::Shared));
        let seen = directory(self.world.caller(&tree.dev).directory.describe_directories()).await;
        assert_eq!(seen.stage, Some(DirectoryStage::Active));
        assert_eq!(seen.share_status, Some(ShareStatus::Shared));
        refused!(self.m.share(corp, &tree.prod, ShareMethod::Organizations), is_organizations_exception);
        let rows =
            self.m.directory.describe_shared_directories().owner_directory_id(corp).send().await.expect("shares");
        assert_eq!(rows.shared_directories().len(), 1);

        let offer = self.m.share(corp, X, ShareMethod::Handshake).send().await.expect("an offer");
        let offered = offer.shared_directory_id.expect("an offer has an id");
        assert_eq!(self.shared(corp, &offered).await.share_status, Some(ShareStatus::PendingAcceptance));
        let accept = self.x.directory.accept_shared_directory().shared_directory_id(&offered);
        accept.send().await.expect("the offer is accepted");
        assert_eq!(self.shared(corp, &offered).await.share_status, Some(ShareStatus::Shared));
        self.m.unshare(corp, X).await;
    }

    async fn step_5_with_trusted_access_again_new_shares_work(&self, tree: &Tree, corp: &str, share: &SharedWithDev) {
        let enable = self.m.organizations.enable_aws_service_access().service_principal(DS);
        enable.send().await.expect("trusted access is enabled");
        let made = self.m.share(corp, &tree.prod, ShareMethod::Organizations).send().await.expect("a share");
        let with_prod = self.shared(corp, made.shared_directory_id().expect("a share has an id")).await;
        assert_eq!(with_prod.share_status, Some(ShareStatus::Shared));
        let with_dev = self.shared(corp, &share.id).await;
        assert_eq!(with_dev.share_status, Some(ShareStatus::Shared));
        assert_eq!(with_dev.last_updated_date_time, Some(share.updated));
    }

    async fn step_6_who_may_not_decide_on_trusted_access(&self, tree: &Tree) {
        let dev = self.world.caller(&tree.dev).organizations;
        refused!(dev.enable_aws_service_access().service_principal(DS), is_access_denied_exception);
        refused!(dev.disable_aws_service_access().service_principal(DS), is_access_denied_exception);
        let x = &self.x.organizations;
        refused!(x.enable_aws_service_access().service_principal(DS), is_aws_organizations_not_in_use_exception);
        refused!(x.disable_aws_service_access().service_principal(DS), is_aws_organizations_not_in_use_exception);

        let billing = self.world.caller(BILLING);
        let create =
            billing.organizations.create_organization().feature_set(OrganizationFeatureSet::ConsolidatedBilling);
        create.send().await.expect("an organization");
        let member = billing.create_account("billed").await;
        let enable = billing.organizations.enable_aws_service_access().service_principal(DS);
        let error = refused!(enable, is_constraint_violation_exception);
        let EnableAWSServiceAccessError::ConstraintViolationException(constraint) = error else { unreachable!() };
        assert_eq!(constraint.reason, Some(ConstraintViolationExceptionReason::OrganizationNotInAllFeaturesMode));
        let domain = billing.create_microsoft_ad("billing.example.com").await;
        refused!(billing.share(&domain, &member, ShareMethod::Organizations), is_organizations_exception);
    }

    async fn step_7_the_role_of_a_created_account(&self, tree: &Tree) {
        let assume = |account: &str| {
            let role = format!("arn:aws:iam::{account}:role/OrganizationAccountAccessRole");
            self.m.sts.assume_role().role_arn(role).role_session_name("story")
        };
        let dev = &tree.dev;
        let keys = assume(dev).send().await.expect("a session").credentials.expect("a session has keys");
        let keys = Credentials::from_keys(keys.access_key_id, keys.secret_access_key, Some(keys.session_token));
        let session = Caller::with(self.world.endpoint(), keys);
        let identity = session.sts.get_caller_identity().send().await.expect("an identity");
        assert_eq!(identity.account(), Some(dev.as_str()));
        let arn = format!("arn:aws:sts::{dev}:assumed-role/OrganizationAccountAccessRole/story");
        assert_eq!(identity.arn(), Some(arn.as_str()));
        let seen = session.organizations.describe_organization().send().await.expect("members may see it");
        let organization = seen.organization.expect("an organization");
        assert_eq!(organization.id(), Some(tree.organization.as_str()));
        refused!(session.organizations.list_accounts(), is_access_denied_exception);
        refused_with_code!(assume(S), "AccessDenied");
    }

    async fn step_8_everything_is_taken_down_in_the_wrong_order_first(&self, tree: &Tree, corp: &str) {
        let m = &self.m.organizations;
        refused!(self.m.directory.delete_directory().directory_id(corp), is_client_exception);
        refused!(m.delete_organization(), is_organization_not_empty_exception);
        refused!(self.delete_unit(&tree.workloads), is_organizational_unit_not_empty_exception);
        let error = refused!(self.remove(&tree.prod), is_constraint_violation_exception);
        let RemoveAccountFromOrganizationError::ConstraintViolationException(too_soon) = error else { unreachable!() };
        assert_eq!(too_soon.reason, Some(ConstraintViolationExceptionReason::WaitPeriodActive));
        refused!(self.remove(M), is_master_cannot_leave_organization_exception);

        self.m.unshare(corp, &tree.dev).await;
        self.m.unshare(corp, &tree.prod).await;
        self.m.directory.delete_directory().directory_id(corp).send().await.expect("the directory is deleted");
        let describe = self.m.directory.describe_directories().directory_ids(corp);
        refused!(describe, is_entity_does_not_exist_exception);

        self.remove(S).send().await.expect("S was invited and may go at once");
        self.world.advance("4d");
        self.remove(&tree.prod).send().await.expect("prod may go after four days");
        let close = || m.close_account().account_id(&tree.dev);
        close().send().await.expect("dev is closed");
        let closed = m.describe_account().account_id(&tree.dev).send().await.expect("dev is there").account;
        let closed = closed.expect("an account");
        // The SDK marks Status as outdated; AWS still answers it.
        #[allow(deprecated)]
        let status = closed.status;
        assert_eq!(status, Some(AccountStatus::Suspended));
        assert_eq!(closed.state, Some(AccountState::Closed));
        refused!(close(), is_account_already_closed_exception);
        refused!(m.delete_organization(), is_organization_not_empty_exception);

        self.world.advance("90d");
        let left = self.accounts().await;
        assert_eq!(left.iter().filter_map(Account::id).collect::<Vec<_>>(), [M]);
        self.delete_unit(&tree.workloads).send().await.expect("an empty unit may go");
        self.delete_unit(&tree.sandbox).send().await.expect("an empty unit may go");
        m.delete_organization().send().await.expect("an empty organization may go");
        refused!(m.describe_organization(), is_aws_organizations_not_in_use_exception);
    }

    async fn create_account(&self, name: &str) -> String {
        let request = self.m.organizations.create_account().account_name(name).email(format!("{name}@example.com"));
        let asked = request.send().await.expect("a request").create_account_status.expect("a status");
        assert_eq!(asked.state, Some(CreateAccountState::InProgress));
        assert_eq!(asked.account_id, None);
        let describe = self.m.organizations.describe_create_account_status();
        let made = describe.create_account_request_id(asked.id.expect("a request has an id")).send().await;
        let made = made.expect("the request is known").create_account_status.expect("a status");
        assert_eq!(made.state, Some(CreateAccountState::Succeeded));
        made.account_id.expect("a made account has an id")
    }

    async fn invite_s(&self) {
        let target = HandshakeParty::builder().id(S).r#type(HandshakePartyType::Account).build();
        let invite = self.m.organizations.invite_account_to_organization();
        let invitation = invite.target(target.expect("the party is complete")).send().await.expect("an invitation");
        let invitation = invitation.handshake.expect("a handshake");
        assert_eq!(invitation.state, Some(HandshakeState::Open));
        assert_eq!(invitation.action, Some(ActionType::InviteAccountToOrganization));
        let id = invitation.id.expect("a handshake has an id");

        let received = self.s.organizations.list_handshakes_for_account().send().await.expect("handshakes");
        let ids: Vec<_> = received.handshakes().iter().filter_map(|one| one.id()).collect();
        assert_eq!(ids, [id.as_str()]);
        let accept = || self.s.organizations.accept_handshake().handshake_id(&id);
        let accepted = accept().send().await.expect("S accepts").handshake.expect("a handshake");
        assert_eq!(accepted.state, Some(HandshakeState::Accepted));
        refused!(accept(), is_handshake_already_in_state_exception);
    }

    async fn accounts(&self) -> Vec<Account> {
        self.m.organizations.list_accounts().send().await.expect("accounts").accounts.expect("accounts")
    }

    async fn shared(&self, corp: &str, id: &str) -> SharedDirectory {
        let describe = self.m.directory.describe_shared_directories().owner_directory_id(corp).shared_directory_ids(id);
        let rows = describe.send().await.expect("shares").shared_directories.expect("shares");
        rows.into_iter().next().expect("the share is listed")
    }

    fn create_unit(&self, root: &str, name: &str) -> CreateOrganizationalUnitFluentBuilder {
        self.m.organizations.create_organizational_unit().parent_id(root).name(name)
    }

    fn delete_unit(&self, id: &str) -> DeleteOrganizationalUnitFluentBuilder {
        self.m.organizations.delete_organizational_unit().organizational_unit_id(id)
    }

    fn remove(&self, account: &str) -> RemoveAccountFromOrganizationFluentBuilder {
        self.m.organizations.remove_account_from_organization().account_id(account)
    }
}

async fn unit_id(create: CreateOrganizationalUnitFluentBuilder) -> String {
    let unit = create.send().await.expect("a unit").organizational_unit.expect("a unit");
    unit.id.expect("a unit has an id")
}

/// The first directory of an answer.
async fn directory(
    describe: aws_sdk_directory::operation::describe_directories::builders::DescribeDirectoriesFluentBuilder,
) -> DirectoryDescription {
    let found = describe.send().await.expect("directories").directory_descriptions.expect("directories");
    found.into_iter().next().expect("a directory")
}
