package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static orgdir.Cast.M;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.directory.waiters.DirectoryWaiter;

/** What orgdir does not answer yet is refused in a way that no client tries again. */
@ExtendWith(Worlds.class)
final class PlannedOperationTest {
    @Test
    void aPlannedOperationIsCalledExactlyOnce(World world) {
        AwsServiceException refused =
            assertThrows(AwsServiceException.class, () -> world.as(M).sts().getSessionToken());
        assertEquals("OrgdirOperationPlanned", refused.awsErrorDetails().errorCode());
        assertEquals(List.of("OrgdirOperationPlanned"),
            world.events("GetSessionToken").stream().map(World.Event::outcome).toList());
    }

    /** The SDK has one waiter for these services, on DescribeHybridADUpdate. A refusal ends it, planned or not. */
    @Test
    void aWaiterGivesUpAtTheFirstRefusal(World world) {
        try (DirectoryWaiter waiter = DirectoryWaiter.builder().client(world.as(M).directory()).build()) {
            SdkClientException ended = assertThrows(SdkClientException.class,
                () -> waiter.waitUntilHybridADUpdated(r -> r.directoryId("d-1234567890")));
            assertInstanceOf(AwsServiceException.class, ended.getCause());
        }
        assertEquals(1, world.events("DescribeHybridADUpdate").size());
    }
}
