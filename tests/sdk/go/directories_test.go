package sdk

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
)

var (
	guests  = []string{accountX, accountB, "555555555555", "666666666666", "777777777777"}
	regions = []string{region, "us-east-2", "us-west-1", "us-west-2", "eu-west-1"}
)

// assessed is what is assessed before it becomes a hybrid directory.
func assessed() *directoryservice.StartADAssessmentInput {
	return &directoryservice.StartADAssessmentInput{AssessmentConfiguration: &dstypes.AssessmentConfiguration{
		DnsName:        aws.String("hybrid.example.com"),
		CustomerDnsIps: []string{"10.24.34.100", "10.24.34.200"},
		InstanceIds:    []string{"i-11111111", "i-22222222"},
		VpcSettings:    microsoftAD("").VpcSettings,
	}}
}

// schemaExtension is what StartSchemaExtension takes to add an attribute.
func schemaExtension(directory, name string, number int) *directoryservice.StartSchemaExtensionInput {
	ldif := fmt.Sprintf("dn: CN=%[1]s,CN=Schema,CN=Configuration,DC=corp,DC=example,DC=com\nchangetype: add\n"+
		"objectClass: attributeSchema\nlDAPDisplayName: %[1]s\nattributeID: 1.2.3.%[2]d\n"+
		"attributeSyntax: 2.5.5.9\noMSyntax: 2\nisSingleValued: TRUE\n", name, number)
	return &directoryservice.StartSchemaExtensionInput{DirectoryId: &directory, Description: &name, LdifContent: &ldif}
}

// directories are those with more than two pages of everything that Directory Service lists, at a page size of two.
type directories struct {
	ids, trusts, snapshots, extensions, routes, authorities, tags, assessments []string
	corp, connector                                                            string
}

func growDirectories(t *testing.T, m caller) directories {
	t.Helper()
	enterprise := microsoftAD("corp.example.com")
	enterprise.Edition = dstypes.DirectoryEditionEnterprise
	g := directories{corp: *ok(m.ds.CreateMicrosoftAD(t.Context(), enterprise))(t).DirectoryId}
	g.ids = []string{g.corp}
	for n := range 4 {
		g.ids = append(g.ids, m.createMicrosoftAD(t, fmt.Sprintf("other-%d.example.com", n)))
	}
	for n, id := range g.ids {
		logs := &directoryservice.CreateLogSubscriptionInput{DirectoryId: &id, LogGroupName: &id}
		ok(m.ds.CreateLogSubscription(t.Context(), logs))(t)
		ok(m.share(t, g.corp, guests[n], dstypes.ShareMethodHandshake))(t)
		g.growBy(t, m, n)
	}
	g.secure(t, m)
	controllers := &directoryservice.UpdateNumberOfDomainControllersInput{DirectoryId: &g.corp, DesiredNumber: aws.Int32(5)}
	ok(m.ds.UpdateNumberOfDomainControllers(t.Context(), controllers))(t)
	for _, name := range regions[1:] {
		added := &directoryservice.AddRegionInput{DirectoryId: &g.corp, RegionName: &name, VPCSettings: enterprise.VpcSettings}
		ok(m.ds.AddRegion(t.Context(), added))(t)
	}
	return g
}

