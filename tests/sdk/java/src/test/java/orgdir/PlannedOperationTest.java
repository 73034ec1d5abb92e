package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.directory.waiters.DirectoryWaiter;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.PolicyType;

/** What orgdir does not answer yet is refused in a way that no client tries again. */
@ExtendWith(Worlds.class)
final class PlannedOperationTest {
    /** The operations of Organizations that can be called without an input, where planned ones are looked for first. */
    private static final SortedMap<String, Consumer<OrganizationsClient>> WITHOUT_INPUT = new TreeMap<>();

    static {
        WITHOUT_INPUT.put("DeleteResourcePolicy", client -> client.deleteResourcePolicy(r -> { }));
        WITHOUT_INPUT.put("DescribeResourcePolicy", client -> client.describeResourcePolicy(r -> { }));
        WITHOUT_INPUT.put("EnableAllFeatures", client -> client.enableAllFeatures(r -> { }));
        WITHOUT_INPUT.put("LeaveOrganization", client -> client.leaveOrganization(r -> { }));
        WITHOUT_INPUT.put("ListDelegatedAdministrators", client -> client.listDelegatedAdministrators(r -> { }));
        WITHOUT_INPUT.put("ListHandshakesForOrganization", client -> client.listHandshakesForOrganization(r -> { }));
    }

    @Test
    void aPlannedOperationIsCalledExactlyOnce(World world) {
        List<String> planned = world.planned("organizations");
        Optional<String> bare = WITHOUT_INPUT.keySet().stream().filter(planned::contains).findFirst();
        assumeTrue(bare.isPresent() || planned.contains("CreatePolicy"), "none of these operations is planned any more");
        String operation = bare.orElse("CreatePolicy");
        Consumer<OrganizationsClient> call = bare.map(WITHOUT_INPUT::get)
            .orElse(client -> client.createPolicy(
                r -> r.name("all").description("all").content("{}").type(PolicyType.SERVICE_CONTROL_POLICY)));

        AwsServiceException refused =
            assertThrows(AwsServiceException.class, () -> call.accept(world.as("111111111111").organizations()));
        assertEquals("OrgdirOperationPlanned", refused.awsErrorDetails().errorCode());
        assertEquals(List.of("OrgdirOperationPlanned"),
            world.events(operation).stream().map(World.Event::outcome).toList());
    }

    /** The SDK has one waiter for these services, on DescribeHybridADUpdate. A refusal ends it, planned or not. */
    @Test
    void aWaiterGivesUpAtTheFirstRefusal(World world) {
        try (DirectoryWaiter waiter = DirectoryWaiter.builder().client(world.as("111111111111").directory()).build()) {
            SdkClientException ended = assertThrows(SdkClientException.class,
                () -> waiter.waitUntilHybridADUpdated(r -> r.directoryId("d-1234567890")));
            assertInstanceOf(AwsServiceException.class, ended.getCause());
        }
        assertEquals(1, world.events("DescribeHybridADUpdate").size());
    }
}
