package sdk

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// The paginators of Organizations follow every token of an organization with 26 accounts.
func TestPaginatorsOfOrganizations(t *testing.T) {
	m := newWorld(t).as(accountM)
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	root := m.root(t)
	var made []string
	for n := range 25 {
		made = append(made, m.createAccount(t, fmt.Sprintf("account-%d", n+1)))
	}
	all := append([]string{accountM}, made...)

	t.Run("ListAccounts in order, over two pages", func(t *testing.T) {
		pages := listAccounts(t, m, nil)
		expect(t, "lengths", each(pages, length), []int{20, 6})
		expect(t, "accounts", slices.Concat(pages...), all)
	})
	t.Run("ListAccounts with a page size of 10", func(t *testing.T) {
		pages := listAccounts(t, m, aws.Int32(10))
		expect(t, "lengths", each(pages, length), []int{10, 10, 6})
		expect(t, "accounts", slices.Concat(pages...), all)
	})
	t.Run("ListChildren", func(t *testing.T) {
		paginator := organizations.NewListChildrenPaginator(m.org, &organizations.ListChildrenInput{
			ParentId:  &root,
			ChildType: orgtypes.ChildTypeAccount,
		})
		pages := pages(t, paginator.HasMorePages, func() ([]string, error) {
			page, err := paginator.NextPage(t.Context())
			if err != nil {
				return nil, err
			}
			return each(page.Children, func(child orgtypes.Child) string { return *child.Id }), nil
		})
		expect(t, "lengths", each(pages, length), []int{20, 6})
		expectSame(t, "children", slices.Concat(pages...), all)
	})
	t.Run("ListCreateAccountStatus", func(t *testing.T) {
		paginator := organizations.NewListCreateAccountStatusPaginator(m.org, &organizations.ListCreateAccountStatusInput{})
		pages := pages(t, paginator.HasMorePages, func() ([]string, error) {
			page, err := paginator.NextPage(t.Context())
			if err != nil {
				return nil, err
			}
			return each(page.CreateAccountStatuses, func(status orgtypes.CreateAccountStatus) string { return *status.AccountId }), nil
		})
		expect(t, "lengths", each(pages, length), []int{20, 5})
		expectSame(t, "requests", slices.Concat(pages...), made)
	})
	t.Run("A token that was never given is refused", func(t *testing.T) {
		input := &organizations.ListAccountsInput{NextToken: aws.String("garbage")}
		refusal := refused[*orgtypes.InvalidInputException](m.org.ListAccounts(t.Context(), input))(t)
		expect(t, "Reason", refusal.Reason, orgtypes.InvalidInputExceptionReasonInvalidPaginationToken)
	})
}

// The paginators of Directory Service follow every token of an account with 12 directories.
func TestPaginatorsOfDirectoryService(t *testing.T) {
	m := newWorld(t).as(accountM)
	var made []string
	for n := range 12 {
		made = append(made, m.createMicrosoftAD(t, fmt.Sprintf("corp-%d.example.com", n+1)))
	}

	t.Run("DescribeDirectories with a page size of 5", func(t *testing.T) {
		paginator := directoryservice.NewDescribeDirectoriesPaginator(m.ds, &directoryservice.DescribeDirectoriesInput{Limit: aws.Int32(5)})
		pages := pages(t, paginator.HasMorePages, func() ([]string, error) {
			page, err := paginator.NextPage(t.Context())
			if err != nil {
				return nil, err
			}
			return each(page.DirectoryDescriptions, func(d dstypes.DirectoryDescription) string { return *d.DirectoryId }), nil
		})
		expect(t, "lengths", each(pages, length), []int{5, 5, 2})
		expectSame(t, "directories", slices.Concat(pages...), made)
	})
	t.Run("DescribeSharedDirectories with one share a page", func(t *testing.T) {
		accounts := []string{accountX, accountB, "555555555555"}
		for _, account := range accounts {
			ok(m.share(t, made[0], account, dstypes.ShareMethodHandshake))(t)
		}
		paginator := directoryservice.NewDescribeSharedDirectoriesPaginator(m.ds, &directoryservice.DescribeSharedDirectoriesInput{
			OwnerDirectoryId: &made[0],
			Limit:            aws.Int32(1),
		})
		pages := pages(t, paginator.HasMorePages, func() ([]string, error) {
			page, err := paginator.NextPage(t.Context())
			if err != nil {
				return nil, err
			}
			return each(page.SharedDirectories, func(share dstypes.SharedDirectory) string { return *share.SharedAccountId }), nil
		})
		expect(t, "lengths", each(pages, length), []int{1, 1, 1})
		expectSame(t, "accounts", slices.Concat(pages...), accounts)
	})
}

// listAccounts answers the ids on each page of ListAccounts.
func listAccounts(t *testing.T, m caller, pageSize *int32) [][]string {
	t.Helper()
	paginator := organizations.NewListAccountsPaginator(m.org, &organizations.ListAccountsInput{MaxResults: pageSize})
	return pages(t, paginator.HasMorePages, func() ([]string, error) {
		page, err := paginator.NextPage(t.Context())
		if err != nil {
			return nil, err
		}
		return each(page.Accounts, func(account orgtypes.Account) string { return *account.Id }), nil
	})
}

func length(page []string) int { return len(page) }

// expectSame compares two lists in any order.
func expectSame(t *testing.T, what string, got, want []string) {
	t.Helper()
	expect(t, what, slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)))
}
