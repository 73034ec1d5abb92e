package sdk

import (
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// twoOrganizations are those of M and X. S is in neither.
func twoOrganizations(t *testing.T) (w world, m, s, x caller) {
	t.Helper()
	w = newWorld(t)
	m, s, x = w.as(accountM), w.as(accountS), w.as(accountX)
	for _, manager := range []caller{m, x} {
		manager.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	}
	return w, m, s, x
}

func (c caller) members(t *testing.T) []string {
	t.Helper()
	return each(ok(c.org.ListAccounts(t.Context(), nil))(t).Accounts, func(account orgtypes.Account) string { return *account.Id })
}

func (c caller) accept(t *testing.T, handshake *string) (*organizations.AcceptHandshakeOutput, error) {
	return c.org.AcceptHandshake(t.Context(), &organizations.AcceptHandshakeInput{HandshakeId: handshake})
}

// A member of one organization accepts the invitation of another, and changes over.
func TestMemberChangesOver(t *testing.T) {
	_, m, s, x := twoOrganizations(t)
	ok(s.accept(t, ok(x.invite(t, accountS))(t).Handshake.Id))(t)
	expect(t, "members", x.members(t), []string{accountX, accountS})
	invitation := ok(m.invite(t, accountS))(t).Handshake
	expect(t, "State", invitation.State, orgtypes.HandshakeStateOpen)
	expect(t, "State", ok(s.accept(t, invitation.Id))(t).Handshake.State, orgtypes.HandshakeStateAccepted)
	expect(t, "members of the new one", m.members(t), []string{accountM, accountS})
	expect(t, "members of the old one", x.members(t), []string{accountX})
	refused[*orgtypes.HandshakeAlreadyInStateException](s.accept(t, invitation.Id))(t)
}

// A handshake that cannot be is refused with the SDK's own types, with their Reason.
func TestErrorsOfHandshakes(t *testing.T) {
	_, m, s, x := twoOrganizations(t)
	refusal := refused[*orgtypes.HandshakeConstraintViolationException](m.invite(t, m.createAccount(t, "dev")))(t)
	expect(t, "Reason", refusal.Reason, orgtypes.HandshakeConstraintViolationExceptionReasonAlreadyInAnOrganization)
	id := ok(m.invite(t, accountS))(t).Handshake.Id
	refused[*orgtypes.DuplicateHandshakeException](m.invite(t, accountS))(t)
	refused[*orgtypes.AccessDeniedException](x.org.DescribeHandshake(t.Context(), &organizations.DescribeHandshakeInput{HandshakeId: id}))(t)
	ok(m.org.CancelHandshake(t.Context(), &organizations.CancelHandshakeInput{HandshakeId: id}))(t)
	refused[*orgtypes.InvalidHandshakeTransitionException](s.accept(t, id))(t)
}

// One organization pays for another, until that is terminated.
func TestResponsibilityTransfer(t *testing.T) {
	w, m, _, x := twoOrganizations(t)
	now := w.freeze(t)
	// The next month may begin too soon for an invitation.
	starts := time.Date(now.Year(), now.Month()+2, 1, 0, 0, 0, 0, time.UTC)
	handshake := ok(m.org.InviteOrganizationToTransferResponsibility(t.Context(), &organizations.InviteOrganizationToTransferResponsibilityInput{
		Type:           orgtypes.ResponsibilityTransferTypeBilling,
		Target:         &orgtypes.HandshakeParty{Id: aws.String(accountX), Type: orgtypes.HandshakePartyTypeAccount},
		StartTimestamp: &starts,
		SourceName:     aws.String("other"),
	}))(t).Handshake
	expect(t, "Action", handshake.Action, orgtypes.ActionTypeTransferResponsibility)
	expect(t, "State", handshake.State, orgtypes.HandshakeStateRequested)
	var transfer *string
	for _, resource := range handshake.Resources {
		if resource.Type == orgtypes.HandshakeResourceTypeResponsibilityTransfer {
			transfer = resource.Value
		}
	}
	expect(t, "State", ok(x.accept(t, handshake.Id))(t).Handshake.State, orgtypes.HandshakeStateAccepted)
	describe := func(c caller) *orgtypes.ResponsibilityTransfer {
		input := &organizations.DescribeResponsibilityTransferInput{Id: transfer}
		return ok(c.org.DescribeResponsibilityTransfer(t.Context(), input))(t).ResponsibilityTransfer
	}
	for direction, side := range map[string]caller{"inbound": m, "outbound": x} {
		seen := describe(side)
		expect(t, "Status", seen.Status, orgtypes.ResponsibilityTransferStatusAccepted)
		expect(t, "StartTimestamp", *seen.StartTimestamp, starts)
		expect(t, "Source", *seen.Source.ManagementAccountId, accountX)
		expect(t, "Target", *seen.Target.ManagementAccountId, accountM)
		if !strings.HasSuffix(*seen.Arn, "/billing/"+direction+"/"+*transfer) {
			t.Fatalf("%s is not %s", *seen.Arn, direction)
		}
	}
	ended := ok(x.org.TerminateResponsibilityTransfer(t.Context(), &organizations.TerminateResponsibilityTransferInput{Id: transfer}))(t)
	expect(t, "Status", ended.ResponsibilityTransfer.Status, orgtypes.ResponsibilityTransferStatusWithdrawn)
	expect(t, "EndTimestamp", *describe(m).EndTimestamp, *ended.ResponsibilityTransfer.EndTimestamp)
}
