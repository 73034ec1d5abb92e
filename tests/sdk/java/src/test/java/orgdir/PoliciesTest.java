package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.M;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccessDeniedException;
import software.amazon.awssdk.services.organizations.model.EffectivePolicy;
import software.amazon.awssdk.services.organizations.model.EffectivePolicyType;
import software.amazon.awssdk.services.organizations.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.organizations.model.PolicyInUseException;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.organizations.model.ResourcePolicyNotFoundException;

/** Policies: in force below where they are attached, refused where they are malformed, and managed by delegates. */
@ExtendWith(Worlds.class)
final class PoliciesTest {
    private static final Map<String, ?> NO_DIRECTORIES = policy("Deny", "ds:CreateMicrosoftAD");

    private OrganizationsClient m;
    private Caller dev;
    private String account;
    private String root;
    private String unit;

    @BeforeEach
    void accountDevInAUnit(World world) {
        m = world.as(M).organizations();
        m.createOrganization(r -> { });
        root = m.listRoots().roots().get(0).id();
        unit = Grown.createUnit(m, root, "Workloads");
        account = world.as(M).createAccount("dev");
        m.moveAccount(r -> r.accountId(account).sourceParentId(root).destinationParentId(unit));
        dev = world.as(account);
    }

    @Test
    void aServiceControlPolicyIsInForceBelowItsUnitUntilItIsTakenOff(World world) {
        m.enablePolicyType(r -> r.rootId(root).policyType(PolicyType.SERVICE_CONTROL_POLICY));
        String policy = Grown.createPolicy(m, PolicyType.SERVICE_CONTROL_POLICY, "NoDirectories", NO_DIRECTORIES);
        m.attachPolicy(r -> r.policyId(policy).targetId(unit));
        AwsServiceException refused =
            assertThrows(AwsServiceException.class, () -> dev.createMicrosoftAD("corp.example.com"));
        assertEquals("AccessDeniedException", refused.awsErrorDetails().errorCode());
        world.as(M).createMicrosoftAD("corp.example.com");
        assertThrows(PolicyInUseException.class, () -> m.deletePolicy(r -> r.policyId(policy)));
        m.detachPolicy(r -> r.policyId(policy).targetId(unit));
        dev.createMicrosoftAD("corp.example.com");
        m.deletePolicy(r -> r.policyId(policy));
    }

    @Test
    void aTagPolicyIsMergedWithThoseAboveIt() {
        m.enablePolicyType(r -> r.rootId(root).policyType(PolicyType.TAG_POLICY));
        String upper =
            Grown.createPolicy(m, PolicyType.TAG_POLICY, "upper", Grown.tagPolicy("CostCenter", "sales", "support"));
        Map<String, ?> more = Map.of("tag_value", Map.of("@@append", List.of("marketing")));
        String lower =
            Grown.createPolicy(m, PolicyType.TAG_POLICY, "lower", Map.of("tags", Map.of("costcenter", more)));
        m.attachPolicy(r -> r.policyId(upper).targetId(root));
        m.attachPolicy(r -> r.policyId(lower).targetId(unit));
        EffectivePolicy seen =
            m.describeEffectivePolicy(r -> r.policyType(EffectivePolicyType.TAG_POLICY).targetId(account)).effectivePolicy();
        Map<String, ?> merged = Map.of("tag_key", "CostCenter", "tag_value", List.of("sales", "support", "marketing"));
        assertEquals(new Gson().toJsonTree(Map.of("tags", Map.of("costcenter", merged))),
            JsonParser.parseString(seen.policyContent()));
        assertEquals(seen, dev.organizations()
            .describeEffectivePolicy(r -> r.policyType(EffectivePolicyType.TAG_POLICY))
            .effectivePolicy());
    }

    @Test
    void aMalformedDocumentIsToldWhere() {
        Map<String, ?> tags = Map.of("tags", Map.of("team", Map.of("tag_key", "team")));
        assertMalformedAt("tags.team.tag_key", PolicyType.TAG_POLICY, tags);
        assertMalformedAt("Statement[0].Effect", PolicyType.SERVICE_CONTROL_POLICY, policy("Forbid", "*"));
    }

    private void assertMalformedAt(String path, PolicyType type, Map<String, ?> content) {
        MalformedPolicyDocumentException refused = assertThrows(MalformedPolicyDocumentException.class,
            () -> Grown.createPolicy(m, type, "malformed", content));
        String message = refused.awsErrorDetails().errorMessage();
        assertTrue(message.contains(path), message);
    }

    @Test
    void aDelegatedAdministratorReadsButDoesNotWrite() {
        String service = "config.amazonaws.com";
        assertThrows(AccessDeniedException.class, () -> dev.organizations().listAccounts());
        m.enableAWSServiceAccess(r -> r.servicePrincipal(service));
        m.registerDelegatedAdministrator(r -> r.accountId(account).servicePrincipal(service));
        assertEquals(2, dev.organizations().listAccounts().accounts().size());
        assertThrows(AccessDeniedException.class, this::createTagPolicyAsDev);
        m.deregisterDelegatedAdministrator(r -> r.accountId(account).servicePrincipal(service));
        assertThrows(AccessDeniedException.class, () -> dev.organizations().listAccounts());
    }

    @Test
    void aDelegateDoesWhatAResourcePolicySays() {
        Map<String, ?> statement = Map.of(
            "Effect", "Allow",
            "Principal", Map.of("AWS", "arn:aws:iam::" + account + ":root"),
            "Action", List.of("organizations:CreatePolicy", "organizations:DeletePolicy"),
            "Resource", "*",
            "Condition", Map.of("StringEquals", Map.of("organizations:PolicyType", "TAG_POLICY")));
        String content = new Gson().toJson(Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
        m.putResourcePolicy(r -> r.content(content));
        String policy = createTagPolicyAsDev();
        OrganizationsClient delegate = dev.organizations();
        assertThrows(AccessDeniedException.class, () -> Grown.createPolicy(
            delegate, PolicyType.SERVICE_CONTROL_POLICY, "NoDirectories", NO_DIRECTORIES));
        assertThrows(AccessDeniedException.class, () -> delegate.updatePolicy(r -> r.policyId(policy).name("other")));
        delegate.deletePolicy(r -> r.policyId(policy));
        m.deleteResourcePolicy(r -> { });
        assertThrows(ResourcePolicyNotFoundException.class, () -> m.describeResourcePolicy(r -> { }));
        assertThrows(AccessDeniedException.class, this::createTagPolicyAsDev);
    }

    private String createTagPolicyAsDev() {
        return Grown.createPolicy(dev.organizations(), PolicyType.TAG_POLICY, "tags", Grown.tagPolicy("team"));
    }

    private static Map<String, ?> policy(String effect, String action) {
        Map<String, ?> statement = Map.of("Effect", effect, "Action", action, "Resource", "*");
        return Map.of("Version", "2012-10-17", "Statement", List.of(statement));
    }
}
