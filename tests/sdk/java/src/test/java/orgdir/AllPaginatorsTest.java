package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static orgdir.Cast.M;
import static orgdir.Cast.S;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.Child;
import software.amazon.awssdk.services.organizations.model.ChildType;
import software.amazon.awssdk.services.organizations.model.CreateAccountStatus;
import software.amazon.awssdk.services.organizations.model.DelegatedAdministrator;
import software.amazon.awssdk.services.organizations.model.DelegatedService;
import software.amazon.awssdk.services.organizations.model.EffectivePolicyType;
import software.amazon.awssdk.services.organizations.model.EffectivePolicyValidationError;
import software.amazon.awssdk.services.organizations.model.EnabledServicePrincipal;
import software.amazon.awssdk.services.organizations.model.Handshake;
import software.amazon.awssdk.services.organizations.model.OrganizationalUnit;
import software.amazon.awssdk.services.organizations.model.Parent;
import software.amazon.awssdk.services.organizations.model.PolicySummary;
import software.amazon.awssdk.services.organizations.model.PolicyTargetSummary;
import software.amazon.awssdk.services.organizations.model.PolicyType;
import software.amazon.awssdk.services.organizations.model.Root;
import software.amazon.awssdk.services.organizations.model.Tag;

/** Each of the SDK's paginators for Organizations yields everything once and in order, at a page size of two. */
@ExtendWith(Worlds.class)
final class AllPaginatorsTest {
    private Grown grown;
    private OrganizationsClient m;

    @Test
    void everyPaginatorYieldsEverythingOnceAndInOrder(World world) {
        grown = Grown.in(world);
        m = world.as(M).organizations();
        theTree();
        thePolicies();
        theDelegates();
        theHandshakes(world.as(S).organizations());
    }

    private void theTree() {
        String one = grown.accounts().get(0);
        List<String> all = new ArrayList<>(grown.accounts());
        all.add(M);
        check(all, size -> pages(m.listAccountsPaginator(r -> r.maxResults(size)),
            page -> page.accounts().stream().map(Account::id).toList()));
        check(all, size -> pages(m.listAccountsForParentPaginator(r -> r.maxResults(size).parentId(grown.root())),
            page -> page.accounts().stream().map(Account::id).toList()));
        check(all, size -> pages(
            m.listChildrenPaginator(r -> r.maxResults(size).parentId(grown.root()).childType(ChildType.ACCOUNT)),
            page -> page.children().stream().map(Child::id).toList()));
        check(grown.accounts(), size -> pages(m.listCreateAccountStatusPaginator(r -> r.maxResults(size)),
            page -> page.createAccountStatuses().stream().map(CreateAccountStatus::accountId).toList()));
        check(grown.units(), size -> pages(
            m.listOrganizationalUnitsForParentPaginator(r -> r.maxResults(size).parentId(grown.root())),
            page -> page.organizationalUnits().stream().map(OrganizationalUnit::id).toList()));
        check(List.of(grown.root()), size -> pages(m.listParentsPaginator(r -> r.maxResults(size).childId(one)),
            page -> page.parents().stream().map(Parent::id).toList()));
        check(List.of(grown.root()), size -> pages(m.listRootsPaginator(r -> r.maxResults(size)),
            page -> page.roots().stream().map(Root::id).toList()));
        // The tags of a resource fit on a page, whose size cannot be asked for.
        assertEquals(List.of(List.of("cost", "stage", "team")), pages(
            m.listTagsForResourcePaginator(r -> r.resourceId(one)),
            page -> page.tags().stream().map(Tag::key).toList()));
    }

    private void thePolicies() {
        String one = grown.accounts().get(0);
        List<String> all = new ArrayList<>(grown.accounts());
        all.add(M);
        List<String> errors = Grown.PLANS.stream().map(plan -> "plans/" + plan + "/rules").toList();
        check(all, size -> pages(
            m.listAccountsWithInvalidEffectivePolicyPaginator(
                r -> r.maxResults(size).policyType(EffectivePolicyType.BACKUP_POLICY)),
            page -> page.accounts().stream().map(Account::id).toList()));
        check(errors, size -> pages(
            m.listEffectivePolicyValidationErrorsPaginator(
                r -> r.maxResults(size).accountId(one).policyType(EffectivePolicyType.BACKUP_POLICY)),
            page -> page.effectivePolicyValidationErrors()
                .stream()
                .map(EffectivePolicyValidationError::pathToError)
                .toList()));
        check(grown.policies(), size -> pages(
            m.listPoliciesPaginator(r -> r.maxResults(size).filter(PolicyType.TAG_POLICY)),
            page -> page.policies().stream().map(PolicySummary::id).toList()));
        check(grown.policies(), size -> pages(
            m.listPoliciesForTargetPaginator(
                r -> r.maxResults(size).targetId(grown.units().get(0)).filter(PolicyType.TAG_POLICY)),
            page -> page.policies().stream().map(PolicySummary::id).toList()));
        check(grown.units(), size -> pages(
            m.listTargetsForPolicyPaginator(r -> r.maxResults(size).policyId(grown.policies().get(0))),
            page -> page.targets().stream().map(PolicyTargetSummary::targetId).toList()));
    }

    private void theDelegates() {
        String one = grown.accounts().get(0);
        check(Grown.PRINCIPALS, size -> pages(m.listAWSServiceAccessForOrganizationPaginator(r -> r.maxResults(size)),
            page -> page.enabledServicePrincipals().stream().map(EnabledServicePrincipal::servicePrincipal).toList()));
        check(grown.accounts().subList(0, 3), size -> pages(
            m.listDelegatedAdministratorsPaginator(r -> r.maxResults(size)),
            page -> page.delegatedAdministrators().stream().map(DelegatedAdministrator::id).toList()));
        check(Grown.PRINCIPALS, size -> pages(
            m.listDelegatedServicesForAccountPaginator(r -> r.maxResults(size).accountId(one)),
            page -> page.delegatedServices().stream().map(DelegatedService::servicePrincipal).toList()));
    }

    private void theHandshakes(OrganizationsClient s) {
        check(grown.received(), size -> pages(s.listHandshakesForAccountPaginator(r -> r.maxResults(size)),
            page -> page.handshakes().stream().map(Handshake::id).toList()));
        check(grown.sent(), size -> pages(m.listHandshakesForOrganizationPaginator(r -> r.maxResults(size)),
            page -> page.handshakes().stream().map(Handshake::id).toList()));
    }

    /** Asked without a page size and with one, a list is the same. */
    private static void check(List<String> expected, Function<Integer, List<List<String>>> list) {
        List<List<String>> pages = list.apply(null);
        assertEquals(1, pages.size());
        List<String> whole = pages.get(0);
        assertEquals(expected.stream().sorted().toList(), whole.stream().sorted().toList());
        List<List<String>> pairs = IntStream.range(0, (whole.size() + 1) / 2)
            .mapToObj(i -> whole.subList(2 * i, Math.min(2 * i + 2, whole.size())))
            .toList();
        assertEquals(pairs, list.apply(2));
    }

    private static <P> List<List<String>> pages(SdkIterable<P> paginator, Function<P, List<String>> ids) {
        return StreamSupport.stream(paginator.spliterator(), false).map(ids).toList();
    }
}
