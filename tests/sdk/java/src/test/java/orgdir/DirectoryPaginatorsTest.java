package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static orgdir.Cast.M;

import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;
import software.amazon.awssdk.services.directory.DirectoryClient;
import software.amazon.awssdk.services.directory.model.AssessmentSummary;
import software.amazon.awssdk.services.directory.model.CertificateInfo;
import software.amazon.awssdk.services.directory.model.ClientAuthenticationSettingInfo;
import software.amazon.awssdk.services.directory.model.DirectoryDescription;
import software.amazon.awssdk.services.directory.model.DomainController;
import software.amazon.awssdk.services.directory.model.IpRouteInfo;
import software.amazon.awssdk.services.directory.model.LDAPSSettingInfo;
import software.amazon.awssdk.services.directory.model.LogSubscription;
import software.amazon.awssdk.services.directory.model.RegionDescription;
import software.amazon.awssdk.services.directory.model.SchemaExtensionInfo;
import software.amazon.awssdk.services.directory.model.SharedDirectory;
import software.amazon.awssdk.services.directory.model.Snapshot;
import software.amazon.awssdk.services.directory.model.Tag;
import software.amazon.awssdk.services.directory.model.Trust;
import software.amazon.awssdk.services.directory.model.UpdateInfoEntry;
import software.amazon.awssdk.services.directory.model.UpdateType;
import software.amazon.awssdk.services.directoryservicedata.DirectoryServiceDataClient;
import software.amazon.awssdk.services.directoryservicedata.model.AttributeValue;
import software.amazon.awssdk.services.directoryservicedata.model.Group;
import software.amazon.awssdk.services.directoryservicedata.model.GroupSummary;
import software.amazon.awssdk.services.directoryservicedata.model.Member;
import software.amazon.awssdk.services.directoryservicedata.model.User;
import software.amazon.awssdk.services.directoryservicedata.model.UserSummary;

/**
 * Each of the SDK's paginators for Directory Service and Directory Service Data yields everything once and in order, at a page
 * size of two.
 */
@ExtendWith(Worlds.class)
final class DirectoryPaginatorsTest {
    private Directories made;
    private DirectoryClient ds;

    @Test
    void everyPaginatorOfDirectoryService(World world) {
        made = Directories.in(world);
        ds = world.as(M).directory();
        theDirectories();
        theDomain();
        theSecurity();
    }

    private void theDirectories() {
        check(made.ids(), size -> pages(ds.describeDirectoriesPaginator(r -> r.limit(size)),
            page -> page.directoryDescriptions().stream().map(DirectoryDescription::directoryId).toList()));
        check(Directories.ACCOUNTS, size -> pages(
            ds.describeSharedDirectoriesPaginator(r -> r.limit(size).ownerDirectoryId(made.corp())),
            page -> page.sharedDirectories().stream().map(SharedDirectory::sharedAccountId).toList()));
        check(made.assessments(), size -> pages(ds.listADAssessmentsPaginator(r -> r.limit(size)),
            page -> page.assessments().stream().map(AssessmentSummary::assessmentId).toList()));
        check(made.ids().subList(0, 5), size -> pages(ds.listLogSubscriptionsPaginator(r -> r.limit(size)),
            page -> page.logSubscriptions().stream().map(LogSubscription::directoryId).toList()));
        // They take no page size, or do not heed it: that of the tags is reserved.
        whole(Directories.REGIONS, pages(ds.describeRegionsPaginator(r -> r.directoryId(made.corp())),
            page -> page.regionsDescription().stream().map(RegionDescription::regionName).toList()));
        whole(Collections.nCopies(5, "Customer"), pages(
            ds.describeUpdateDirectoryPaginator(r -> r.directoryId(made.corp()).updateType(UpdateType.OS)),
            page -> page.updateActivities().stream().map(UpdateInfoEntry::initiatedBy).toList()));
        whole(Directories.TAGS, pages(ds.listTagsForResourcePaginator(r -> r.resourceId(made.corp())),
            page -> page.tags().stream().map(Tag::key).toList()));
    }

    private void theDomain() {
        String corp = made.corp();
        check(Collections.nCopies(5, "Active"), size -> pages(
            ds.describeDomainControllersPaginator(r -> r.limit(size).directoryId(corp)),
            page -> page.domainControllers().stream().map(DomainController::statusAsString).toList()));
        check(made.snapshots(), size -> pages(ds.describeSnapshotsPaginator(r -> r.limit(size).directoryId(corp)),
            page -> page.snapshots().stream().map(Snapshot::snapshotId).toList()));
        check(made.trusts(), size -> pages(ds.describeTrustsPaginator(r -> r.limit(size).directoryId(corp)),
            page -> page.trusts().stream().map(Trust::trustId).toList()));
        check(Directories.ROUTES, size -> pages(ds.listIpRoutesPaginator(r -> r.limit(size).directoryId(corp)),
            page -> page.ipRoutesInfo().stream().map(IpRouteInfo::cidrIp).toList()));
        check(made.extensions(), size -> pages(ds.listSchemaExtensionsPaginator(r -> r.limit(size).directoryId(corp)),
            page -> page.schemaExtensionsInfo().stream().map(SchemaExtensionInfo::schemaExtensionId).toList()));
    }

