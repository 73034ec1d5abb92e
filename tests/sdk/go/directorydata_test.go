package sdk

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
	"github.com/aws/aws-sdk-go-v2/service/directoryservicedata"
	datatypes "github.com/aws/aws-sdk-go-v2/service/directoryservicedata/types"
)

// Directory data access is off, is turned on, and off again.
func TestDirectoryDataAccess(t *testing.T) {
	m := newWorld(t).as(accountM)
	directory := m.createMicrosoftAD(t, "corp.example.com")
	status := func() dstypes.DataAccessStatus {
		return ok(m.ds.DescribeDirectoryDataAccess(t.Context(), &directoryservice.DescribeDirectoryDataAccessInput{
			DirectoryId: &directory,
		}))(t).DataAccessStatus
	}
	expect(t, "at first", status(), dstypes.DataAccessStatusDisabled)
	m.enableDataAccess(t, directory)
	expect(t, "turned on", status(), dstypes.DataAccessStatusEnabled)
	ok(m.ds.DisableDirectoryDataAccess(t.Context(), &directoryservice.DisableDirectoryDataAccessInput{DirectoryId: &directory}))(t)
	expect(t, "turned off", status(), dstypes.DataAccessStatusDisabled)
}

func (c caller) enableDataAccess(t *testing.T, directory string) {
	t.Helper()
	ok(c.ds.EnableDirectoryDataAccess(t.Context(), &directoryservice.EnableDirectoryDataAccessInput{DirectoryId: &directory}))(t)
}

// dataAs makes the client of Directory Service Data for an account's administrator.
func (w world) dataAs(account string) *directoryservicedata.Client {
	return directoryservicedata.NewFromConfig(aws.Config{
		Region: region, Credentials: keysOf(account), BaseEndpoint: aws.String(w.endpoint),
	})
}

// The users of a directory are made, described and listed, and refusals are the SDK's own types.
func TestUsersOfDirectory(t *testing.T) {
	world := newWorld(t)
	m := world.as(accountM)
	data := world.dataAs(accountM)
	directory := m.createMicrosoftAD(t, "corp.example.com")
	create := func(name string) (*directoryservicedata.CreateUserOutput, error) {
		return data.CreateUser(t.Context(), &directoryservicedata.CreateUserInput{
			DirectoryId:     &directory,
			SAMAccountName:  &name,
			OtherAttributes: map[string]datatypes.AttributeValue{"department": &datatypes.AttributeValueMemberS{Value: "Sales"}},
		})
	}
	describe := func(name string) (*directoryservicedata.DescribeUserOutput, error) {
		return data.DescribeUser(t.Context(), &directoryservicedata.DescribeUserInput{
			DirectoryId: &directory, SAMAccountName: &name, OtherAttributes: []string{"department"},
		})
	}
	denied := refused[*datatypes.AccessDeniedException](create("john.doe"))(t)
	expect(t, "Reason", denied.Reason, datatypes.AccessDeniedReasonDataDisabled)
	m.enableDataAccess(t, directory)

	sid := *ok(create("john.doe"))(t).SID
	_, err := create("john.doe")
	refused[*datatypes.ConflictException](0, err)(t)
	responseOf(t, err)

	user := ok(describe("john.doe"))(t)
	expect(t, "SID", *user.SID, sid)
	expect(t, "Enabled", *user.Enabled, false)
	if !strings.Contains(*user.DistinguishedName, "OU=Users,OU=corp") {
		t.Fatalf("DistinguishedName: got %q", *user.DistinguishedName)
	}
	department, isText := user.OtherAttributes["department"].(*datatypes.AttributeValueMemberS)
	if !isText || department.Value != "Sales" {
		t.Fatalf("department: got %v", user.OtherAttributes["department"])
	}
	refused[*datatypes.ResourceNotFoundException](describe("stranger"))(t)

	users := slices.Concat(listUsers(t, data, directory, nil)...)
	for _, name := range []string{"Administrator", "Guest", "krbtgt", "Admin", "john.doe"} {
		if !slices.Contains(users, name) {
			t.Fatalf("%s is not among the users %v", name, users)
		}
	}
	for n := range 5 {
		ok(create(fmt.Sprintf("user-%d", n)))(t)
	}
	paged := listUsers(t, data, directory, aws.Int32(4))
	expect(t, "users", len(slices.Concat(paged...)), len(users)+5)
	expect(t, "the first page", paged[0], users[:4])
}

// listUsers answers the names on each page of ListUsers.
func listUsers(t *testing.T, data *directoryservicedata.Client, directory string, pageSize *int32) [][]string {
	t.Helper()
	paginator := directoryservicedata.NewListUsersPaginator(data, &directoryservicedata.ListUsersInput{
		DirectoryId: &directory,
		MaxResults:  pageSize,
	})
	return pages(t, paginator.HasMorePages, func() ([]string, error) {
		page, err := paginator.NextPage(t.Context())
		if err != nil {
			return nil, err
		}
		return each(page.Users, func(user datatypes.UserSummary) string { return *user.SAMAccountName }), nil
	})
}
