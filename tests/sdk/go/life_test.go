package sdk

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
)

// life is that of a directory, at the pace of AWS, in a world whose clock stands still but for what a step advances it by.
type life struct {
	world
	caller
	corp, other string
}

// What belongs to a directory comes, is seen, and goes.
func TestLifeOfDirectory(t *testing.T) {
	w := newWorld(t)
	w.freeze(t)
	w.pace(t, "real")
	l := &life{world: w, caller: w.as(accountM)}
	l.begin(t)
	l.trustEachOther(t)
	l.restore(t)
	l.extendTheSchema(t)
	l.secure(t)
	l.changeAndTell(t)
	l.spread(t)
	l.end(t)
}

func (l *life) shown(t *testing.T) dstypes.DirectoryDescription {
	t.Helper()
	return ok(l.ds.DescribeDirectories(t.Context(), &directoryservice.DescribeDirectoriesInput{DirectoryIds: []string{l.corp}}))(t).DirectoryDescriptions[0]
}

func (l *life) begin(t *testing.T) {
	enterprise := microsoftAD("corp.example.com")
	enterprise.Edition = dstypes.DirectoryEditionEnterprise
	l.corp = *ok(l.ds.CreateMicrosoftAD(t.Context(), enterprise))(t).DirectoryId
	l.other = l.createMicrosoftAD(t, "other.example.com")
	refused[*dstypes.ClientException](l.ds.CreateSnapshot(t.Context(), &directoryservice.CreateSnapshotInput{DirectoryId: &l.corp}))(t)
	l.advance(t, "1h")
	expect(t, "Stage", l.shown(t).Stage, dstypes.DirectoryStageActive)
}

// Both halves of a trust verify.
func (l *life) trustEachOther(t *testing.T) {
	ok(l.trust(t, l.corp, "other.example.com"))(t)
	ok(l.trust(t, l.other, "corp.example.com"))(t)
	trusts := func() []dstypes.Trust { return ok(l.ds.DescribeTrusts(t.Context(), nil))(t).Trusts }
	state := func(trust dstypes.Trust) dstypes.TrustState { return trust.TrustState }
	expect(t, "at first", each(trusts(), state), []dstypes.TrustState{dstypes.TrustStateCreating, dstypes.TrustStateCreating})
	l.advance(t, "130s")
	expect(t, "then", each(trusts(), state), []dstypes.TrustState{dstypes.TrustStateVerified, dstypes.TrustStateVerified})
	for _, trust := range trusts() {
		ok(l.ds.DeleteTrust(t.Context(), &directoryservice.DeleteTrustInput{TrustId: trust.TrustId}))(t)
	}
	l.advance(t, "1m")
	expect(t, "in the end", len(trusts()), 0)
}

// The directory is restored to a snapshot.
func (l *life) restore(t *testing.T) {
	snapshot := ok(l.ds.CreateSnapshot(t.Context(), &directoryservice.CreateSnapshotInput{DirectoryId: &l.corp}))(t).SnapshotId
	l.advance(t, "15m")
	input := &directoryservice.DescribeSnapshotsInput{SnapshotIds: []string{*snapshot}}
	expect(t, "Status", ok(l.ds.DescribeSnapshots(t.Context(), input))(t).Snapshots[0].Status, dstypes.SnapshotStatusCompleted)
	ok(l.ds.RestoreFromSnapshot(t.Context(), &directoryservice.RestoreFromSnapshotInput{SnapshotId: snapshot}))(t)
	expect(t, "Stage", l.shown(t).Stage, dstypes.DirectoryStageRestoring)
	l.advance(t, "3h")
	expect(t, "Stage", l.shown(t).Stage, dstypes.DirectoryStageActive)
}

func (l *life) extendTheSchema(t *testing.T) {
	ok(l.ds.StartSchemaExtension(t.Context(), schemaExtension(l.corp, "shoeSize", 1)))(t)
	extension := func() dstypes.SchemaExtensionInfo {
		input := &directoryservice.ListSchemaExtensionsInput{DirectoryId: &l.corp}
		return ok(l.ds.ListSchemaExtensions(t.Context(), input))(t).SchemaExtensionsInfo[0]
	}
	expect(t, "at first", extension().SchemaExtensionStatus, dstypes.SchemaExtensionStatusInitializing)
	l.advance(t, "1d")
	done := extension()
	expect(t, "then", done.SchemaExtensionStatus, dstypes.SchemaExtensionStatusCompleted)
	if !done.EndDateTime.After(*done.StartDateTime) {
		t.Fatalf("from %v to %v", done.StartDateTime, done.EndDateTime)
	}
}

