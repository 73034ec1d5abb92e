package orgdir;

import static orgdir.Cast.BILLING;
import static orgdir.Cast.M;
import static orgdir.Cast.S;
import static orgdir.Cast.X;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Handshake;
import software.amazon.awssdk.services.organizations.model.HandshakePartyType;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.organizations.model.Tag;

/** An organization with more than a page of everything that Organizations lists, at a page size of two. */
record Grown(
    String root, List<String> accounts, List<String> units, List<String> policies, List<String> sent,
    List<String> received) {

    static final List<String> PLANS = List.of("one", "two", "three");
    static final List<String> PRINCIPALS =
        List.of("cloudtrail.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com");


    static Grown in(World world) {
        OrganizationsClient m = world.as(M).organizations();
        m.createOrganization(r -> { });
        String root = m.listRoots().roots().get(0).id();
        List<String> accounts = IntStream.range(0, 5).mapToObj(i -> world.as(M).createAccount("account" + i)).toList();
        List<String> units =
            List.of("Sandbox", "Security", "Workloads").stream().map(name -> createUnit(m, root, name)).toList();
        List<Tag> tags = List.of("cost", "stage", "team").stream()
            .map(key -> Tag.builder().key(key).value("any").build())
            .toList();
        m.tagResource(r -> r.resourceId(accounts.get(0)).tags(tags));
        delegate(m, accounts);
        List<String> policies = attachPolicies(m, root, units);
        List<String> sent = List.of(S, "555555555555", "666666666666").stream()
            .map(account -> invite(m, account).id())
            .toList();
        List<String> received = new ArrayList<>(sent.subList(0, 1));
        for (String account : List.of(X, BILLING)) {
            OrganizationsClient other = world.as(account).organizations();
            other.createOrganization(r -> { });
            received.add(invite(other, S).id());
        }
        return new Grown(root, accounts, units, policies, sent, received);
    }

    /** One account administers three services, and two more the first of them. */
    private static void delegate(OrganizationsClient m, List<String> accounts) {
        for (String principal : PRINCIPALS) {
            m.enableAWSServiceAccess(r -> r.servicePrincipal(principal));
            m.registerDelegatedAdministrator(r -> r.accountId(accounts.get(0)).servicePrincipal(principal));
        }
        for (String account : accounts.subList(1, 3)) {
            m.registerDelegatedAdministrator(r -> r.accountId(account).servicePrincipal(PRINCIPALS.get(0)));
        }
    }

    /** Two backup policies at the root that are too much together, and three tag policies at each unit. */
    private static List<String> attachPolicies(OrganizationsClient m, String root, List<String> units) {
        m.enablePolicyType(r -> r.rootId(root).policyType(PolicyType.BACKUP_POLICY));
        m.enablePolicyType(r -> r.rootId(root).policyType(PolicyType.TAG_POLICY));
        for (int[] range : new int[][] {{0, 10}, {10, 11}}) {
            String policy = createPolicy(m, PolicyType.BACKUP_POLICY, "from" + range[0], backupPolicy(range[0], range[1]));
            m.attachPolicy(r -> r.policyId(policy).targetId(root));
        }
        List<String> policies = List.of("a", "b", "c").stream()
            .map(key -> createPolicy(m, PolicyType.TAG_POLICY, key, tagPolicy(key)))
            .toList();
        policies.forEach(policy -> units.forEach(unit -> m.attachPolicy(r -> r.policyId(policy).targetId(unit))));
        return policies;
    }

    /** Makes a unit and answers its id. */
    static String createUnit(OrganizationsClient m, String parent, String name) {
        return m.createOrganizationalUnit(r -> r.parentId(parent).name(name)).organizationalUnit().id();
    }

    /** Makes a policy and answers its id. */
    static String createPolicy(OrganizationsClient m, PolicyType type, String name, Map<String, ?> content) {
        String text = new Gson().toJson(content);
        return m.createPolicy(r -> r.type(type).name(name).description("").content(text)).policy().policySummary().id();
    }

    static Handshake invite(OrganizationsClient m, String account) {
        return m.inviteAccountToOrganization(r -> r.target(party -> party.id(account).type(HandshakePartyType.ACCOUNT)))
            .handshake();
    }

    /** A tag policy that spells one key, and allows these values of it. */
    static Map<String, ?> tagPolicy(String key, String... values) {
        Map<String, Object> rule = new LinkedHashMap<>(Map.of("tag_key", assign(key)));
        if (values.length > 0) {
            rule.put("tag_value", assign(values));
        }
        return Map.of("tags", Map.of(key, rule));
    }

    /** A backup policy with three plans, each with some rules. AWS allows ten rules with an hourly schedule in a plan. */
    private static Map<String, ?> backupPolicy(int from, int to) {
        Map<String, Object> rules = new LinkedHashMap<>();
        IntStream.range(from, to).forEach(i -> rules.put("rule" + i, Map.of(
            "schedule_expression", assign("cron(0 5/1 ? * * *)"),
            "target_backup_vault_name", assign("vault"))));
        Map<String, ?> data = Map.of(
            "iam_role_arn", assign("arn:aws:iam::$account:role/Backup"),
            "tag_key", assign("backup"),
            "tag_value", assign(List.of("yes")));
        Map<String, Object> plans = new LinkedHashMap<>();
        PLANS.forEach(name -> plans.put(name, Map.of(
            "regions", assign(List.of("us-east-1")),
            "rules", rules,
            "selections", Map.of("tags", Map.of("data", data)))));
        return Map.of("plans", plans);
    }

    private static Map<String, ?> assign(Object value) {
        return Map.of("@@assign", value);
    }
}
