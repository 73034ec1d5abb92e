package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.M;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.directory.DirectoryClient;
import software.amazon.awssdk.services.directory.model.CaEnrollmentPolicyStatus;
import software.amazon.awssdk.services.directory.model.Certificate;
import software.amazon.awssdk.services.directory.model.CertificateInUseException;
import software.amazon.awssdk.services.directory.model.CertificateType;
import software.amazon.awssdk.services.directory.model.ClientException;
import software.amazon.awssdk.services.directory.model.DirectoryConfigurationStatus;
import software.amazon.awssdk.services.directory.model.DirectoryDescription;
import software.amazon.awssdk.services.directory.model.DirectoryStage;
import software.amazon.awssdk.services.directory.model.DomainController;
import software.amazon.awssdk.services.directory.model.DomainControllerStatus;
import software.amazon.awssdk.services.directory.model.EntityDoesNotExistException;
import software.amazon.awssdk.services.directory.model.InvalidCertificateException;
import software.amazon.awssdk.services.directory.model.IpRoute;
import software.amazon.awssdk.services.directory.model.IpRouteStatusMsg;
import software.amazon.awssdk.services.directory.model.LDAPSStatus;
import software.amazon.awssdk.services.directory.model.LDAPSType;
import software.amazon.awssdk.services.directory.model.RadiusAuthenticationProtocol;
import software.amazon.awssdk.services.directory.model.RadiusStatus;
import software.amazon.awssdk.services.directory.model.SchemaExtensionInfo;
import software.amazon.awssdk.services.directory.model.SchemaExtensionStatus;
import software.amazon.awssdk.services.directory.model.Setting;
import software.amazon.awssdk.services.directory.model.SettingEntry;
import software.amazon.awssdk.services.directory.model.SnapshotStatus;
import software.amazon.awssdk.services.directory.model.Trust;
import software.amazon.awssdk.services.directory.model.TrustState;

/** The life of a directory, at AWS's own pace: what belongs to it comes, is seen, and goes. */
@ExtendWith(Worlds.class)
final class LifeTest {
    private World world;
    private DirectoryClient ds;
    private String corp;
    private String other;

    @BeforeEach
    void atRealPaceWithAFrozenClock(World own) {
        world = own;
        world.freeze();
        world.pace("real");
        ds = world.as(M).directory();
    }

    @Test
    void aDirectoryLives() {
        begin();
        trustEachOther();
        restore();
        extendTheSchema();
        secure();
        changeAndTell();
        spread();
        end();
    }

    private DirectoryDescription shown() {
        return ds.describeDirectories(r -> r.directoryIds(corp)).directoryDescriptions().get(0);
    }

    private void begin() {
        corp = Directories.enterprise(ds, "corp.example.com");
        other = world.as(M).createMicrosoftAD("other.example.com");
        assertThrows(ClientException.class, () -> ds.createSnapshot(r -> r.directoryId(corp)));
        world.advance("1h");
        assertEquals(DirectoryStage.ACTIVE, shown().stage());
    }

    /** Both halves of a trust verify. */
    private void trustEachOther() {
        List<String> trusts =
            List.of(Directories.trust(ds, corp, "other.example.com"), Directories.trust(ds, other, "corp.example.com"));
        assertEquals(List.of(TrustState.CREATING, TrustState.CREATING), trustStates());
        world.advance("130s");
        assertEquals(List.of(TrustState.VERIFIED, TrustState.VERIFIED), trustStates());
        trusts.forEach(trust -> ds.deleteTrust(r -> r.trustId(trust)));
        world.advance("1m");
        assertEquals(List.of(), trustStates());
    }

    private List<TrustState> trustStates() {
        return ds.describeTrusts(r -> { }).trusts().stream().map(Trust::trustState).toList();
    }

    private void restore() {
        String snapshot = ds.createSnapshot(r -> r.directoryId(corp)).snapshotId();
        world.advance("15m");
        assertEquals(SnapshotStatus.COMPLETED,
            ds.describeSnapshots(r -> r.snapshotIds(snapshot)).snapshots().get(0).status());
        ds.restoreFromSnapshot(r -> r.snapshotId(snapshot));
        assertEquals(DirectoryStage.RESTORING, shown().stage());
        world.advance("3h");
        assertEquals(DirectoryStage.ACTIVE, shown().stage());
    }

    private void extendTheSchema() {
        Directories.extend(ds, corp, "shoeSize");
        assertEquals(SchemaExtensionStatus.INITIALIZING, extension().schemaExtensionStatus());
        world.advance("1d");
        assertEquals(SchemaExtensionStatus.COMPLETED, extension().schemaExtensionStatus());
        assertTrue(extension().startDateTime().isBefore(extension().endDateTime()));
    }

    private SchemaExtensionInfo extension() {
        return ds.listSchemaExtensions(r -> r.directoryId(corp)).schemaExtensionsInfo().get(0);
    }