// A certificate, LDAPS, RADIUS and the enrollment of certificates.
func (l *life) secure(t *testing.T) {
	ctx, ends := t.Context(), l.now(t).AddDate(2, 0, 0).Truncate(time.Second)
	certificate := ok(l.ds.RegisterCertificate(ctx, &directoryservice.RegisterCertificateInput{
		DirectoryId: &l.corp, CertificateData: authority(t, "Corp Root CA", ends),
	}))(t).CertificateId
	l.advance(t, "1m")
	shown := ok(l.ds.DescribeCertificate(ctx, &directoryservice.DescribeCertificateInput{DirectoryId: &l.corp, CertificateId: certificate}))(t).Certificate
	expect(t, "CommonName", *shown.CommonName, "Corp Root CA")
	expect(t, "State", shown.State, dstypes.CertificateStateRegistered)
	expectTime(t, "ExpiryDateTime", shown.ExpiryDateTime, ends)
	l.enableLDAPS(t, l.corp)
	l.advance(t, "2m")
	ldaps := ok(l.ds.DescribeLDAPSSettings(ctx, &directoryservice.DescribeLDAPSSettingsInput{DirectoryId: &l.corp}))(t).LDAPSSettingsInfo
	expect(t, "LDAPSStatus", ldaps[0].LDAPSStatus, dstypes.LDAPSStatusEnabled)
	refused[*dstypes.CertificateInUseException](l.ds.DeregisterCertificate(ctx, &directoryservice.DeregisterCertificateInput{
		DirectoryId: &l.corp, CertificateId: certificate,
	}))(t)
	ok(l.ds.EnableRadius(ctx, &directoryservice.EnableRadiusInput{DirectoryId: &l.corp, RadiusSettings: &dstypes.RadiusSettings{
		RadiusServers: []string{"10.0.1.5"}, RadiusPort: aws.Int32(1812), RadiusTimeout: aws.Int32(5), RadiusRetries: 1,
		SharedSecret: aws.String("top secret!"), AuthenticationProtocol: dstypes.RadiusAuthenticationProtocolPap,
	}}))(t)
	l.advance(t, "2m")
	expect(t, "RadiusStatus", l.shown(t).RadiusStatus, dstypes.RadiusStatusCompleted)
	expect(t, "SharedSecret", l.shown(t).RadiusSettings.SharedSecret, nil)
	connector := "arn:aws:pca-connector-ad:us-east-1:" + accountM + ":connector/11223344-1122-2233-3344-112233445566"
	ok(l.ds.EnableCAEnrollmentPolicy(ctx, &directoryservice.EnableCAEnrollmentPolicyInput{DirectoryId: &l.corp, PcaConnectorArn: &connector}))(t)
	l.advance(t, "5m")
	policy := ok(l.ds.DescribeCAEnrollmentPolicy(ctx, &directoryservice.DescribeCAEnrollmentPolicyInput{DirectoryId: &l.corp}))(t)
	expect(t, "CaEnrollmentPolicyStatus", policy.CaEnrollmentPolicyStatus, dstypes.CaEnrollmentPolicyStatusSuccess)
}

