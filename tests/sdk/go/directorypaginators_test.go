package sdk

import (
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
)

// Each of the SDK's paginators for Directory Service yields everything once and in order, at a page size of two.
func TestAllPaginatorsOfDirectoryService(t *testing.T) {
	m := newWorld(t).as(accountM)
	g := growDirectories(t, m)

	checkPages(t, "DescribeClientAuthenticationSettings", []string{"SmartCard"}, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewDescribeClientAuthenticationSettingsPaginator(m.ds, &directoryservice.DescribeClientAuthenticationSettingsInput{DirectoryId: &g.connector, Limit: size})
		return list(t, p, func(o *directoryservice.DescribeClientAuthenticationSettingsOutput) []dstypes.ClientAuthenticationSettingInfo {
			return o.ClientAuthenticationSettingsInfo
		},
			func(i dstypes.ClientAuthenticationSettingInfo) *string { return (*string)(&i.Type) })
	})
	checkPages(t, "DescribeDirectories", g.ids, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewDescribeDirectoriesPaginator(m.ds, &directoryservice.DescribeDirectoriesInput{Limit: size})
		return list(t, p, func(o *directoryservice.DescribeDirectoriesOutput) []dstypes.DirectoryDescription {
			return o.DirectoryDescriptions
		},
			func(i dstypes.DirectoryDescription) *string { return i.DirectoryId })
	})
	checkPages(t, "DescribeDomainControllers", slices.Repeat([]string{"Active"}, 5), func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewDescribeDomainControllersPaginator(m.ds, &directoryservice.DescribeDomainControllersInput{DirectoryId: &g.corp, Limit: size})
		return list(t, p, func(o *directoryservice.DescribeDomainControllersOutput) []dstypes.DomainController {
			return o.DomainControllers
		},
			func(i dstypes.DomainController) *string { return (*string)(&i.Status) })
	})
	checkPages(t, "DescribeLDAPSSettings", []string{"Enabled"}, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewDescribeLDAPSSettingsPaginator(m.ds, &directoryservice.DescribeLDAPSSettingsInput{DirectoryId: &g.corp, Limit: size})
		return list(t, p, func(o *directoryservice.DescribeLDAPSSettingsOutput) []dstypes.LDAPSSettingInfo {
			return o.LDAPSSettingsInfo
		},
			func(i dstypes.LDAPSSettingInfo) *string { return (*string)(&i.LDAPSStatus) })
	})
	checkPages(t, "DescribeSharedDirectories", guests, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewDescribeSharedDirectoriesPaginator(m.ds, &directoryservice.DescribeSharedDirectoriesInput{OwnerDirectoryId: &g.corp, Limit: size})
		return list(t, p, func(o *directoryservice.DescribeSharedDirectoriesOutput) []dstypes.SharedDirectory {
			return o.SharedDirectories
		},
			func(i dstypes.SharedDirectory) *string { return i.SharedAccountId })
	})
	checkPages(t, "DescribeSnapshots", g.snapshots, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewDescribeSnapshotsPaginator(m.ds, &directoryservice.DescribeSnapshotsInput{DirectoryId: &g.corp, Limit: size})
		return list(t, p, func(o *directoryservice.DescribeSnapshotsOutput) []dstypes.Snapshot { return o.Snapshots },
			func(i dstypes.Snapshot) *string { return i.SnapshotId })
	})
	checkPages(t, "DescribeTrusts", g.trusts, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewDescribeTrustsPaginator(m.ds, &directoryservice.DescribeTrustsInput{DirectoryId: &g.corp, Limit: size})
		return list(t, p, func(o *directoryservice.DescribeTrustsOutput) []dstypes.Trust { return o.Trusts },
			func(i dstypes.Trust) *string { return i.TrustId })
	})
	checkPages(t, "ListADAssessments", g.assessments, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewListADAssessmentsPaginator(m.ds, &directoryservice.ListADAssessmentsInput{Limit: size})
		return list(t, p, func(o *directoryservice.ListADAssessmentsOutput) []dstypes.AssessmentSummary { return o.Assessments },
			func(i dstypes.AssessmentSummary) *string { return i.AssessmentId })
	})
	checkPages(t, "ListCertificates", g.authorities, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewListCertificatesPaginator(m.ds, &directoryservice.ListCertificatesInput{DirectoryId: &g.corp, Limit: size})
		return list(t, p, func(o *directoryservice.ListCertificatesOutput) []dstypes.CertificateInfo { return o.CertificatesInfo },
			func(i dstypes.CertificateInfo) *string { return i.CommonName })
	})
	checkPages(t, "ListIpRoutes", g.routes, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewListIpRoutesPaginator(m.ds, &directoryservice.ListIpRoutesInput{DirectoryId: &g.corp, Limit: size})
		return list(t, p, func(o *directoryservice.ListIpRoutesOutput) []dstypes.IpRouteInfo { return o.IpRoutesInfo },
			func(i dstypes.IpRouteInfo) *string { return i.CidrIp })
	})
	checkPages(t, "ListLogSubscriptions", g.ids[:5], func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewListLogSubscriptionsPaginator(m.ds, &directoryservice.ListLogSubscriptionsInput{Limit: size})
		return list(t, p, func(o *directoryservice.ListLogSubscriptionsOutput) []dstypes.LogSubscription {
			return o.LogSubscriptions
		},
			func(i dstypes.LogSubscription) *string { return i.DirectoryId })
	})
	checkPages(t, "ListSchemaExtensions", g.extensions, func(t *testing.T, size *int32) [][]string {
		p := directoryservice.NewListSchemaExtensionsPaginator(m.ds, &directoryservice.ListSchemaExtensionsInput{DirectoryId: &g.corp, Limit: size})
		return list(t, p, func(o *directoryservice.ListSchemaExtensionsOutput) []dstypes.SchemaExtensionInfo {
			return o.SchemaExtensionsInfo
		},
			func(i dstypes.SchemaExtensionInfo) *string { return i.SchemaExtensionId })
	})
	// They take no page size, or do not heed it: that of the tags is reserved.
	t.Run("DescribeRegions", func(t *testing.T) {
		p := directoryservice.NewDescribeRegionsPaginator(m.ds, &directoryservice.DescribeRegionsInput{DirectoryId: &g.corp})
		whole := list(t, p, func(o *directoryservice.DescribeRegionsOutput) []dstypes.RegionDescription {
			return o.RegionsDescription
		},
			func(i dstypes.RegionDescription) *string { return i.RegionName })
		expectSame(t, "list", slices.Concat(whole...), regions)
	})
	t.Run("DescribeUpdateDirectory", func(t *testing.T) {
		p := directoryservice.NewDescribeUpdateDirectoryPaginator(m.ds, &directoryservice.DescribeUpdateDirectoryInput{DirectoryId: &g.corp, UpdateType: dstypes.UpdateTypeOs})
		whole := list(t, p, func(o *directoryservice.DescribeUpdateDirectoryOutput) []dstypes.UpdateInfoEntry {
			return o.UpdateActivities
		},
			func(i dstypes.UpdateInfoEntry) *string { return i.InitiatedBy })
		expectSame(t, "list", slices.Concat(whole...), slices.Repeat([]string{"Customer"}, 5))
	})
	t.Run("ListTagsForResource", func(t *testing.T) {
		p := directoryservice.NewListTagsForResourcePaginator(m.ds, &directoryservice.ListTagsForResourceInput{ResourceId: &g.corp})
		whole := list(t, p, func(o *directoryservice.ListTagsForResourceOutput) []dstypes.Tag { return o.Tags },
			func(i dstypes.Tag) *string { return i.Key })
		expectSame(t, "list", slices.Concat(whole...), g.tags)
	})
}
