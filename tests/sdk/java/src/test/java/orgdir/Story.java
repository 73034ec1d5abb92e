package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.BILLING;
import static orgdir.Cast.M;
import static orgdir.Cast.S;
import static orgdir.Cast.X;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.directory.model.ClientException;
import software.amazon.awssdk.services.directory.model.DirectoryAlreadySharedException;
import software.amazon.awssdk.services.directory.model.DirectoryDescription;
import software.amazon.awssdk.services.directory.model.DirectoryEdition;
import software.amazon.awssdk.services.directory.model.DirectorySize;
import software.amazon.awssdk.services.directory.model.DirectoryStage;
import software.amazon.awssdk.services.directory.model.DirectoryType;
import software.amazon.awssdk.services.directory.model.EntityDoesNotExistException;
import software.amazon.awssdk.services.directory.model.OrganizationsException;
import software.amazon.awssdk.services.directory.model.ShareMethod;
import software.amazon.awssdk.services.directory.model.ShareStatus;
import software.amazon.awssdk.services.directory.model.SharedDirectory;
import software.amazon.awssdk.services.organizations.model.AccessDeniedException;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.AccountAlreadyClosedException;
import software.amazon.awssdk.services.organizations.model.AccountState;
import software.amazon.awssdk.services.organizations.model.AccountStatus;
import software.amazon.awssdk.services.organizations.model.ActionType;
import software.amazon.awssdk.services.organizations.model.AlreadyInOrganizationException;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.organizations.model.ConstraintViolationException;
import software.amazon.awssdk.services.organizations.model.ConstraintViolationExceptionReason;
import software.amazon.awssdk.services.organizations.model.CreateAccountState;
import software.amazon.awssdk.services.organizations.model.CreateAccountStatus;
import software.amazon.awssdk.services.organizations.model.DuplicateOrganizationalUnitException;
import software.amazon.awssdk.services.organizations.model.Handshake;
import software.amazon.awssdk.services.organizations.model.HandshakeAlreadyInStateException;
import software.amazon.awssdk.services.organizations.model.HandshakePartyType;
import software.amazon.awssdk.services.organizations.model.HandshakeState;
import software.amazon.awssdk.services.organizations.model.MasterCannotLeaveOrganizationException;
import software.amazon.awssdk.services.organizations.model.Organization;
import software.amazon.awssdk.services.organizations.model.OrganizationFeatureSet;
import software.amazon.awssdk.services.organizations.model.OrganizationNotEmptyException;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnitNotEmptyException;
import software.amazon.awssdk.services.organizations.model.Root;
import software.amazon.awssdk.services.organizations.model.SourceParentNotFoundException;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** From an account without an organization to one without an organization again, in eight steps that build on each other. */
@ExtendWith(Worlds.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class Story {
    private static final String DS = "ds.amazonaws.com";

    private World world;
    private Caller m;
    private Caller s;
    private Caller x;

    private String organization;
    private String root;
    private String workloads;
    private String sandbox;
    private String dev;
    private String prod;
    private String corp;
    private String sharedWithDev;
    private Instant sharedWithDevUpdated;

    /** Where it plays. */
    abstract World stage(Server server);

    @BeforeAll
    void takePlaces(Server server) {
        world = stage(server);
        m = world.as(M);
        s = world.as(S);
        x = world.as(X);
    }

    @Test
    @Order(1)
    void step1_anOrganizationWithUnitsAndAccounts() {
        assertEquals(M, m.sts().getCallerIdentity().account());
        assertThrows(AwsOrganizationsNotInUseException.class, () -> s.organizations().describeOrganization());
        Organization made = m.organizations().createOrganization(r -> r.featureSet(OrganizationFeatureSet.ALL)).organization();
        assertEquals(OrganizationFeatureSet.ALL, made.featureSet());
        assertEquals(M, made.masterAccountId());
        organization = made.id();
        assertThrows(AlreadyInOrganizationException.class,
            () -> m.organizations().createOrganization(r -> r.featureSet(OrganizationFeatureSet.ALL)));

        List<Root> roots = m.organizations().listRoots().roots();
        assertEquals(List.of("Root"), roots.stream().map(Root::name).toList());
        assertTrue(roots.get(0).policyTypes().isEmpty());
        root = roots.get(0).id();
        workloads = createUnit("Workloads");
        sandbox = createUnit("Sandbox");
        assertThrows(DuplicateOrganizationalUnitException.class, () -> createUnit("Workloads"));

        dev = createAccount("dev");
        prod = createAccount("prod");
        moveDevToWorkloads();
        assertThrows(SourceParentNotFoundException.class, this::moveDevToWorkloads);
        assertEquals(workloads, m.organizations().listParents(r -> r.childId(dev)).parents().get(0).id());

        Handshake invitation = m.organizations()
            .inviteAccountToOrganization(r -> r.target(target -> target.type(HandshakePartyType.ACCOUNT).id(S)))
            .handshake();
        assertEquals(HandshakeState.OPEN, invitation.state());
        assertEquals(ActionType.INVITE, invitation.action());
        assertEquals(List.of(invitation.id()),
            s.organizations().listHandshakesForAccount().handshakes().stream().map(Handshake::id).toList());
        assertEquals(HandshakeState.ACCEPTED,
            s.organizations().acceptHandshake(r -> r.handshakeId(invitation.id())).handshake().state());
        assertThrows(HandshakeAlreadyInStateException.class,
            () -> s.organizations().acceptHandshake(r -> r.handshakeId(invitation.id())));

        List<Account> accounts = m.organizations().listAccounts().accounts();
        assertEquals(List.of(M, dev, prod, S), accounts.stream().map(Account::id).toList());
        assertEquals(List.of("INVITED", "CREATED", "CREATED", "INVITED"),
            accounts.stream().map(Account::joinedMethodAsString).toList());
    }

    @Test
    @Order(2)
    void step2_aDirectory() {
        corp = m.createMicrosoftAD("corp.example.com");
        DirectoryDescription made =
            m.directory().describeDirectories(r -> r.directoryIds(corp)).directoryDescriptions().get(0);
        assertEquals(DirectoryStage.ACTIVE, made.stage());
        assertEquals(DirectoryType.MICROSOFT_AD, made.type());
        assertEquals(DirectoryEdition.STANDARD, made.edition());
        assertEquals(DirectorySize.SMALL, made.size());
        assertEquals(List.of(), m.trustedServices());
    }

    @Test
    @Order(3)
    void step3_sharingItTurnsTrustedAccessOn() {
        sharedWithDev = m.share(corp, dev, ShareMethod.ORGANIZATIONS);
        assertTrue(sharedWithDev.startsWith("d-"), sharedWithDev);
        SharedDirectory row = shares().get(0);
        assertEquals(ShareStatus.SHARED, row.shareStatus());
        assertEquals(List.of(DS), m.trustedServices());

        DirectoryDescription seen = world.as(dev).directory().describeDirectories().directoryDescriptions().get(0);
        assertEquals(sharedWithDev, seen.directoryId());
        assertEquals(DirectoryType.SHARED_MICROSOFT_AD, seen.type());
        assertEquals(DirectoryStage.ACTIVE, seen.stage());
        assertEquals(ShareStatus.SHARED, seen.shareStatus());
        assertEquals(M, seen.ownerDirectoryDescription().accountId());
        assertThrows(DirectoryAlreadySharedException.class, () -> m.share(corp, dev, ShareMethod.ORGANIZATIONS));

        sharedWithDevUpdated = row.lastUpdatedDateTime();
        world.advance("1h");
    }

    @Test
    @Order(4)
    void step4_withoutTrustedAccessOldSharesStayAndNewOnesAreRefused() {
        m.organizations().disableAWSServiceAccess(r -> r.servicePrincipal(DS));
        assertEquals(List.of(), m.trustedServices());
        assertEquals(ShareStatus.SHARED, share(sharedWithDev).shareStatus());
        DirectoryDescription seen = world.as(dev).directory().describeDirectories().directoryDescriptions().get(0);
        assertEquals(DirectoryStage.ACTIVE, seen.stage());
        assertEquals(ShareStatus.SHARED, seen.shareStatus());
        assertThrows(OrganizationsException.class, () -> m.share(corp, prod, ShareMethod.ORGANIZATIONS));
        assertEquals(1, shares().size());

        String offered = m.share(corp, X, ShareMethod.HANDSHAKE);
        assertEquals(ShareStatus.PENDING_ACCEPTANCE, share(offered).shareStatus());
        x.directory().acceptSharedDirectory(r -> r.sharedDirectoryId(offered));
        assertEquals(ShareStatus.SHARED, share(offered).shareStatus());
        m.unshare(corp, X);
    }

    @Test
    @Order(5)
    void step5_withTrustedAccessAgainNewSharesWorkAndTheOldOneNeverChanged() {
        m.organizations().enableAWSServiceAccess(r -> r.servicePrincipal(DS));
        String sharedWithProd = m.share(corp, prod, ShareMethod.ORGANIZATIONS);
        assertEquals(ShareStatus.SHARED, share(sharedWithProd).shareStatus());
        assertEquals(ShareStatus.SHARED, share(sharedWithDev).shareStatus());
        assertEquals(sharedWithDevUpdated, share(sharedWithDev).lastUpdatedDateTime());
    }

    @Test
    @Order(6)
    void step6_whoMayNotDecideOnTrustedAccess() {
        Caller asDev = world.as(dev);
        assertThrows(AccessDeniedException.class,
            () -> asDev.organizations().enableAWSServiceAccess(r -> r.servicePrincipal(DS)));
        assertThrows(AccessDeniedException.class,
            () -> asDev.organizations().disableAWSServiceAccess(r -> r.servicePrincipal(DS)));
        assertThrows(AwsOrganizationsNotInUseException.class,
            () -> x.organizations().enableAWSServiceAccess(r -> r.servicePrincipal(DS)));
        assertThrows(AwsOrganizationsNotInUseException.class,
            () -> x.organizations().disableAWSServiceAccess(r -> r.servicePrincipal(DS)));

        Caller billing = world.as(BILLING);
        billing.organizations().createOrganization(r -> r.featureSet(OrganizationFeatureSet.CONSOLIDATED_BILLING));
        String member = billing.createAccount("billed");
        ConstraintViolationException refused = assertThrows(ConstraintViolationException.class,
            () -> billing.organizations().enableAWSServiceAccess(r -> r.servicePrincipal(DS)));
        assertEquals(ConstraintViolationExceptionReason.ORGANIZATION_NOT_IN_ALL_FEATURES_MODE, refused.reason());
        String directory = billing.createMicrosoftAD("billing.example.com");
        assertThrows(OrganizationsException.class, () -> billing.share(directory, member, ShareMethod.ORGANIZATIONS));
    }

    @Test
    @Order(7)
    void step7_theRoleOfACreatedAccount() {
        Credentials keys = m.sts().assumeRole(r -> r.roleArn(roleOf(dev)).roleSessionName("story")).credentials();
        Caller session = Caller.with(world.endpoint(), StaticCredentialsProvider.create(
            AwsSessionCredentials.create(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())));
        GetCallerIdentityResponse identity = session.sts().getCallerIdentity();
        assertEquals(dev, identity.account());
        assertEquals("arn:aws:sts::" + dev + ":assumed-role/OrganizationAccountAccessRole/story", identity.arn());
        assertEquals(organization, session.organizations().describeOrganization().organization().id());
        assertThrows(AccessDeniedException.class, () -> session.organizations().listAccounts());

        StsException refused = assertThrows(StsException.class,
            () -> m.sts().assumeRole(r -> r.roleArn(roleOf(S)).roleSessionName("story")));
        assertEquals("AccessDenied", refused.awsErrorDetails().errorCode());
    }

    @Test
    @Order(8)
    void step8_everythingIsTakenDownInTheWrongOrderFirst() {
        assertThrows(ClientException.class, () -> m.directory().deleteDirectory(r -> r.directoryId(corp)));
        assertThrows(OrganizationNotEmptyException.class, () -> m.organizations().deleteOrganization());
        assertThrows(OrganizationalUnitNotEmptyException.class, () -> deleteUnit(workloads));
        ConstraintViolationException tooSoon = assertThrows(ConstraintViolationException.class, () -> remove(prod));
        assertEquals(ConstraintViolationExceptionReason.WAIT_PERIOD_ACTIVE, tooSoon.reason());
        assertThrows(MasterCannotLeaveOrganizationException.class, () -> remove(M));

        m.unshare(corp, dev);
        m.unshare(corp, prod);
        m.directory().deleteDirectory(r -> r.directoryId(corp));
        assertThrows(EntityDoesNotExistException.class,
            () -> m.directory().describeDirectories(r -> r.directoryIds(corp)));

        remove(S);
        world.advance("4d");
        remove(prod);
        m.organizations().closeAccount(r -> r.accountId(dev));
        Account closed = m.organizations().describeAccount(r -> r.accountId(dev)).account();
        assertEquals(AccountStatus.SUSPENDED, closed.status());
        assertEquals(AccountState.CLOSED, closed.state());
        assertThrows(AccountAlreadyClosedException.class, () -> m.organizations().closeAccount(r -> r.accountId(dev)));
        assertThrows(OrganizationNotEmptyException.class, () -> m.organizations().deleteOrganization());

        world.advance("90d");
        assertEquals(List.of(M), m.organizations().listAccounts().accounts().stream().map(Account::id).toList());
        deleteUnit(workloads);
        deleteUnit(sandbox);
        m.organizations().deleteOrganization();
        assertThrows(AwsOrganizationsNotInUseException.class, () -> m.organizations().describeOrganization());
    }

    private String createUnit(String name) {
        return m.organizations().createOrganizationalUnit(r -> r.parentId(root).name(name)).organizationalUnit().id();
    }

    private void deleteUnit(String id) {
        m.organizations().deleteOrganizationalUnit(r -> r.organizationalUnitId(id));
    }

    private String createAccount(String name) {
        CreateAccountStatus asked =
            m.organizations().createAccount(r -> r.accountName(name).email(name + "@example.com")).createAccountStatus();
        assertEquals(CreateAccountState.IN_PROGRESS, asked.state());
        assertNull(asked.accountId());
        CreateAccountStatus made =
            m.organizations().describeCreateAccountStatus(r -> r.createAccountRequestId(asked.id())).createAccountStatus();
        assertEquals(CreateAccountState.SUCCEEDED, made.state());
        return made.accountId();
    }

    private void moveDevToWorkloads() {
        m.organizations().moveAccount(r -> r.accountId(dev).sourceParentId(root).destinationParentId(workloads));
    }

    private void remove(String account) {
        m.organizations().removeAccountFromOrganization(r -> r.accountId(account));
    }

    private List<SharedDirectory> shares() {
        return m.directory().describeSharedDirectories(r -> r.ownerDirectoryId(corp)).sharedDirectories();
    }

    private SharedDirectory share(String id) {
        return m.directory()
            .describeSharedDirectories(r -> r.ownerDirectoryId(corp).sharedDirectoryIds(id))
            .sharedDirectories()
            .get(0);
    }

    private static String roleOf(String account) {
        return "arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole";
    }
}