    private void theSecurity() {
        check(Directories.AUTHORITIES, size -> pages(
            ds.listCertificatesPaginator(r -> r.limit(size).directoryId(made.corp())),
            page -> page.certificatesInfo().stream().map(CertificateInfo::commonName).toList()));
        check(List.of("Enabled"), size -> pages(
            ds.describeLDAPSSettingsPaginator(r -> r.limit(size).directoryId(made.corp())),
            page -> page.ldapsSettingsInfo().stream().map(LDAPSSettingInfo::ldapsStatusAsString).toList()));
        check(List.of("SmartCard"), size -> pages(
            ds.describeClientAuthenticationSettingsPaginator(r -> r.limit(size).directoryId(made.connector())),
            page -> page.clientAuthenticationSettingsInfo()
                .stream()
                .map(ClientAuthenticationSettingInfo::typeAsString)
                .toList()));
    }

    @Test
    void everyPaginatorOfDirectoryServiceData(World world) {
        Caller m = world.as(M);
        DirectoryServiceDataClient data = m.directoryData();
        String corp = m.createMicrosoftAD("corp.example.com");
        m.directory().enableDirectoryDataAccess(r -> r.directoryId(corp));
        List<String> users = IntStream.range(0, 5).mapToObj("user-%d"::formatted).toList();
        List<String> groups = IntStream.range(0, 5).mapToObj("group-%d"::formatted).toList();
        users.forEach(name -> data.createUser(r -> r.directoryId(corp).samAccountName(name).surname("Doe")));
        groups.forEach(name -> data.createGroup(r -> r.directoryId(corp)
            .samAccountName(name)
            .otherAttributes(Collections.singletonMap("displayName", AttributeValue.fromS("team")))));
        groups.forEach(name ->
            data.addGroupMember(r -> r.directoryId(corp).groupName(name).memberName(users.get(0))));
        users.subList(1, 5).forEach(name ->
            data.addGroupMember(r -> r.directoryId(corp).groupName(groups.get(0)).memberName(name)));

        check(users, size -> pages(
            data.listGroupMembersPaginator(r -> r.directoryId(corp).maxResults(size).samAccountName(groups.get(0))),
            page -> page.members().stream().map(Member::samAccountName).toList()));
        check(users, size -> pages(
            data.searchUsersPaginator(
                r -> r.directoryId(corp).maxResults(size).searchString("doe").searchAttributes("sn")),
            page -> page.users().stream().map(User::samAccountName).toList()));
        check(groups, size -> pages(
            data.searchGroupsPaginator(
                r -> r.directoryId(corp).maxResults(size).searchString("team").searchAttributes("displayName")),
            page -> page.groups().stream().map(Group::samAccountName).toList()));
        // These hold more than what was made.
        same(size -> pages(data.listGroupsPaginator(r -> r.directoryId(corp).maxResults(size)),
            page -> page.groups().stream().map(GroupSummary::samAccountName).toList()));
        same(size -> pages(data.listUsersPaginator(r -> r.directoryId(corp).maxResults(size)),
            page -> page.users().stream().map(UserSummary::samAccountName).toList()));
        same(size -> pages(
            data.listGroupsForMemberPaginator(r -> r.directoryId(corp).maxResults(size).samAccountName(users.get(0))),
            page -> page.groups().stream().map(GroupSummary::samAccountName).toList()));
    }

    private static void check(List<String> expected, Function<Integer, List<List<String>>> list) {
        whole(expected, list.apply(null));
        same(list);
    }

    private static void whole(List<String> expected, List<List<String>> pages) {
        assertEquals(1, pages.size());
        assertEquals(expected.stream().sorted().toList(), pages.get(0).stream().sorted().toList());
    }

    /** Asked without a page size and with one, a list is the same. */
    private static void same(Function<Integer, List<List<String>>> list) {
        List<String> whole = list.apply(null).stream().flatMap(List::stream).toList();
        List<List<String>> pairs = IntStream.range(0, (whole.size() + 1) / 2)
            .mapToObj(i -> whole.subList(2 * i, Math.min(2 * i + 2, whole.size())))
            .toList();
        assertEquals(pairs, list.apply(2));
    }

    private static <P> List<List<String>> pages(SdkIterable<P> paginator, Function<P, List<String>> ids) {
        return StreamSupport.stream(paginator.spliterator(), false).map(ids).toList();
    }
}
