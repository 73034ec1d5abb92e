package sdk

import (
	"testing"

	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// A server that is strict about trusted access shares in the organization only once it is enabled, and ends with exit code 0.
func TestStrictTrustedAccess(t *testing.T) {
	strict, err := start("--share-trusted-access", "strict")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := strict.stop(); err != nil {
			t.Errorf("the server did not end well: %v", err)
		}
	})
	m := strict.world("strict").as(accountM)
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	dev := m.createAccount(t, "dev")
	directory := m.createMicrosoftAD(t, "corp.example.com")

	refused[*dstypes.OrganizationsException](m.share(t, directory, dev, dstypes.ShareMethodOrganizations))(t)
	ok(m.enableAccess(t))(t)
	ok(m.share(t, directory, dev, dstypes.ShareMethodOrganizations))(t)
	expect(t, "shares", statuses(m.sharesOf(t, directory)), map[string]dstypes.ShareStatus{dev: dstypes.ShareStatusShared})
}
