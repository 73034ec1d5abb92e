package orgdir;

import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** A program that knows nothing of orgdir: all it is told comes from its environment. */
final class EnvironmentProgram {
    private EnvironmentProgram() { }

    /** Prints the caller's account and organization. */
    public static void main(String[] arguments) {
        try (StsClient sts = StsClient.create(); OrganizationsClient organizations = OrganizationsClient.create()) {
            String account = sts.getCallerIdentity().account();
            String organization = organizations.describeOrganization().organization().id();
            System.out.println(account + " " + organization);
        }
    }
}
