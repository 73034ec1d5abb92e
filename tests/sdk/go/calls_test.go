package sdk

import (
	"errors"
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/smithy-go"
)

// ok is the answer of a call that must succeed: ok(client.Call(...))(t).
func ok[T any](out T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
}

// refused is the error of a call that must be refused with the SDK's type E: refused[E](client.Call(...))(t).
func refused[E error, T any](_ T, err error) func(*testing.T) E {
	return func(t *testing.T) E {
		t.Helper()
		var typed E
		if !errors.As(err, &typed) {
			t.Fatalf("the call ended with %v, want %T", err, typed)
		}
		return typed
	}
}

// expectCode holds an error against a code that need not have a type in the SDK.
func expectCode(t *testing.T, err error, code string) {
	t.Helper()
	var refusal smithy.APIError
	if !errors.As(err, &refusal) || refusal.ErrorCode() != code {
		t.Fatalf("the call ended with %v, want %s", err, code)
	}
}

// expect holds what a call said against what it must say.
func expect[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// each turns a list of the SDK's structures into a list of one of their members.
func each[T, U any](list []T, member func(T) U) []U {
	members := make([]U, 0, len(list))
	for _, one := range list {
		members = append(members, member(one))
	}
	return members
}

// pages follows a paginator of the SDK to its end.
func pages[T any](t *testing.T, more func() bool, next func() ([]T, error)) [][]T {
	t.Helper()
	var pages [][]T
	for more() {
		page, err := next()
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	return pages
}

func (c caller) createOrganization(t *testing.T, features orgtypes.OrganizationFeatureSet) *orgtypes.Organization {
	t.Helper()
	return ok(c.org.CreateOrganization(t.Context(), &organizations.CreateOrganizationInput{FeatureSet: features}))(t).Organization
}

func (c caller) root(t *testing.T) string {
	t.Helper()
	return *ok(c.org.ListRoots(t.Context(), nil))(t).Roots[0].Id
}

// requestAccount calls CreateAccount and answers with the request as it stands at first.
func (c caller) requestAccount(t *testing.T, name string) *orgtypes.CreateAccountStatus {
	t.Helper()
	return ok(c.org.CreateAccount(t.Context(), &organizations.CreateAccountInput{
		AccountName: aws.String(name),
		Email:       aws.String(name + "@example.com"),
	}))(t).CreateAccountStatus
}

func (c caller) requestStatus(t *testing.T, request *orgtypes.CreateAccountStatus) *orgtypes.CreateAccountStatus {
	t.Helper()
	return ok(c.org.DescribeCreateAccountStatus(t.Context(), &organizations.DescribeCreateAccountStatusInput{
		CreateAccountRequestId: request.Id,
	}))(t).CreateAccountStatus
}

// createAccount makes an account in the organization and answers its id.
func (c caller) createAccount(t *testing.T, name string) string {
	t.Helper()
	status := c.requestStatus(t, c.requestAccount(t, name))
	expect(t, "State", status.State, orgtypes.CreateAccountStateSucceeded)
	return *status.AccountId
}

// microsoftAD is what CreateMicrosoftAD takes for a Standard directory of that name.
func microsoftAD(name string) *directoryservice.CreateMicrosoftADInput {
	return &directoryservice.CreateMicrosoftADInput{
		Name:     aws.String(name),
		Password: aws.String("Sup3rSecret!"),
		Edition:  dstypes.DirectoryEditionStandard,
		VpcSettings: &dstypes.DirectoryVpcSettings{
			VpcId:     aws.String("vpc-12345678"),
			SubnetIds: []string{"subnet-11111111", "subnet-22222222"},
		},
	}
}

// createMicrosoftAD makes a Standard directory and answers its id.
func (c caller) createMicrosoftAD(t *testing.T, name string) string {
	t.Helper()
	return *ok(c.ds.CreateMicrosoftAD(t.Context(), microsoftAD(name)))(t).DirectoryId
}

func (c caller) directories(t *testing.T) []dstypes.DirectoryDescription {
	t.Helper()
	return ok(c.ds.DescribeDirectories(t.Context(), nil))(t).DirectoryDescriptions
}

// sharesOf are the shares of a directory, as its owner sees them.
func (c caller) sharesOf(t *testing.T, directory string) []dstypes.SharedDirectory {
	t.Helper()
	return ok(c.ds.DescribeSharedDirectories(t.Context(), &directoryservice.DescribeSharedDirectoriesInput{
		OwnerDirectoryId: &directory,
	}))(t).SharedDirectories
}

func (c caller) share(t *testing.T, directory, account string, method dstypes.ShareMethod) (*directoryservice.ShareDirectoryOutput, error) {
	return c.ds.ShareDirectory(t.Context(), &directoryservice.ShareDirectoryInput{
		DirectoryId: &directory,
		ShareMethod: method,
		ShareTarget: &dstypes.ShareTarget{Id: &account, Type: dstypes.TargetTypeAccount},
	})
}

func (c caller) unshare(t *testing.T, directory, account string) {
	t.Helper()
	ok(c.ds.UnshareDirectory(t.Context(), &directoryservice.UnshareDirectoryInput{
		DirectoryId:   &directory,
		UnshareTarget: &dstypes.UnshareTarget{Id: &account, Type: dstypes.TargetTypeAccount},
	}))(t)
}

// enableAccess turns trusted access of Directory Service on.
func (c caller) enableAccess(t *testing.T) (*organizations.EnableAWSServiceAccessOutput, error) {
	return c.org.EnableAWSServiceAccess(t.Context(), &organizations.EnableAWSServiceAccessInput{ServicePrincipal: aws.String(principal)})
}

// disableAccess turns it off.
func (c caller) disableAccess(t *testing.T) (*organizations.DisableAWSServiceAccessOutput, error) {
	return c.org.DisableAWSServiceAccess(t.Context(), &organizations.DisableAWSServiceAccessInput{ServicePrincipal: aws.String(principal)})
}

// trustedServices are the services that have trusted access.
func (c caller) trustedServices(t *testing.T) []string {
	t.Helper()
	services := ok(c.org.ListAWSServiceAccessForOrganization(t.Context(), nil))(t).EnabledServicePrincipals
	return each(services, func(service orgtypes.EnabledServicePrincipal) string { return *service.ServicePrincipal })
}
