package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.M;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.directoryservicedata.DirectoryServiceDataClient;
import software.amazon.awssdk.services.directoryservicedata.model.AccessDeniedException;
import software.amazon.awssdk.services.directoryservicedata.model.ConflictException;
import software.amazon.awssdk.services.directoryservicedata.model.DescribeUserResponse;
import software.amazon.awssdk.services.directoryservicedata.model.ResourceNotFoundException;
import software.amazon.awssdk.services.directoryservicedata.model.UserSummary;

/** The users inside a directory. */
@ExtendWith(Worlds.class)
final class DirectoryDataTest {
    private static final Set<String> BUILT_IN = Set.of("Administrator", "Guest", "krbtgt", "Admin");

    private Caller m;
    private DirectoryServiceDataClient users;
    private String corp;

    @BeforeEach
    void withADirectory(World world) {
        m = world.as(M);
        users = m.directoryData();
        corp = m.createMicrosoftAD("corp.example.com");
    }

    @Test
    void dataAccessIsEnabledFirst() {
        assertThrows(AccessDeniedException.class, () -> users.listUsers(r -> r.directoryId(corp)));
        m.directory().enableDirectoryDataAccess(r -> r.directoryId(corp));
        assertTrue(names().containsAll(BUILT_IN), names().toString());
    }

    @Test
    void aUserIsMadeOnceAndFoundAgain() {
        m.directory().enableDirectoryDataAccess(r -> r.directoryId(corp));
        String sid = users.createUser(r -> r.directoryId(corp).samAccountName("john.doe").givenName("John")).sid();
        DescribeUserResponse john = users.describeUser(r -> r.directoryId(corp).samAccountName("john.doe"));
        assertEquals(sid, john.sid());
        assertEquals("John", john.givenName());
        assertFalse(john.enabled());
        assertTrue(john.distinguishedName().contains("OU=Users,OU=corp"), john.distinguishedName());
        assertThrows(ConflictException.class,
            () -> users.createUser(r -> r.directoryId(corp).samAccountName("john.doe")));
        assertTrue(names().containsAll(BUILT_IN) && names().contains("john.doe"), names().toString());
    }

    @Test
    void aStrangerIsNotFound() {
        m.directory().enableDirectoryDataAccess(r -> r.directoryId(corp));
        assertThrows(ResourceNotFoundException.class,
            () -> users.describeUser(r -> r.directoryId(corp).samAccountName("stranger")));
    }

    private Set<String> names() {
        return users.listUsers(r -> r.directoryId(corp))
            .users()
            .stream()
            .map(UserSummary::samAccountName)
            .collect(Collectors.toSet());
    }
}
