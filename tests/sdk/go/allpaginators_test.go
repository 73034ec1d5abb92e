package sdk

import (
	"context"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// paginator is what each of the SDK's paginators is.
type paginator[Output, Options any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*Options)) (*Output, error)
}

// Asked without a page size and with one, a list is the same.
func checkPages(t *testing.T, operation string, want []string, ask func(t *testing.T, size *int32) [][]string) {
	t.Run(operation, func(t *testing.T) {
		whole := ask(t, nil)
		expect(t, "pages", len(whole), 1)
		expectSame(t, "list", whole[0], want)
		expect(t, "pages of two", ask(t, aws.Int32(2)), slices.Collect(slices.Chunk(whole[0], 2)))
	})
}

// list follows a paginator and answers one member of each item, page by page.
func list[Output, Options, Item any](t *testing.T, p paginator[Output, Options], items func(*Output) []Item, member func(Item) *string) [][]string {
	t.Helper()
	return pages(t, p.HasMorePages, func() ([]string, error) {
		page, err := p.NextPage(t.Context())
		if err != nil {
			return nil, err
		}
		return each(items(page), func(item Item) string { return *member(item) }), nil
	})
}

// Each of the SDK's paginators for Organizations yields everything once and in order, at a page size of two.
func TestAllPaginatorsOfOrganizations(t *testing.T) {
	w := newWorld(t)
	g := grow(t, w)
	m, s := w.as(accountM).org, w.as(accountS).org
	one := &g.accounts[0]
	all := append([]string{accountM}, g.accounts...)
	var errors []string
	for _, name := range plans {
		errors = append(errors, "plans/"+name+"/rules")
	}

	checkPages(t, "ListAWSServiceAccessForOrganization", principals, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListAWSServiceAccessForOrganizationInput{MaxResults: size}
		p := organizations.NewListAWSServiceAccessForOrganizationPaginator(m, input)
		return list(t, p, func(o *organizations.ListAWSServiceAccessForOrganizationOutput) []orgtypes.EnabledServicePrincipal {
			return o.EnabledServicePrincipals
		}, func(i orgtypes.EnabledServicePrincipal) *string { return i.ServicePrincipal })
	})
	checkPages(t, "ListAccounts", all, func(t *testing.T, size *int32) [][]string {
		p := organizations.NewListAccountsPaginator(m, &organizations.ListAccountsInput{MaxResults: size})
		return list(t, p, func(o *organizations.ListAccountsOutput) []orgtypes.Account { return o.Accounts },
			func(i orgtypes.Account) *string { return i.Id })
	})
	checkPages(t, "ListAccountsForParent", all, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListAccountsForParentInput{MaxResults: size, ParentId: &g.root}
		p := organizations.NewListAccountsForParentPaginator(m, input)
		return list(t, p, func(o *organizations.ListAccountsForParentOutput) []orgtypes.Account { return o.Accounts },
			func(i orgtypes.Account) *string { return i.Id })
	})
	checkPages(t, "ListAccountsWithInvalidEffectivePolicy", all, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListAccountsWithInvalidEffectivePolicyInput{MaxResults: size, PolicyType: orgtypes.EffectivePolicyTypeBackupPolicy}
		p := organizations.NewListAccountsWithInvalidEffectivePolicyPaginator(m, input)
		return list(t, p, func(o *organizations.ListAccountsWithInvalidEffectivePolicyOutput) []orgtypes.Account {
			return o.Accounts
		},
			func(i orgtypes.Account) *string { return i.Id })
	})
	checkPages(t, "ListChildren", all, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListChildrenInput{MaxResults: size, ParentId: &g.root, ChildType: orgtypes.ChildTypeAccount}
		p := organizations.NewListChildrenPaginator(m, input)
		return list(t, p, func(o *organizations.ListChildrenOutput) []orgtypes.Child { return o.Children },
			func(i orgtypes.Child) *string { return i.Id })
	})
	checkPages(t, "ListCreateAccountStatus", g.accounts, func(t *testing.T, size *int32) [][]string {
		p := organizations.NewListCreateAccountStatusPaginator(m, &organizations.ListCreateAccountStatusInput{MaxResults: size})
		return list(t, p, func(o *organizations.ListCreateAccountStatusOutput) []orgtypes.CreateAccountStatus {
			return o.CreateAccountStatuses
		},
			func(i orgtypes.CreateAccountStatus) *string { return i.AccountId })
	})
	checkPages(t, "ListDelegatedAdministrators", g.accounts[:3], func(t *testing.T, size *int32) [][]string {
		p := organizations.NewListDelegatedAdministratorsPaginator(m, &organizations.ListDelegatedAdministratorsInput{MaxResults: size})
		return list(t, p, func(o *organizations.ListDelegatedAdministratorsOutput) []orgtypes.DelegatedAdministrator {
			return o.DelegatedAdministrators
		},
			func(i orgtypes.DelegatedAdministrator) *string { return i.Id })
	})
	checkPages(t, "ListDelegatedServicesForAccount", principals, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListDelegatedServicesForAccountInput{MaxResults: size, AccountId: one}
		p := organizations.NewListDelegatedServicesForAccountPaginator(m, input)
		return list(t, p, func(o *organizations.ListDelegatedServicesForAccountOutput) []orgtypes.DelegatedService {
			return o.DelegatedServices
		},
			func(i orgtypes.DelegatedService) *string { return i.ServicePrincipal })
	})
	checkPages(t, "ListEffectivePolicyValidationErrors", errors, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListEffectivePolicyValidationErrorsInput{MaxResults: size, AccountId: one, PolicyType: orgtypes.EffectivePolicyTypeBackupPolicy}
		p := organizations.NewListEffectivePolicyValidationErrorsPaginator(m, input)
		return list(t, p, func(o *organizations.ListEffectivePolicyValidationErrorsOutput) []orgtypes.EffectivePolicyValidationError {
			return o.EffectivePolicyValidationErrors
		},
			func(i orgtypes.EffectivePolicyValidationError) *string { return i.PathToError })
	})
	checkPages(t, "ListHandshakesForAccount", g.received, func(t *testing.T, size *int32) [][]string {
		p := organizations.NewListHandshakesForAccountPaginator(s, &organizations.ListHandshakesForAccountInput{MaxResults: size})
		return list(t, p, func(o *organizations.ListHandshakesForAccountOutput) []orgtypes.Handshake { return o.Handshakes },
			func(i orgtypes.Handshake) *string { return i.Id })
	})
	checkPages(t, "ListHandshakesForOrganization", g.sent, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListHandshakesForOrganizationInput{MaxResults: size}
		p := organizations.NewListHandshakesForOrganizationPaginator(m, input)
		return list(t, p, func(o *organizations.ListHandshakesForOrganizationOutput) []orgtypes.Handshake { return o.Handshakes },
			func(i orgtypes.Handshake) *string { return i.Id })
	})
	checkPages(t, "ListOrganizationalUnitsForParent", g.units, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListOrganizationalUnitsForParentInput{MaxResults: size, ParentId: &g.root}
		p := organizations.NewListOrganizationalUnitsForParentPaginator(m, input)
		return list(t, p, func(o *organizations.ListOrganizationalUnitsForParentOutput) []orgtypes.OrganizationalUnit {
			return o.OrganizationalUnits
		},
			func(i orgtypes.OrganizationalUnit) *string { return i.Id })
	})
	checkPages(t, "ListParents", []string{g.root}, func(t *testing.T, size *int32) [][]string {
		p := organizations.NewListParentsPaginator(m, &organizations.ListParentsInput{MaxResults: size, ChildId: one})
		return list(t, p, func(o *organizations.ListParentsOutput) []orgtypes.Parent { return o.Parents },
			func(i orgtypes.Parent) *string { return i.Id })
	})
	checkPages(t, "ListPolicies", g.policies, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListPoliciesInput{MaxResults: size, Filter: orgtypes.PolicyTypeTagPolicy}
		p := organizations.NewListPoliciesPaginator(m, input)
		return list(t, p, func(o *organizations.ListPoliciesOutput) []orgtypes.PolicySummary { return o.Policies },
			func(i orgtypes.PolicySummary) *string { return i.Id })
	})
	checkPages(t, "ListPoliciesForTarget", g.policies, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListPoliciesForTargetInput{MaxResults: size, TargetId: &g.units[0], Filter: orgtypes.PolicyTypeTagPolicy}
		p := organizations.NewListPoliciesForTargetPaginator(m, input)
		return list(t, p, func(o *organizations.ListPoliciesForTargetOutput) []orgtypes.PolicySummary { return o.Policies },
			func(i orgtypes.PolicySummary) *string { return i.Id })
	})
	checkPages(t, "ListRoots", []string{g.root}, func(t *testing.T, size *int32) [][]string {
		p := organizations.NewListRootsPaginator(m, &organizations.ListRootsInput{MaxResults: size})
		return list(t, p, func(o *organizations.ListRootsOutput) []orgtypes.Root { return o.Roots },
			func(i orgtypes.Root) *string { return i.Id })
	})
	checkPages(t, "ListTargetsForPolicy", g.units, func(t *testing.T, size *int32) [][]string {
		input := &organizations.ListTargetsForPolicyInput{MaxResults: size, PolicyId: &g.policies[0]}
		p := organizations.NewListTargetsForPolicyPaginator(m, input)
		return list(t, p, func(o *organizations.ListTargetsForPolicyOutput) []orgtypes.PolicyTargetSummary { return o.Targets },
			func(i orgtypes.PolicyTargetSummary) *string { return i.TargetId })
	})
	// The tags of a resource fit on a page, whose size cannot be asked for.
	t.Run("ListTagsForResource", func(t *testing.T) {
		p := organizations.NewListTagsForResourcePaginator(m, &organizations.ListTagsForResourceInput{ResourceId: one})
		tags := list(t, p, func(o *organizations.ListTagsForResourceOutput) []orgtypes.Tag { return o.Tags },
			func(i orgtypes.Tag) *string { return i.Key })
		expect(t, "tags", tags, [][]string{{"cost", "stage", "team"}})
	})
}