    /** A certificate, LDAPS, RADIUS and the enrollment of certificates. */
    private void secure() {
        assertThrows(InvalidCertificateException.class,
            () -> Directories.register(ds, corp, "expired", CertificateType.CLIENT_LDAPS));
        String id = Directories.register(ds, corp, "far", CertificateType.CLIENT_LDAPS);
        world.advance("1m");
        Certificate far = ds.describeCertificate(r -> r.directoryId(corp).certificateId(id)).certificate();
        assertEquals("Example Far CA", far.commonName());
        assertEquals(4_922_899_200L, far.expiryDateTime().getEpochSecond());
        ds.enableLDAPS(r -> r.directoryId(corp).type(LDAPSType.CLIENT));
        world.advance("2m");
        assertEquals(LDAPSStatus.ENABLED,
            ds.describeLDAPSSettings(r -> r.directoryId(corp)).ldapsSettingsInfo().get(0).ldapsStatus());
        assertThrows(CertificateInUseException.class,
            () -> ds.deregisterCertificate(r -> r.directoryId(corp).certificateId(id)));
        ds.enableRadius(r -> r.directoryId(corp).radiusSettings(radius -> radius.radiusServers("10.0.1.5")
            .radiusPort(1812)
            .sharedSecret("top secret!")
            .authenticationProtocol(RadiusAuthenticationProtocol.PAP)));
        world.advance("2m");
        assertEquals(RadiusStatus.COMPLETED, shown().radiusStatus());
        assertNull(shown().radiusSettings().sharedSecret());
        String connector =
            "arn:aws:pca-connector-ad:us-east-1:" + M + ":connector/11223344-1122-2233-3344-112233445566";
        ds.enableCAEnrollmentPolicy(r -> r.directoryId(corp).pcaConnectorArn(connector));
        world.advance("5m");
        assertEquals(CaEnrollmentPolicyStatus.SUCCESS,
            ds.describeCAEnrollmentPolicy(r -> r.directoryId(corp)).caEnrollmentPolicyStatus());
    }

    /** Another setting, an IP route, a conditional forwarder, a log group and a topic. */
    private void changeAndTell() {
        ds.updateSettings(r -> r.directoryId(corp).settings(Setting.builder().name("TLS_1_0").value("Disable").build()));
        ds.addIpRoutes(r -> r.directoryId(corp).ipRoutes(IpRoute.builder().cidrIp("203.0.113.0/24").build()));
        ds.createConditionalForwarder(
            r -> r.directoryId(corp).remoteDomainName("elsewhere.example.com").dnsIpAddrs("203.0.113.1"));
        ds.createLogSubscription(r -> r.directoryId(corp).logGroupName("logs"));
        ds.registerEventTopic(r -> r.directoryId(corp).topicName("alarms"));
        world.advance("1h");
        List<SettingEntry> settings =
            ds.describeSettings(r -> r.directoryId(corp).status(DirectoryConfigurationStatus.UPDATED)).settingEntries();
        assertEquals(List.of("Disable"), settings.stream().map(SettingEntry::appliedValue).toList());
        assertEquals(Map.of("us-east-1", DirectoryConfigurationStatus.UPDATED), settings.get(0).requestDetailedStatus());
        assertEquals(IpRouteStatusMsg.ADDED,
            ds.listIpRoutes(r -> r.directoryId(corp)).ipRoutesInfo().get(0).ipRouteStatusMsg());
        assertEquals(List.of("203.0.113.1"), ds.describeConditionalForwarders(r -> r.directoryId(corp))
            .conditionalForwarders().get(0).dnsIpAddrs());
        assertEquals("logs", ds.listLogSubscriptions(r -> { }).logSubscriptions().get(0).logGroupName());
        assertEquals("arn:aws:sns:us-east-1:" + M + ":alarms",
            ds.describeEventTopics(r -> { }).eventTopics().get(0).topicArn());
    }

    /** A third domain controller, and another Region. */
    private void spread() {
        ds.updateNumberOfDomainControllers(r -> r.directoryId(corp).desiredNumber(3));
        world.advance("30m");
        DomainControllerStatus active = DomainControllerStatus.ACTIVE;
        assertEquals(List.of(active, active, active), ds.describeDomainControllers(r -> r.directoryId(corp))
            .domainControllers().stream().map(DomainController::status).toList());
        ds.addRegion(r -> r.directoryId(corp)
            .regionName("us-west-2")
            .vpcSettings(vpc -> vpc.vpcId("vpc-87654321").subnetIds("subnet-33333333", "subnet-44444444")));
        world.advance("1h");
        try (DirectoryClient west = Caller.aim(DirectoryClient.builder(), world.endpoint(), Caller.administrator(M))
            .region(Region.US_WEST_2)
            .build()) {
            DirectoryDescription seen = west.describeDirectories().directoryDescriptions().get(0);
            assertEquals(corp, seen.directoryId());
            assertEquals("vpc-87654321", seen.vpcSettings().vpcId());
            west.removeRegion(r -> r.directoryId(corp));
            world.advance("1h");
            assertEquals(List.of(), west.describeDirectories().directoryDescriptions());
        }
    }

    private void end() {
        ds.deleteDirectory(r -> r.directoryId(corp));
        assertEquals(DirectoryStage.DELETING, shown().stage());
        world.advance("1h");
        assertThrows(EntityDoesNotExistException.class, this::shown);
    }
}
