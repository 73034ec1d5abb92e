package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.M;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.directory.model.DirectoryDescription;
import software.amazon.awssdk.services.directory.paginators.DescribeDirectoriesIterable;
import software.amazon.awssdk.services.directoryservicedata.model.UserSummary;
import software.amazon.awssdk.services.directoryservicedata.paginators.ListUsersIterable;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.Child;
import software.amazon.awssdk.services.organizations.model.ChildType;
import software.amazon.awssdk.services.organizations.model.CreateAccountStatus;
import software.amazon.awssdk.services.organizations.paginators.ListAccountsIterable;
import software.amazon.awssdk.services.organizations.paginators.ListChildrenIterable;
import software.amazon.awssdk.services.organizations.paginators.ListCreateAccountStatusIterable;

/** The SDK's paginators reach every row, once. */
@ExtendWith(Worlds.class)
final class PaginatorsTest {

    @Test
    void listAccountsYieldsTheManagementAccountAndThoseMadeInOrder(World world) {
        Caller m = world.as(M);
        List<String> expected = new ArrayList<>(List.of(M));
        expected.addAll(createAccounts(m, 25));
        ListAccountsIterable pages = m.organizations().listAccountsPaginator();
        assertEquals(expected, pages.stream().flatMap(page -> page.accounts().stream()).map(Account::id).toList());
        assertEquals(List.of(20, 6), pages.stream().map(page -> page.accounts().size()).toList());
    }

    @Test
    void listChildrenYieldsEveryAccountOfTheRoot(World world) {
        Caller m = world.as(M);
        List<String> made = createAccounts(m, 25);
        String root = m.organizations().listRoots().roots().get(0).id();
        ListChildrenIterable pages =
            m.organizations().listChildrenPaginator(r -> r.parentId(root).childType(ChildType.ACCOUNT));
        List<String> children = pages.stream().flatMap(page -> page.children().stream()).map(Child::id).toList();
        assertEquals(26, children.size());
        assertEquals(2, pages.stream().count());
        assertTrue(children.containsAll(made) && children.contains(M), children.toString());
    }

    @Test
    void listCreateAccountStatusYieldsEveryRequest(World world) {
        Caller m = world.as(M);
        List<String> made = createAccounts(m, 25);
        ListCreateAccountStatusIterable pages = m.organizations().listCreateAccountStatusPaginator();
        List<String> accounts = pages.stream()
            .flatMap(page -> page.createAccountStatuses().stream())
            .map(CreateAccountStatus::accountId)
            .toList();
        assertEquals(25, accounts.size());
        assertEquals(2, pages.stream().count());
        assertEquals(Set.copyOf(made), Set.copyOf(accounts));
    }

    @Test
    void describeDirectoriesYieldsTwelveInPagesOfFive(World world) {
        Caller m = world.as(M);
        Set<String> made = IntStream.range(0, 12)
            .mapToObj(i -> m.createMicrosoftAD("corp" + i + ".example.com"))
            .collect(Collectors.toSet());
        DescribeDirectoriesIterable pages = m.directory().describeDirectoriesPaginator(r -> r.limit(5));
        assertEquals(List.of(5, 5, 2), pages.stream().map(page -> page.directoryDescriptions().size()).toList());
        assertEquals(made,
            pages.directoryDescriptions().stream().map(DirectoryDescription::directoryId).collect(Collectors.toSet()));
    }

    @Test
    void listUsersYieldsEveryUserInPagesOfTwo(World world) {
        Caller m = world.as(M);
        String corp = m.createMicrosoftAD("corp.example.com");
        m.directory().enableDirectoryDataAccess(r -> r.directoryId(corp));
        List<UserSummary> all = m.directoryData().listUsers(r -> r.directoryId(corp)).users();
        ListUsersIterable pages = m.directoryData().listUsersPaginator(r -> r.directoryId(corp).maxResults(2));
        assertEquals(all, pages.users().stream().toList());
        assertEquals((all.size() + 1) / 2, pages.stream().count());
    }

    private static List<String> createAccounts(Caller m, int count) {
        m.organizations().createOrganization(r -> { });
        return IntStream.range(0, count).mapToObj(i -> m.createAccount("account" + i)).toList();
    }
}
