package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.M;
import static orgdir.Cast.S;
import static orgdir.Cast.X;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.AccessDeniedException;
import software.amazon.awssdk.services.organizations.model.Account;
import software.amazon.awssdk.services.organizations.model.ActionType;
import software.amazon.awssdk.services.organizations.model.DuplicateHandshakeException;
import software.amazon.awssdk.services.organizations.model.Handshake;
import software.amazon.awssdk.services.organizations.model.HandshakeAlreadyInStateException;
import software.amazon.awssdk.services.organizations.model.HandshakeConstraintViolationException;
import software.amazon.awssdk.services.organizations.model.HandshakeConstraintViolationExceptionReason;
import software.amazon.awssdk.services.organizations.model.HandshakePartyType;
import software.amazon.awssdk.services.organizations.model.HandshakeResourceType;
import software.amazon.awssdk.services.organizations.model.HandshakeState;
import software.amazon.awssdk.services.organizations.model.InvalidHandshakeTransitionException;
import software.amazon.awssdk.services.organizations.model.ResponsibilityTransfer;
import software.amazon.awssdk.services.organizations.model.ResponsibilityTransferStatus;
import software.amazon.awssdk.services.organizations.model.ResponsibilityTransferType;

/** Two organizations in one world: an account changes over from one to the other, and one pays for the other. */
@ExtendWith(Worlds.class)
final class TwoOrganizationsTest {
    private OrganizationsClient m;
    private OrganizationsClient s;
    private OrganizationsClient x;

    @BeforeEach
    void ofMAndX(World world) {
        m = world.as(M).organizations();
        s = world.as(S).organizations();
        x = world.as(X).organizations();
        m.createOrganization(r -> { });
        x.createOrganization(r -> { });
    }

    @Test
    void aMemberChangesOver() {
        accept(s, Grown.invite(x, S).id());
        assertEquals(List.of(X, S), members(x));
        Handshake invitation = Grown.invite(m, S);
        assertEquals(HandshakeState.OPEN, invitation.state());
        assertEquals(HandshakeState.ACCEPTED, accept(s, invitation.id()));
        assertEquals(List.of(M, S), members(m));
        assertEquals(List.of(X), members(x));
        assertEquals(M, s.describeOrganization().organization().masterAccountId());
        assertThrows(HandshakeAlreadyInStateException.class, () -> accept(s, invitation.id()));
    }

    @Test
    void aHandshakeThatBreaksAConstraintNamesItsReason(World world) {
        String dev = world.as(M).createAccount("dev");
        HandshakeConstraintViolationException refused =
            assertThrows(HandshakeConstraintViolationException.class, () -> Grown.invite(m, dev));
        assertEquals(HandshakeConstraintViolationExceptionReason.ALREADY_IN_AN_ORGANIZATION, refused.reason());
    }

    @Test
    void aHandshakeIsMadeOnceAndIsOverOnceItWasCancelled() {
        String id = Grown.invite(m, S).id();
        assertThrows(DuplicateHandshakeException.class, () -> Grown.invite(m, S));
        assertThrows(AccessDeniedException.class, () -> x.describeHandshake(r -> r.handshakeId(id)));
        assertEquals(HandshakeState.CANCELED, m.cancelHandshake(r -> r.handshakeId(id)).handshake().state());
        assertThrows(InvalidHandshakeTransitionException.class, () -> accept(s, id));
    }

    @Test
    void oneOrganizationPaysForTheOtherUntilThatIsTerminated(World world) {
        world.freeze();
        // The next month may begin too soon for an invitation.
        Instant starts = world.now().atOffset(ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.DAYS)
            .withDayOfMonth(1)
            .plusMonths(2)
            .toInstant();
        Handshake handshake = m.inviteOrganizationToTransferResponsibility(r -> r.type(ResponsibilityTransferType.BILLING)
            .target(party -> party.id(X).type(HandshakePartyType.ACCOUNT))
            .startTimestamp(starts)
            .sourceName("other"))
            .handshake();
        assertEquals(ActionType.TRANSFER_RESPONSIBILITY, handshake.action());
        assertEquals(HandshakeState.REQUESTED, handshake.state());
        String id = handshake.resources().stream()
            .filter(resource -> resource.type() == HandshakeResourceType.RESPONSIBILITY_TRANSFER)
            .findFirst()
            .orElseThrow()
            .value();
        assertEquals(HandshakeState.ACCEPTED, accept(x, handshake.id()));
        assertAccepted(m, "inbound", id, starts);
        assertAccepted(x, "outbound", id, starts);
        ResponsibilityTransfer ended = x.terminateResponsibilityTransfer(r -> r.id(id)).responsibilityTransfer();
        assertEquals(ResponsibilityTransferStatus.WITHDRAWN, ended.status());
        assertEquals(ended.endTimestamp(), describe(m, id).endTimestamp());
    }

    private static void assertAccepted(OrganizationsClient side, String direction, String id, Instant starts) {
        ResponsibilityTransfer seen = describe(side, id);
        assertEquals(ResponsibilityTransferStatus.ACCEPTED, seen.status());
        assertEquals(starts, seen.startTimestamp());
        assertEquals(X, seen.source().managementAccountId());
        assertEquals(M, seen.target().managementAccountId());
        assertTrue(seen.arn().endsWith("/billing/" + direction + "/" + id), seen.arn());
    }

    private static ResponsibilityTransfer describe(OrganizationsClient side, String id) {
        return side.describeResponsibilityTransfer(r -> r.id(id)).responsibilityTransfer();
    }

    private static HandshakeState accept(OrganizationsClient client, String id) {
        return client.acceptHandshake(r -> r.handshakeId(id)).handshake().state();
    }

    private static List<String> members(OrganizationsClient client) {
        return client.listAccounts().accounts().stream().map(Account::id).toList();
    }
}
