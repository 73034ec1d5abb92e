package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.M;
import static orgdir.Cast.S;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;

/** The SDK's provider assumes the role of a created account by itself. */
@ExtendWith(Worlds.class)
final class AssumeRoleTest {
    @Test
    void clientsActAsTheSessionOfACreatedAccount(World world) {
        Caller m = world.as(M);
        m.organizations().createOrganization(r -> { });
        String dev = m.createAccount("dev");
        try (StsAssumeRoleCredentialsProvider provider = provider(m, dev)) {
            Caller session = Caller.with(world.endpoint(), provider);
            assertEquals("arn:aws:sts::" + dev + ":assumed-role/OrganizationAccountAccessRole/provider",
                session.sts().getCallerIdentity().arn());
            String made = session.createMicrosoftAD("dev.example.com");
            assertEquals(made, world.as(dev).directory().describeDirectories().directoryDescriptions().get(0).directoryId());
            AwsSessionCredentials keys = (AwsSessionCredentials) provider.resolveCredentials();
            assertTrue(keys.expirationTime().orElseThrow().isAfter(Instant.EPOCH));
        }
        assertEquals(1, world.events("AssumeRole").size(), "one session serves all calls");
    }

    @Test
    void anAccountOutsideHasNoSuchRole(World world) {
        try (StsAssumeRoleCredentialsProvider provider = provider(world.as(M), S)) {
            Caller session = Caller.with(world.endpoint(), provider);
            StsException refused = assertThrows(StsException.class, () -> session.sts().getCallerIdentity());
            assertEquals("AccessDenied", refused.awsErrorDetails().errorCode());
        }
    }

    private static StsAssumeRoleCredentialsProvider provider(Caller from, String account) {
        return StsAssumeRoleCredentialsProvider.builder()
            .stsClient(from.sts())
            .refreshRequest(r -> r.roleArn("arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole")
                .roleSessionName("provider"))
            .build();
    }
}
