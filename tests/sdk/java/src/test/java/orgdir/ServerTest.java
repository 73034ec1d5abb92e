package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static orgdir.Cast.M;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.directory.model.OrganizationsException;
import software.amazon.awssdk.services.directory.model.ShareMethod;

/** Servers that a test has for itself. */
final class ServerTest {
    @Test
    void sigtermEndsItWithExitCodeZero() throws Exception {
        Server server = Server.start();
        server.bareWorld().as(M).organizations().createOrganization(r -> { });
        assertEquals(0, server.terminate());
    }

    @Test
    void withStrictTrustedAccessSharingIsRefusedUntilItIsEnabled() throws Exception {
        try (Server server = Server.start("--share-trusted-access", "strict")) {
            Caller m = server.bareWorld().as(M);
            m.organizations().createOrganization(r -> { });
            String dev = m.createAccount("dev");
            String corp = m.createMicrosoftAD("corp.example.com");
            assertThrows(OrganizationsException.class, () -> m.share(corp, dev, ShareMethod.ORGANIZATIONS));
            assertEquals(List.of(), m.trustedServices());
            m.organizations().enableAWSServiceAccess(r -> r.servicePrincipal("ds.amazonaws.com"));
            m.share(corp, dev, ShareMethod.ORGANIZATIONS);
            assertEquals(List.of("ds.amazonaws.com"), m.trustedServices());
        }
    }
}