// growBy makes one more of what corp has five of.
func (g *directories) growBy(t *testing.T, m caller, n int) {
	t.Helper()
	g.trusts = append(g.trusts, *ok(m.trust(t, g.corp, fmt.Sprintf("remote-%d.example.com", n)))(t).TrustId)
	snapshot := ok(m.ds.CreateSnapshot(t.Context(), &directoryservice.CreateSnapshotInput{DirectoryId: &g.corp}))(t)
	g.snapshots = append(g.snapshots, *snapshot.SnapshotId)
	extension := ok(m.ds.StartSchemaExtension(t.Context(), schemaExtension(g.corp, fmt.Sprintf("attribute%d", n), n+1)))(t)
	g.extensions = append(g.extensions, *extension.SchemaExtensionId)
	g.routes = append(g.routes, fmt.Sprintf("203.0.%d.0/24", n))
	ok(m.ds.AddIpRoutes(t.Context(), &directoryservice.AddIpRoutesInput{
		DirectoryId: &g.corp, IpRoutes: []dstypes.IpRoute{{CidrIp: &g.routes[n]}},
	}))(t)
	g.authorities = append(g.authorities, fmt.Sprintf("Authority %d", n))
	m.registerCertificate(t, g.corp, g.authorities[n], dstypes.CertificateTypeClientLdaps)
	g.tags = append(g.tags, fmt.Sprintf("key-%d", n))
	ok(m.ds.AddTagsToResource(t.Context(), &directoryservice.AddTagsToResourceInput{
		ResourceId: &g.corp, Tags: []dstypes.Tag{{Key: &g.tags[n], Value: aws.String("any")}},
	}))(t)
	version := []dstypes.OSVersion{dstypes.OSVersionVersion2012, dstypes.OSVersionVersion2019}[n%2]
	ok(m.ds.UpdateDirectorySetup(t.Context(), &directoryservice.UpdateDirectorySetupInput{
		DirectoryId: &g.corp, UpdateType: dstypes.UpdateTypeOs, OSUpdateSettings: &dstypes.OSUpdateSettings{OSVersion: version},
	}))(t)
	g.assessments = append(g.assessments, *ok(m.ds.StartADAssessment(t.Context(), assessed()))(t).AssessmentId)
}

// secure enables LDAPS in corp, and smart cards in a connector.
func (g *directories) secure(t *testing.T, m caller) {
	t.Helper()
	m.enableLDAPS(t, g.corp)
	g.connector = *ok(m.ds.ConnectDirectory(t.Context(), &directoryservice.ConnectDirectoryInput{
		Name: aws.String("connector.example.com"), Password: aws.String("known-elsewhere"), Size: dstypes.DirectorySizeSmall,
		ConnectSettings: &dstypes.DirectoryConnectSettings{
			VpcId: aws.String("vpc-12345678"), SubnetIds: []string{"subnet-11111111", "subnet-22222222"},
			CustomerDnsIps: []string{"10.24.34.100"}, CustomerUserName: aws.String("connector"),
		},
	}))(t).DirectoryId
	g.ids = append(g.ids, g.connector)
	m.registerCertificate(t, g.connector, "Smart cards", dstypes.CertificateTypeClientCertAuth)
	ok(m.ds.EnableClientAuthentication(t.Context(), &directoryservice.EnableClientAuthenticationInput{
		DirectoryId: &g.connector, Type: dstypes.ClientAuthenticationTypeSmartCard,
	}))(t)
}

// trust makes a half of a trust.
func (c caller) trust(t *testing.T, directory, domain string) (*directoryservice.CreateTrustOutput, error) {
	return c.ds.CreateTrust(t.Context(), &directoryservice.CreateTrustInput{
		DirectoryId: &directory, RemoteDomainName: &domain,
		TrustPassword: aws.String("Tru5t-pass"), TrustDirection: dstypes.TrustDirectionTwoWay,
	})
}

// registerCertificate makes a certificate of that name, registers it, and answers its id.
func (c caller) registerCertificate(t *testing.T, directory, name string, kind dstypes.CertificateType) string {
	t.Helper()
	input := &directoryservice.RegisterCertificateInput{
		DirectoryId: &directory, CertificateData: authority(t, name, time.Now().AddDate(10, 0, 0)), Type: kind,
	}
	return *ok(c.ds.RegisterCertificate(t.Context(), input))(t).CertificateId
}

func (c caller) enableLDAPS(t *testing.T, directory string) {
	t.Helper()
	input := &directoryservice.EnableLDAPSInput{DirectoryId: &directory, Type: dstypes.LDAPSTypeClient}
	ok(c.ds.EnableLDAPS(t.Context(), input))(t)
}
