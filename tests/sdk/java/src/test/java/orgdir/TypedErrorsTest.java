package orgdir;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.M;
import static orgdir.Cast.X;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.directory.DirectoryClient;
import software.amazon.awssdk.services.directory.model.CertificateDoesNotExistException;
import software.amazon.awssdk.services.directory.model.ClientException;
import software.amazon.awssdk.services.directory.model.DirectoryDoesNotExistException;
import software.amazon.awssdk.services.directory.model.DirectoryException;
import software.amazon.awssdk.services.directory.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.directory.model.EntityDoesNotExistException;
import software.amazon.awssdk.services.directory.model.InvalidCertificateException;
import software.amazon.awssdk.services.directory.model.InvalidNextTokenException;
import software.amazon.awssdk.services.directory.model.InvalidParameterException;
import software.amazon.awssdk.services.directory.model.LDAPSType;
import software.amazon.awssdk.services.directory.model.NoAvailableCertificateException;
import software.amazon.awssdk.services.directory.model.ShareMethod;
import software.amazon.awssdk.services.directory.model.UnsupportedOperationException;
import software.amazon.awssdk.services.organizations.model.AccountNotFoundException;
import software.amazon.awssdk.services.organizations.model.ConstraintViolationException;
import software.amazon.awssdk.services.organizations.model.ConstraintViolationExceptionReason;
import software.amazon.awssdk.services.organizations.model.InvalidInputException;
import software.amazon.awssdk.services.organizations.model.InvalidInputExceptionReason;

/** A refusal arrives as the SDK's own exception class, with its members and its request id. */
@ExtendWith(Worlds.class)
final class TypedErrorsTest {
    private Caller m;

    @BeforeEach
    void inAnOrganization(World world) {
        m = world.as(M);
        m.organizations().createOrganization(r -> { });
    }

    @Test
    void anUnknownAccountIsNotFound() {
        AccountNotFoundException refused = assertThrows(AccountNotFoundException.class,
            () -> m.organizations().describeAccount(r -> r.accountId("999999999999")));
        assertEquals(400, refused.statusCode());
        assertEquals("AccountNotFoundException", refused.awsErrorDetails().errorCode());
        assertEquals("Organizations", refused.awsErrorDetails().serviceName());
    }

    @Test
    void aConstraintNamesItsReason() {
        String young = m.createAccount("young");
        ConstraintViolationException refused = assertThrows(ConstraintViolationException.class,
            () -> m.organizations().removeAccountFromOrganization(r -> r.accountId(young)));
        assertEquals(ConstraintViolationExceptionReason.WAIT_PERIOD_ACTIVE, refused.reason());
    }

    @Test
    void anInputOutsideItsPatternNamesItsReason() {
        InvalidInputException refused = assertThrows(InvalidInputException.class,
            () -> m.organizations().describeAccount(r -> r.accountId("abc")));
        // AWS names the member too, which the SDK's words do not.
        assertEquals("INVALID_PATTERN:ACCOUNT_ID", refused.reasonAsString());
    }

    @Test
    void aBadTokenOfListAccountsNamesItsReason() {
        InvalidInputException refused = assertThrows(InvalidInputException.class,
            () -> m.organizations().listAccounts(r -> r.nextToken("garbage")));
        assertEquals(InvalidInputExceptionReason.INVALID_NEXT_TOKEN, refused.reason());
    }

    @Test
    void aBadTokenOfDescribeDirectoriesHasAnExceptionOfItsOwn() {
        assertThrows(InvalidNextTokenException.class, () -> m.directory().describeDirectories(r -> r.nextToken("garbage")));
    }

    @Test
    void anUnknownDirectoryIsNamedWithTheRequestIdOfTheAnswer() {
        EntityDoesNotExistException refused = assertThrows(EntityDoesNotExistException.class,
            () -> m.directory().describeDirectories(r -> r.directoryIds("d-1234567890")));
        String message = refused.awsErrorDetails().errorMessage();
        assertTrue(message.endsWith(" : RequestId: " + refused.requestId()), message);
        assertEquals(refused.requestId(), refused.directoryRequestId());
        assertDoesNotThrow(() -> UUID.fromString(refused.requestId()));
    }

    @Test
    void refusalsOfDirectoryServiceHaveClassesAndNameTheirRequest() {
        DirectoryClient ds = m.directory();
        String corp = m.createMicrosoftAD("corp.example.com");
        m.share(corp, X, ShareMethod.HANDSHAKE);
        ds.createLogSubscription(r -> r.directoryId(corp).logGroupName("logs"));
        Map<Class<? extends DirectoryException>, Executable> refusals = Map.of(
            CertificateDoesNotExistException.class,
            () -> ds.describeCertificate(r -> r.directoryId(corp).certificateId("c-9067000000")),
            ClientException.class, () -> ds.deleteDirectory(r -> r.directoryId(corp)),
            DirectoryDoesNotExistException.class, () -> ds.listCertificates(r -> r.directoryId("d-9067000000")),
            EntityAlreadyExistsException.class,
            () -> ds.createLogSubscription(r -> r.directoryId(corp).logGroupName("logs")),
            EntityDoesNotExistException.class, () -> ds.deleteTrust(r -> r.trustId("t-9067000000")),
            InvalidCertificateException.class,
            () -> ds.registerCertificate(r -> r.directoryId(corp).certificateData("no certificate")),
            InvalidParameterException.class, () -> ds.startADAssessment(r -> { }),
            NoAvailableCertificateException.class, () -> ds.enableLDAPS(r -> r.directoryId(corp).type(LDAPSType.CLIENT)),
            UnsupportedOperationException.class, () -> ds.describeRegions(r -> r.directoryId(corp)));
        refusals.forEach((type, call) -> {
            DirectoryException refused = assertThrows(type, call);
            assertEquals(type.getSimpleName(), refused.awsErrorDetails().errorCode());
            // Some of these classes have a requestId of their own, which hides that of the answer.
            String id = refused.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amzn-RequestId").orElseThrow();
            String message = refused.awsErrorDetails().errorMessage();
            assertTrue(message.endsWith(" : RequestId: " + id), message);
        });
    }

    @Test
    void everyAnswerHasARequestIdOfItsOwn() {
        String first = m.organizations().describeOrganization().responseMetadata().requestId();
        String second = m.organizations().describeOrganization().responseMetadata().requestId();
        assertDoesNotThrow(() -> UUID.fromString(first));
        assertNotEquals(first, second);
        assertDoesNotThrow(() -> UUID.fromString(m.directory().describeDirectories().responseMetadata().requestId()));
        assertDoesNotThrow(() -> UUID.fromString(m.sts().getCallerIdentity().responseMetadata().requestId()));
    }
}
