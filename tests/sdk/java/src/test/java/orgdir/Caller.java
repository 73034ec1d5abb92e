package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.directory.DirectoryClient;
import software.amazon.awssdk.services.directory.model.DirectoryEdition;
import software.amazon.awssdk.services.directory.model.ShareMethod;
import software.amazon.awssdk.services.directory.model.TargetType;
import software.amazon.awssdk.services.directoryservicedata.DirectoryServiceDataClient;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.organizations.model.CreateAccountState;
import software.amazon.awssdk.services.organizations.model.CreateAccountStatus;
import software.amazon.awssdk.services.organizations.model.EnabledServicePrincipal;
import software.amazon.awssdk.services.sts.StsClient;

/** The SDK's clients of one caller at one endpoint, as a program would build them. */
record Caller(
    OrganizationsClient organizations, DirectoryClient directory, DirectoryServiceDataClient directoryData, StsClient sts) {

    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.builder()
        .proxyConfiguration(
            ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariablesValues(false).build())
        .build();

    /** The access key id of an administrator is the account's number. */
    static AwsCredentialsProvider administrator(String account) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "anything"));
    }

    static Caller with(URI endpoint, AwsCredentialsProvider credentials) {
        return new Caller(
            aim(OrganizationsClient.builder(), endpoint, credentials).build(),
            aim(DirectoryClient.builder(), endpoint, credentials).build(),
            aim(DirectoryServiceDataClient.builder(), endpoint, credentials).build(),
            aim(StsClient.builder(), endpoint, credentials)
                .overrideConfiguration(all -> all.addExecutionInterceptor(new EndpointPath(endpoint)))
                .build());
    }

    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B aim(
        B builder, URI endpoint, AwsCredentialsProvider credentials) {
        return builder.endpointOverride(endpoint).region(Region.US_EAST_1).credentialsProvider(credentials).httpClient(HTTP);
    }

    /** Makes an account in the caller's organization, and answers its id. */
    String createAccount(String name) {
        String request = organizations.createAccount(r -> r.accountName(name).email(name + "@example.com"))
            .createAccountStatus()
            .id();
        CreateAccountStatus made =
            organizations.describeCreateAccountStatus(r -> r.createAccountRequestId(request)).createAccountStatus();
        assertEquals(CreateAccountState.SUCCEEDED, made.state());
        return made.accountId();
    }

    /** Makes a Standard Managed Microsoft AD, and answers its id. */
    String createMicrosoftAD(String domain) {
        return directory.createMicrosoftAD(r -> r.name(domain)
            .password("Sup3rSecret!")
            .edition(DirectoryEdition.STANDARD)
            .vpcSettings(vpc -> vpc.vpcId("vpc-12345678").subnetIds("subnet-11111111", "subnet-22222222")))
            .directoryId();
    }

    /** Shares a directory with an account, and answers the id it has there. */
    String share(String directoryId, String account, ShareMethod method) {
        return directory.shareDirectory(r -> r.directoryId(directoryId)
            .shareTarget(target -> target.id(account).type(TargetType.ACCOUNT))
            .shareMethod(method))
            .sharedDirectoryId();
    }

    /** Takes a share back. */
    void unshare(String directoryId, String account) {
        directory.unshareDirectory(r -> r.directoryId(directoryId)
            .unshareTarget(target -> target.id(account).type(TargetType.ACCOUNT)));
    }

    /** The principals of the services that the organization trusts. */
    List<String> trustedServices() {
        return organizations.listAWSServiceAccessForOrganizationPaginator()
            .stream()
            .flatMap(page -> page.enabledServicePrincipals().stream())
            .map(EnabledServicePrincipal::servicePrincipal)
            .toList();
    }
}
