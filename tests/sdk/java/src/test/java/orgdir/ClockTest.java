package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static orgdir.Cast.M;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.directory.model.DirectoryDescription;
import software.amazon.awssdk.services.directory.model.DirectoryStage;
import software.amazon.awssdk.services.organizations.model.CreateAccountState;
import software.amazon.awssdk.services.organizations.model.CreateAccountStatus;

/** A frozen clock, moved by hand: slow work goes stage by stage, and what happened is dated to the millisecond. */
@ExtendWith(Worlds.class)
final class ClockTest {
    private World world;
    private Caller m;

    @BeforeEach
    void atRealPaceWithAFrozenClock(World own) {
        world = own;
        world.freeze();
        world.pace("real");
        m = world.as(M);
    }

    @Test
    void aDirectoryIsRequestedThenCreatingThenActive() {
        Instant asked = world.now();
        String corp = m.createMicrosoftAD("corp.example.com");
        assertEquals(DirectoryStage.REQUESTED, describe(corp).stage());
        assertEquals(asked, describe(corp).launchTime());
        world.advance("2m");
        assertEquals(DirectoryStage.CREATING, describe(corp).stage());
        world.advance("60m");
        assertEquals(DirectoryStage.ACTIVE, describe(corp).stage());
        assertEquals(asked, describe(corp).launchTime());
    }

    @Test
    void anAccountIsInProgressForTwoMinutes() {
        m.organizations().createOrganization(r -> { });
        Instant asked = world.now();
        String request = m.organizations()
            .createAccount(r -> r.accountName("dev").email("dev@example.com"))
            .createAccountStatus()
            .id();
        assertEquals(CreateAccountState.IN_PROGRESS, status(request).state());
        world.advance("2m");
        CreateAccountStatus made = status(request);
        assertEquals(CreateAccountState.SUCCEEDED, made.state());
        assertEquals(asked, made.requestedTimestamp());
        assertNotNull(made.completedTimestamp());
        assertEquals(made.completedTimestamp(),
            m.organizations().describeAccount(r -> r.accountId(made.accountId())).account().joinedTimestamp());
    }

    @Test
    void theClockMovesByWhatItIsAdvancedBy() {
        Instant before = world.now();
        world.advance("90d");
        assertEquals(before.plus(Duration.ofDays(90)), world.now());
    }

    private DirectoryDescription describe(String id) {
        return m.directory().describeDirectories(r -> r.directoryIds(id)).directoryDescriptions().get(0);
    }

    private CreateAccountStatus status(String request) {
        return m.organizations().describeCreateAccountStatus(r -> r.createAccountRequestId(request)).createAccountStatus();
    }
}
