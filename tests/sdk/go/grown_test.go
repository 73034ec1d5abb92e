package sdk

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

var (
	plans      = []string{"one", "three", "two"}
	principals = []string{"cloudtrail.amazonaws.com", "config.amazonaws.com", "guardduty.amazonaws.com"}
)

// document is a JSON object.
type document map[string]any

func (d document) text(t *testing.T) string {
	t.Helper()
	return string(ok(json.Marshal(d))(t))
}

func assign(value any) document { return document{"@@assign": value} }

// tagPolicy spells one key, and allows these values of it.
func tagPolicy(key string, values ...string) document {
	rule := document{"tag_key": assign(key)}
	if len(values) > 0 {
		rule["tag_value"] = assign(values)
	}
	return document{"tags": document{key: rule}}
}

// backupPolicy has three plans, each with the rules from one number to another. AWS allows ten rules with an hourly schedule in a plan.
func backupPolicy(from, to int) document {
	rules := document{}
	for n := from; n <= to; n++ {
		rules[fmt.Sprintf("rule%d", n)] = document{"schedule_expression": assign("cron(0 5/1 ? * * *)"), "target_backup_vault_name": assign("vault")}
	}
	data := document{
		"iam_role_arn": assign("arn:aws:iam::$account:role/Backup"),
		"tag_key":      assign("backup"),
		"tag_value":    assign([]string{"yes"}),
	}
	policy := document{}
	for _, name := range plans {
		policy[name] = document{"regions": assign([]string{region}), "rules": rules, "selections": document{"tags": document{"data": data}}}
	}
	return document{"plans": policy}
}

// grown is an organization with more than a page of everything that Organizations lists, at a page size of two.
type grown struct {
	root                                      string
	accounts, units, policies, sent, received []string
}

func grow(t *testing.T, w world) grown {
	t.Helper()
	m := w.as(accountM)
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	g := grown{root: m.root(t)}
	for n := range 5 {
		g.accounts = append(g.accounts, m.createAccount(t, fmt.Sprintf("account-%d", n+1)))
	}
	for _, name := range []string{"Sandbox", "Security", "Workloads"} {
		g.units = append(g.units, m.createUnit(t, g.root, name))
	}
	var tags []orgtypes.Tag
	for _, key := range []string{"cost", "stage", "team"} {
		tags = append(tags, orgtypes.Tag{Key: aws.String(key), Value: aws.String("any")})
	}
	ok(m.org.TagResource(t.Context(), &organizations.TagResourceInput{ResourceId: &g.accounts[0], Tags: tags}))(t)
	g.delegate(t, m)
	g.attachPolicies(t, m)
	g.invite(t, w)
	return g
}

// delegate makes one account the administrator of three services, and two more that of the first.
func (g *grown) delegate(t *testing.T, m caller) {
	t.Helper()
	for _, principal := range principals {
		ok(m.org.EnableAWSServiceAccess(t.Context(), &organizations.EnableAWSServiceAccessInput{ServicePrincipal: &principal}))(t)
		ok(m.register(t, g.accounts[0], principal))(t)
	}
	for _, account := range g.accounts[1:3] {
		ok(m.register(t, account, principals[0]))(t)
	}
}

// attachPolicies attaches two backup policies to the root that are too much together, and three tag policies to each unit.
func (g *grown) attachPolicies(t *testing.T, m caller) {
	t.Helper()
	for _, kind := range []orgtypes.PolicyType{orgtypes.PolicyTypeBackupPolicy, orgtypes.PolicyTypeTagPolicy} {
		m.enable(t, g.root, kind)
	}
	m.attach(t, m.createPolicy(t, orgtypes.PolicyTypeBackupPolicy, "ten", backupPolicy(0, 9)), g.root)
	m.attach(t, m.createPolicy(t, orgtypes.PolicyTypeBackupPolicy, "one", backupPolicy(10, 10)), g.root)
	for _, key := range []string{"a", "b", "c"} {
		policy := m.createPolicy(t, orgtypes.PolicyTypeTagPolicy, key, tagPolicy(key))
		m.attach(t, policy, g.units...)
		g.policies = append(g.policies, policy)
	}
}

// invite has M invite three accounts, and three organizations invite S.
func (g *grown) invite(t *testing.T, w world) {
	t.Helper()
	for _, account := range []string{accountS, "555555555555", "666666666666"} {
		g.sent = append(g.sent, *ok(w.as(accountM).invite(t, account))(t).Handshake.Id)
	}
	g.received = g.sent[:1:1]
	for _, account := range []string{accountX, accountB} {
		other := w.as(account)
		other.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
		g.received = append(g.received, *ok(other.invite(t, accountS))(t).Handshake.Id)
	}
}

func (c caller) createUnit(t *testing.T, parent, name string) string {
	t.Helper()
	input := &organizations.CreateOrganizationalUnitInput{ParentId: &parent, Name: &name}
	return *ok(c.org.CreateOrganizationalUnit(t.Context(), input))(t).OrganizationalUnit.Id
}

func (c caller) invite(t *testing.T, account string) (*organizations.InviteAccountToOrganizationOutput, error) {
	target := &orgtypes.HandshakeParty{Id: &account, Type: orgtypes.HandshakePartyTypeAccount}
	return c.org.InviteAccountToOrganization(t.Context(), &organizations.InviteAccountToOrganizationInput{Target: target})
}

func (c caller) register(t *testing.T, account, principal string) (*organizations.RegisterDelegatedAdministratorOutput, error) {
	input := &organizations.RegisterDelegatedAdministratorInput{AccountId: &account, ServicePrincipal: &principal}
	return c.org.RegisterDelegatedAdministrator(t.Context(), input)
}

func (c caller) enable(t *testing.T, root string, kind orgtypes.PolicyType) {
	t.Helper()
	ok(c.org.EnablePolicyType(t.Context(), &organizations.EnablePolicyTypeInput{RootId: &root, PolicyType: kind}))(t)
}

// tryPolicy calls CreatePolicy.
func (c caller) tryPolicy(t *testing.T, kind orgtypes.PolicyType, name string, content document) (*organizations.CreatePolicyOutput, error) {
	return c.org.CreatePolicy(t.Context(), &organizations.CreatePolicyInput{
		Type: kind, Name: &name, Description: aws.String(""), Content: aws.String(content.text(t)),
	})
}

// createPolicy makes a policy and answers its id.
func (c caller) createPolicy(t *testing.T, kind orgtypes.PolicyType, name string, content document) string {
	t.Helper()
	return *ok(c.tryPolicy(t, kind, name, content))(t).Policy.PolicySummary.Id
}

func (c caller) attach(t *testing.T, policy string, targets ...string) {
	t.Helper()
	for _, target := range targets {
		ok(c.org.AttachPolicy(t.Context(), &organizations.AttachPolicyInput{PolicyId: &policy, TargetId: &target}))(t)
	}
}
