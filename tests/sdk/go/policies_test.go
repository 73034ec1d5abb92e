package sdk

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

var noDirectories = document{"Version": "2012-10-17", "Statement": []document{
	{"Effect": "Deny", "Action": "ds:CreateMicrosoftAD", "Resource": "*"},
}}

// workloads is a world where M manages account dev in a unit.
type workloads struct {
	m, dev              caller
	root, unit, account string
}

func newWorkloads(t *testing.T) workloads {
	t.Helper()
	w := newWorld(t)
	m := w.as(accountM)
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	root := m.root(t)
	unit, account := m.createUnit(t, root, "Workloads"), m.createAccount(t, "dev")
	ok(m.org.MoveAccount(t.Context(), &organizations.MoveAccountInput{AccountId: &account, SourceParentId: &root, DestinationParentId: &unit}))(t)
	return workloads{m, w.as(account), root, unit, account}
}

// A service control policy is in force below its unit, until it is taken off.
func TestServiceControlPolicy(t *testing.T) {
	w := newWorkloads(t)
	w.m.enable(t, w.root, orgtypes.PolicyTypeServiceControlPolicy)
	policy := w.m.createPolicy(t, orgtypes.PolicyTypeServiceControlPolicy, "NoDirectories", noDirectories)
	w.m.attach(t, policy, w.unit)
	_, err := w.dev.ds.CreateMicrosoftAD(t.Context(), microsoftAD("corp.example.com"))
	expectCode(t, err, "AccessDeniedException")
	w.m.createMicrosoftAD(t, "corp.example.com")
	remove := &organizations.DeletePolicyInput{PolicyId: &policy}
	refused[*orgtypes.PolicyInUseException](w.m.org.DeletePolicy(t.Context(), remove))(t)
	ok(w.m.org.DetachPolicy(t.Context(), &organizations.DetachPolicyInput{PolicyId: &policy, TargetId: &w.unit}))(t)
	w.dev.createMicrosoftAD(t, "corp.example.com")
	ok(w.m.org.DeletePolicy(t.Context(), remove))(t)
}

// A tag policy is merged with those above it.
func TestEffectiveTagPolicy(t *testing.T) {
	w := newWorkloads(t)
	w.m.enable(t, w.root, orgtypes.PolicyTypeTagPolicy)
	w.m.attach(t, w.m.createPolicy(t, orgtypes.PolicyTypeTagPolicy, "upper", tagPolicy("CostCenter", "sales", "support")), w.root)
	more := document{"tags": document{"costcenter": document{"tag_value": document{"@@append": []string{"marketing"}}}}}
	w.m.attach(t, w.m.createPolicy(t, orgtypes.PolicyTypeTagPolicy, "lower", more), w.unit)

	input := &organizations.DescribeEffectivePolicyInput{PolicyType: orgtypes.EffectivePolicyTypeTagPolicy}
	own := ok(w.dev.org.DescribeEffectivePolicy(t.Context(), input))(t).EffectivePolicy
	input.TargetId = &w.account
	seen := ok(w.m.org.DescribeEffectivePolicy(t.Context(), input))(t).EffectivePolicy
	expect(t, "own", own, seen)
	var content any
	if err := json.Unmarshal([]byte(*seen.PolicyContent), &content); err != nil {
		t.Fatal(err)
	}
	expect[any](t, "content", content, map[string]any{"tags": map[string]any{"costcenter": map[string]any{
		"tag_key": "CostCenter", "tag_value": []any{"sales", "support", "marketing"},
	}}})
}

// A malformed document is refused, and the message tells where it is.
func TestMalformedPolicies(t *testing.T) {
	m := newWorkloads(t).m
	for path, create := range map[string]func() (*organizations.CreatePolicyOutput, error){
		"tags.team.tag_key": func() (*organizations.CreatePolicyOutput, error) {
			content := document{"tags": document{"team": document{"tag_key": "team"}}}
			return m.tryPolicy(t, orgtypes.PolicyTypeTagPolicy, "malformed", content)
		},
		"Statement[0].Effect": func() (*organizations.CreatePolicyOutput, error) {
			content := document{"Version": "2012-10-17", "Statement": []document{{"Effect": "Forbid", "Action": "*", "Resource": "*"}}}
			return m.tryPolicy(t, orgtypes.PolicyTypeServiceControlPolicy, "malformed", content)
		},
	} {
		refusal := refused[*orgtypes.MalformedPolicyDocumentException](create())(t)
		if !strings.Contains(refusal.ErrorMessage(), path) {
			t.Fatalf("%q does not name %s", refusal.ErrorMessage(), path)
		}
	}
}

// A delegated administrator reads but does not write.
func TestDelegatedAdministrator(t *testing.T) {
	w := newWorkloads(t)
	service := "config.amazonaws.com"
	refused[*orgtypes.AccessDeniedException](w.dev.org.ListAccounts(t.Context(), nil))(t)
	ok(w.m.org.EnableAWSServiceAccess(t.Context(), &organizations.EnableAWSServiceAccessInput{ServicePrincipal: &service}))(t)
	ok(w.m.register(t, w.account, service))(t)
	expect(t, "accounts", len(ok(w.dev.org.ListAccounts(t.Context(), nil))(t).Accounts), 2)
	refused[*orgtypes.AccessDeniedException](w.dev.tryPolicy(t, orgtypes.PolicyTypeTagPolicy, "tags", tagPolicy("team")))(t)
	ok(w.m.org.DeregisterDelegatedAdministrator(t.Context(), &organizations.DeregisterDelegatedAdministratorInput{
		AccountId: &w.account, ServicePrincipal: &service,
	}))(t)
	refused[*orgtypes.AccessDeniedException](w.dev.org.ListAccounts(t.Context(), nil))(t)
}

// A delegate does what a resource policy says.
func TestResourcePolicy(t *testing.T) {
	w := newWorkloads(t)
	content := document{"Version": "2012-10-17", "Statement": []document{{
		"Effect":    "Allow",
		"Principal": document{"AWS": "arn:aws:iam::" + w.account + ":root"},
		"Action":    []string{"organizations:CreatePolicy", "organizations:DeletePolicy"},
		"Resource":  "*",
		"Condition": document{"StringEquals": document{"organizations:PolicyType": "TAG_POLICY"}},
	}}}
	ok(w.m.org.PutResourcePolicy(t.Context(), &organizations.PutResourcePolicyInput{Content: aws.String(content.text(t))}))(t)
	policy := w.dev.createPolicy(t, orgtypes.PolicyTypeTagPolicy, "tags", tagPolicy("team"))
	refused[*orgtypes.AccessDeniedException](w.dev.tryPolicy(t, orgtypes.PolicyTypeServiceControlPolicy, "NoDirectories", noDirectories))(t)
	rename := &organizations.UpdatePolicyInput{PolicyId: &policy, Name: aws.String("other")}
	refused[*orgtypes.AccessDeniedException](w.dev.org.UpdatePolicy(t.Context(), rename))(t)
	ok(w.dev.org.DeletePolicy(t.Context(), &organizations.DeletePolicyInput{PolicyId: &policy}))(t)
	ok(w.m.org.DeleteResourcePolicy(t.Context(), nil))(t)
	refused[*orgtypes.ResourcePolicyNotFoundException](w.m.org.DescribeResourcePolicy(t.Context(), nil))(t)
	refused[*orgtypes.AccessDeniedException](w.dev.tryPolicy(t, orgtypes.PolicyTypeTagPolicy, "tags", tagPolicy("team")))(t)
}
