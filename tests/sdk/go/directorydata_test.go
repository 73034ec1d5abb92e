package sdk

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
)

// Directory data access, as far as the client of Directory Service reaches: it is off, is turned on, and off again. The client of Directory
// Service Data is driven in ../python.
func TestDirectoryDataAccess(t *testing.T) {
	m := newWorld(t).as(accountM)
	directory := m.createMicrosoftAD(t, "corp.example.com")
	status := func() dstypes.DataAccessStatus {
		return ok(m.ds.DescribeDirectoryDataAccess(t.Context(), &directoryservice.DescribeDirectoryDataAccessInput{
			DirectoryId: &directory,
		}))(t).DataAccessStatus
	}
	expect(t, "at first", status(), dstypes.DataAccessStatusDisabled)
	ok(m.ds.EnableDirectoryDataAccess(t.Context(), &directoryservice.EnableDirectoryDataAccessInput{DirectoryId: &directory}))(t)
	expect(t, "turned on", status(), dstypes.DataAccessStatusEnabled)
	ok(m.ds.DisableDirectoryDataAccess(t.Context(), &directoryservice.DisableDirectoryDataAccessInput{DirectoryId: &directory}))(t)
	expect(t, "turned off", status(), dstypes.DataAccessStatusDisabled)
}