// Another setting, an IP route, a conditional forwarder, a log group and a topic.
func (l *life) changeAndTell(t *testing.T) {
	ctx := t.Context()
	ok(l.ds.UpdateSettings(ctx, &directoryservice.UpdateSettingsInput{
		DirectoryId: &l.corp, Settings: []dstypes.Setting{{Name: aws.String("TLS_1_0"), Value: aws.String("Disable")}},
	}))(t)
	ok(l.ds.AddIpRoutes(ctx, &directoryservice.AddIpRoutesInput{
		DirectoryId: &l.corp, IpRoutes: []dstypes.IpRoute{{CidrIp: aws.String("203.0.113.0/24")}},
	}))(t)
	ok(l.ds.CreateConditionalForwarder(ctx, &directoryservice.CreateConditionalForwarderInput{
		DirectoryId: &l.corp, RemoteDomainName: aws.String("elsewhere.example.com"), DnsIpAddrs: []string{"203.0.113.1"},
	}))(t)
	ok(l.ds.CreateLogSubscription(ctx, &directoryservice.CreateLogSubscriptionInput{DirectoryId: &l.corp, LogGroupName: aws.String("logs")}))(t)
	ok(l.ds.RegisterEventTopic(ctx, &directoryservice.RegisterEventTopicInput{DirectoryId: &l.corp, TopicName: aws.String("alarms")}))(t)
	l.advance(t, "1h")
	settings := ok(l.ds.DescribeSettings(ctx, &directoryservice.DescribeSettingsInput{
		DirectoryId: &l.corp, Status: dstypes.DirectoryConfigurationStatusUpdated,
	}))(t).SettingEntries
	expect(t, "settings", len(settings), 1)
	expect(t, "AppliedValue", *settings[0].AppliedValue, "Disable")
	route := ok(l.ds.ListIpRoutes(ctx, &directoryservice.ListIpRoutesInput{DirectoryId: &l.corp}))(t).IpRoutesInfo[0]
	expect(t, "IpRouteStatusMsg", route.IpRouteStatusMsg, dstypes.IpRouteStatusMsgAdded)
	forwarders := ok(l.ds.DescribeConditionalForwarders(ctx, &directoryservice.DescribeConditionalForwardersInput{DirectoryId: &l.corp}))(t)
	expect(t, "DnsIpAddrs", forwarders.ConditionalForwarders[0].DnsIpAddrs, []string{"203.0.113.1"})
	logs := ok(l.ds.ListLogSubscriptions(ctx, nil))(t).LogSubscriptions
	expect(t, "LogGroupName", *logs[0].LogGroupName, "logs")
	topics := ok(l.ds.DescribeEventTopics(ctx, nil))(t).EventTopics
	expect(t, "TopicArn", *topics[0].TopicArn, "arn:aws:sns:us-east-1:"+accountM+":alarms")
}

// A third domain controller, and another Region.
func (l *life) spread(t *testing.T) {
	ctx := t.Context()
	ok(l.ds.UpdateNumberOfDomainControllers(ctx, &directoryservice.UpdateNumberOfDomainControllersInput{
		DirectoryId: &l.corp, DesiredNumber: aws.Int32(3),
	}))(t)
	l.advance(t, "30m")
	controllers := ok(l.ds.DescribeDomainControllers(ctx, &directoryservice.DescribeDomainControllersInput{DirectoryId: &l.corp}))(t).DomainControllers
	expect(t, "domain controllers", len(controllers), 3)
	expect(t, "Status", controllers[2].Status, dstypes.DomainControllerStatusActive)
	ok(l.ds.AddRegion(ctx, &directoryservice.AddRegionInput{
		DirectoryId: &l.corp, RegionName: aws.String("us-west-2"),
		VPCSettings: &dstypes.DirectoryVpcSettings{VpcId: aws.String("vpc-87654321"), SubnetIds: []string{"subnet-33333333", "subnet-44444444"}},
	}))(t)
	l.advance(t, "1h")
	west := clients(aws.Config{Region: "us-west-2", Credentials: keysOf(accountM), BaseEndpoint: &l.endpoint})
	seen := west.directories(t)
	expect(t, "directories", len(seen), 1)
	expect(t, "DirectoryId", *seen[0].DirectoryId, l.corp)
	expect(t, "VpcId", *seen[0].VpcSettings.VpcId, "vpc-87654321")
	ok(west.ds.RemoveRegion(ctx, &directoryservice.RemoveRegionInput{DirectoryId: &l.corp}))(t)
	l.advance(t, "1h")
	expect(t, "directories", len(west.directories(t)), 0)
}

func (l *life) end(t *testing.T) {
	ok(l.ds.DeleteDirectory(t.Context(), &directoryservice.DeleteDirectoryInput{DirectoryId: &l.corp}))(t)
	expect(t, "Stage", l.shown(t).Stage, dstypes.DirectoryStageDeleting)
	l.advance(t, "1h")
	input := &directoryservice.DescribeDirectoriesInput{DirectoryIds: []string{l.corp}}
	refused[*dstypes.EntityDoesNotExistException](l.ds.DescribeDirectories(t.Context(), input))(t)
}
