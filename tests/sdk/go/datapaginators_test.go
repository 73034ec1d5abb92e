package sdk

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/directoryservicedata"
	datatypes "github.com/aws/aws-sdk-go-v2/service/directoryservicedata/types"
)

// growDomain makes a directory whose first group has five members, of whom the first is in five groups.
func growDomain(t *testing.T, m caller, data *directoryservicedata.Client) (directory string, users, groups []string) {
	t.Helper()
	directory = m.createMicrosoftAD(t, "corp.example.com")
	m.enableDataAccess(t, directory)
	for n := range 5 {
		users, groups = append(users, fmt.Sprintf("user-%d", n)), append(groups, fmt.Sprintf("group-%d", n))
		ok(data.CreateUser(t.Context(), &directoryservicedata.CreateUserInput{
			DirectoryId: &directory, SAMAccountName: &users[n], Surname: aws.String("Doe"),
		}))(t)
		ok(data.CreateGroup(t.Context(), &directoryservicedata.CreateGroupInput{
			DirectoryId: &directory, SAMAccountName: &groups[n],
			OtherAttributes: map[string]datatypes.AttributeValue{"displayName": &datatypes.AttributeValueMemberS{Value: "team"}},
		}))(t)
	}
	join := func(user, group string) {
		t.Helper()
		ok(data.AddGroupMember(t.Context(), &directoryservicedata.AddGroupMemberInput{
			DirectoryId: &directory, GroupName: &group, MemberName: &user,
		}))(t)
	}
	for n := range 5 {
		join(users[0], groups[n])
	}
	for _, user := range users[1:] {
		join(user, groups[0])
	}
	return directory, users, groups
}

// Each of the SDK's paginators for Directory Service Data yields everything once and in order, at a page size of two.
func TestAllPaginatorsOfDirectoryServiceData(t *testing.T) {
	w := newWorld(t)
	data := w.dataAs(accountM)
	directory, users, groups := growDomain(t, w.as(accountM), data)

	check := func(operation string, want []string, ask func(t *testing.T, size *int32) [][]string) {
		t.Run(operation, func(t *testing.T) {
			whole := slices.Concat(ask(t, nil)...)
			if want != nil {
				expectSame(t, "list", whole, want)
			}
			paged := ask(t, aws.Int32(2))
			expect(t, "pages of two", paged, slices.Collect(slices.Chunk(whole, 2)))
			if len(paged) < 3 {
				t.Fatalf("%v is too little", whole)
			}
		})
	}

	check("ListGroupMembers", users, func(t *testing.T, size *int32) [][]string {
		input := &directoryservicedata.ListGroupMembersInput{DirectoryId: &directory, SAMAccountName: &groups[0], MaxResults: size}
		return list(t, directoryservicedata.NewListGroupMembersPaginator(data, input), func(o *directoryservicedata.ListGroupMembersOutput) []datatypes.Member {
			return o.Members
		}, func(i datatypes.Member) *string { return i.SAMAccountName })
	})
	check("ListGroups", nil, func(t *testing.T, size *int32) [][]string {
		input := &directoryservicedata.ListGroupsInput{DirectoryId: &directory, MaxResults: size}
		return list(t, directoryservicedata.NewListGroupsPaginator(data, input), func(o *directoryservicedata.ListGroupsOutput) []datatypes.GroupSummary {
			return o.Groups
		}, func(i datatypes.GroupSummary) *string { return i.SAMAccountName })
	})
	check("ListGroupsForMember", append([]string{"Domain Users"}, groups...), func(t *testing.T, size *int32) [][]string {
		input := &directoryservicedata.ListGroupsForMemberInput{DirectoryId: &directory, SAMAccountName: &users[0], MaxResults: size}
		return list(t, directoryservicedata.NewListGroupsForMemberPaginator(data, input), func(o *directoryservicedata.ListGroupsForMemberOutput) []datatypes.GroupSummary {
			return o.Groups
		}, func(i datatypes.GroupSummary) *string { return i.SAMAccountName })
	})
	check("ListUsers", nil, func(t *testing.T, size *int32) [][]string {
		input := &directoryservicedata.ListUsersInput{DirectoryId: &directory, MaxResults: size}
		return list(t, directoryservicedata.NewListUsersPaginator(data, input), func(o *directoryservicedata.ListUsersOutput) []datatypes.UserSummary {
			return o.Users
		}, func(i datatypes.UserSummary) *string { return i.SAMAccountName })
	})
	check("SearchGroups", groups, func(t *testing.T, size *int32) [][]string {
		input := &directoryservicedata.SearchGroupsInput{DirectoryId: &directory, SearchString: aws.String("team"), SearchAttributes: []string{"displayName"}, MaxResults: size}
		return list(t, directoryservicedata.NewSearchGroupsPaginator(data, input), func(o *directoryservicedata.SearchGroupsOutput) []datatypes.Group {
			return o.Groups
		}, func(i datatypes.Group) *string { return i.SAMAccountName })
	})
	check("SearchUsers", users, func(t *testing.T, size *int32) [][]string {
		input := &directoryservicedata.SearchUsersInput{DirectoryId: &directory, SearchString: aws.String("doe"), SearchAttributes: []string{"sn"}, MaxResults: size}
		return list(t, directoryservicedata.NewSearchUsersPaginator(data, input), func(o *directoryservicedata.SearchUsersOutput) []datatypes.User {
			return o.Users
		}, func(i datatypes.User) *string { return i.SAMAccountName })
	})
}
