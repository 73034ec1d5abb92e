package orgdir;

import static orgdir.Cast.BILLING;
import static orgdir.Cast.X;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.directory.DirectoryClient;
import software.amazon.awssdk.services.directory.model.AssessmentConfiguration;
import software.amazon.awssdk.services.directory.model.CertificateType;
import software.amazon.awssdk.services.directory.model.ClientAuthenticationType;
import software.amazon.awssdk.services.directory.model.DirectoryEdition;
import software.amazon.awssdk.services.directory.model.DirectorySize;
import software.amazon.awssdk.services.directory.model.DirectoryVpcSettings;
import software.amazon.awssdk.services.directory.model.IpRoute;
import software.amazon.awssdk.services.directory.model.LDAPSType;
import software.amazon.awssdk.services.directory.model.OSVersion;
import software.amazon.awssdk.services.directory.model.ShareMethod;
import software.amazon.awssdk.services.directory.model.Tag;
import software.amazon.awssdk.services.directory.model.TrustDirection;
import software.amazon.awssdk.services.directory.model.UpdateType;

/** Directories with more than two pages of everything that Directory Service lists, at a page size of two. */
record Directories(
    String corp, String connector, List<String> ids, List<String> trusts, List<String> snapshots, List<String> extensions,
    List<String> assessments) {

    static final List<String> ACCOUNTS = List.of(X, BILLING, "555555555555", "666666666666", "777777777777");
    static final List<String> REGIONS = List.of("us-east-1", "us-east-2", "us-west-1", "us-west-2", "eu-west-1");
    static final List<String> ROUTES = five("203.0.%d.0/24");
    static final List<String> TAGS = five("key-%d");
    static final List<String> AUTHORITIES =
        List.of("Example Root CA", "Example EC CA", "Example Ed25519 CA", "Example Legacy CA", "Example Far CA");
    static final DirectoryVpcSettings NETWORK =
        DirectoryVpcSettings.builder().vpcId("vpc-12345678").subnetIds("subnet-11111111", "subnet-22222222").build();

    private static final List<String> CERTIFICATES = List.of("root", "ec", "ed25519", "bmp", "far");

    /** What is assessed before it becomes a hybrid directory. */
    static AssessmentConfiguration assessed() {
        return AssessmentConfiguration.builder()
            .dnsName("hybrid.example.com")
            .customerDnsIps("10.24.34.100", "10.24.34.200")
            .instanceIds("i-11111111", "i-22222222")
            .vpcSettings(NETWORK)
            .build();
    }

    static Directories in(World world) {
        Caller m = world.as(Cast.M);
        DirectoryClient ds = m.directory();
        String corp = enterprise(ds, "corp.example.com");
        List<String> ids = new ArrayList<>(List.of(corp));
        five("other-%d.example.com").subList(1, 5).forEach(name -> ids.add(m.createMicrosoftAD(name)));
        ids.forEach(id -> ds.createLogSubscription(r -> r.directoryId(id).logGroupName(id)));
        ACCOUNTS.forEach(account -> m.share(corp, account, ShareMethod.HANDSHAKE));
        ds.addIpRoutes(r -> r.directoryId(corp)
            .ipRoutes(ROUTES.stream().map(cidr -> IpRoute.builder().cidrIp(cidr).build()).toList()));
        ds.addTagsToResource(r -> r.resourceId(corp)
            .tags(TAGS.stream().map(key -> Tag.builder().key(key).value("any").build()).toList()));
        ds.updateNumberOfDomainControllers(r -> r.directoryId(corp).desiredNumber(5));
        List<String> trusts = five("remote-%d.example.com").stream().map(domain -> trust(ds, corp, domain)).toList();
        List<String> snapshots =
            ROUTES.stream().map(any -> ds.createSnapshot(r -> r.directoryId(corp)).snapshotId()).toList();
        List<String> extensions = five("attribute%d").stream().map(name -> extend(ds, corp, name)).toList();
        List<String> assessments = ROUTES.stream()
            .map(any -> ds.startADAssessment(r -> r.assessmentConfiguration(assessed())).assessmentId())
            .toList();
        secure(ds, corp);
        updateAndSpread(ds, corp);
        String connector = connect(ds);
        ids.add(connector);
        return new Directories(corp, connector, ids, trusts, snapshots, extensions, assessments);
    }

    /** Makes an Enterprise Managed Microsoft AD, and answers its id. */
    static String enterprise(DirectoryClient ds, String domain) {
        return ds.createMicrosoftAD(r -> r.name(domain)
            .password("Sup3rSecret!")
            .edition(DirectoryEdition.ENTERPRISE)
            .vpcSettings(NETWORK)).directoryId();
    }

    /** Makes a half of a trust, and answers its id. */
    static String trust(DirectoryClient ds, String directory, String domain) {
        return ds.createTrust(r -> r.directoryId(directory)
            .remoteDomainName(domain)
            .trustPassword("Tru5t-pass")
            .trustDirection(TrustDirection.TWO_WAY)).trustId();
    }

    /** Adds an attribute to the schema. */
    static String extend(DirectoryClient ds, String directory, String name) {
        String ldif = """
            dn: CN=%1$s,CN=Schema,CN=Configuration,DC=corp,DC=example,DC=com
            changetype: add
            objectClass: attributeSchema
            lDAPDisplayName: %1$s
            attributeID: 1.2.3.%2$d
            attributeSyntax: 2.5.5.9
            oMSyntax: 2
            isSingleValued: TRUE
            """.formatted(name, name.hashCode() & 0xffff);
        return ds.startSchemaExtension(r -> r.directoryId(directory)
            .createSnapshotBeforeSchemaExtension(false)
            .ldifContent(ldif)
            .description(name)).schemaExtensionId();
    }

    /** Registers a certificate of the project's fixtures, and answers its id. */
    static String register(DirectoryClient ds, String directory, String fixture, CertificateType type) {
        Path file = Path.of("../../../fixtures/certificates/" + fixture + ".pem");
        try {
            String pem = Files.readString(file);
            return ds.registerCertificate(r -> r.directoryId(directory).certificateData(pem).type(type)).certificateId();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void secure(DirectoryClient ds, String corp) {
        CERTIFICATES.forEach(name -> register(ds, corp, name, CertificateType.CLIENT_LDAPS));
        ds.enableLDAPS(r -> r.directoryId(corp).type(LDAPSType.CLIENT));
    }

    private static void updateAndSpread(DirectoryClient ds, String corp) {
        for (int i = 0; i < 5; i++) {
            OSVersion version = i % 2 == 0 ? OSVersion.SERVER_2012 : OSVersion.SERVER_2019;
            ds.updateDirectorySetup(r -> r.directoryId(corp)
                .updateType(UpdateType.OS)
                .osUpdateSettings(settings -> settings.osVersion(version)));
        }
        REGIONS.subList(1, 5).forEach(region ->
            ds.addRegion(r -> r.directoryId(corp).regionName(region).vpcSettings(NETWORK)));
    }

    private static String connect(DirectoryClient ds) {
        String connector = ds.connectDirectory(r -> r.name("connector.example.com")
            .password("known-elsewhere")
            .size(DirectorySize.SMALL)
            .connectSettings(settings -> settings.vpcId(NETWORK.vpcId())
                .subnetIds(NETWORK.subnetIds())
                .customerDnsIps("10.24.34.100")
                .customerUserName("connector"))).directoryId();
        register(ds, connector, "root", CertificateType.CLIENT_CERT_AUTH);
        ds.enableClientAuthentication(r -> r.directoryId(connector).type(ClientAuthenticationType.SMART_CARD));
        return connector;
    }

    private static List<String> five(String pattern) {
        return IntStream.range(0, 5).mapToObj(pattern::formatted).toList();
    }
}
