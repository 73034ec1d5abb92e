package sdk

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/smithy-go"
)

func expectTime(t *testing.T, what string, got *time.Time, want time.Time) {
	t.Helper()
	if got == nil || !got.Equal(want) {
		t.Fatalf("%s: got %v, want %v", what, got, want)
	}
}

// Timestamps are times, to the millisecond where AWS gives them so.
func TestTimestamps(t *testing.T) {
	t.Run("of Organizations", func(t *testing.T) {
		world := newWorld(t)
		m := world.as(accountM)
		frozen := world.freeze(t)
		m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
		expectTime(t, "JoinedTimestamp", ok(m.org.ListAccounts(t.Context(), nil))(t).Accounts[0].JoinedTimestamp, frozen)
		request := m.requestAccount(t, "dev")
		expectTime(t, "RequestedTimestamp", request.RequestedTimestamp, frozen)
		expect(t, "CompletedTimestamp", request.CompletedTimestamp, nil)
		invitation := ok(m.org.InviteAccountToOrganization(t.Context(), &organizations.InviteAccountToOrganizationInput{
			Target: &orgtypes.HandshakeParty{Id: aws.String(accountS), Type: orgtypes.HandshakePartyTypeAccount},
		}))(t).Handshake
		expectTime(t, "ExpirationTimestamp", invitation.ExpirationTimestamp, frozen.Add(15*24*time.Hour))
	})
	t.Run("of Directory Service", func(t *testing.T) {
		world := newWorld(t)
		m := world.as(accountM)
		frozen := world.freeze(t)
		m.createMicrosoftAD(t, "corp.example.com")
		expectTime(t, "LaunchTime", m.directories(t)[0].LaunchTime, frozen)
	})
	t.Run("of STS", func(t *testing.T) {
		world := newWorld(t)
		m := world.as(accountM)
		m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
		dev := m.createAccount(t, "dev")
		frozen := world.freeze(t)
		keys := ok(roleIn(m, dev, 15*time.Minute).Retrieve(t.Context()))(t)
		// STS answers whole seconds.
		expect(t, "Expiration", keys.Expires.Unix(), frozen.Add(15*time.Minute).Unix())
	})
}

// roleIn is the SDK's own provider of a session in a made account.
func roleIn(m caller, account string, duration time.Duration) *stscreds.AssumeRoleProvider {
	role := "arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole"
	return stscreds.NewAssumeRoleProvider(m.sts, role, func(o *stscreds.AssumeRoleOptions) { o.Duration = duration })
}

// At the pace of AWS a directory is requested, is being created, is active.
func TestStagesOfDirectory(t *testing.T) {
	world := newWorld(t)
	m := world.as(accountM)
	world.freeze(t)
	world.pace(t, "real")
	m.createMicrosoftAD(t, "corp.example.com")
	expect(t, "at first", m.directories(t)[0].Stage, dstypes.DirectoryStageRequested)
	world.advance(t, "2m")
	expect(t, "after 2 minutes", m.directories(t)[0].Stage, dstypes.DirectoryStageCreating)
	world.advance(t, "60m")
	expect(t, "after an hour more", m.directories(t)[0].Stage, dstypes.DirectoryStageActive)
}

// At the pace of AWS an account is being created for a while.
func TestStagesOfAccount(t *testing.T) {
	world := newWorld(t)
	m := world.as(accountM)
	frozen := world.freeze(t)
	world.pace(t, "real")
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	request := m.requestAccount(t, "dev")
	expect(t, "at first", m.requestStatus(t, request).State, orgtypes.CreateAccountStateInProgress)
	world.advance(t, "2m")
	done := m.requestStatus(t, request)
	expect(t, "after 2 minutes", done.State, orgtypes.CreateAccountStateSucceeded)
	if !done.CompletedTimestamp.After(frozen) || done.CompletedTimestamp.After(world.now(t)) {
		t.Fatalf("CompletedTimestamp: got %v", done.CompletedTimestamp)
	}
}

// The keys of a session end with it.
func TestExpiredSession(t *testing.T) {
	world := newWorld(t)
	m := world.as(accountM)
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	dev := m.createAccount(t, "dev")
	keys := ok(roleIn(m, dev, time.Hour).Retrieve(t.Context()))(t)
	session := world.with(aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return keys, nil }))
	expect(t, "Account", *ok(session.sts.GetCallerIdentity(t.Context(), nil))(t).Account, dev)
	world.advance(t, "61m")
	_, err := session.sts.GetCallerIdentity(t.Context(), nil)
	expectCode(t, err, "ExpiredToken")
	_, err = session.org.DescribeOrganization(t.Context(), nil)
	expectCode(t, err, "ExpiredTokenException")
}

// The SDK's only waiter for directories ends with the refusal of what it asks, after one call.
func TestWaiterForHybridDirectory(t *testing.T) {
	world := newWorld(t)
	waiter := directoryservice.NewHybridADUpdatedWaiter(world.as(accountM).ds)
	err := waiter.Wait(t.Context(), &directoryservice.DescribeHybridADUpdateInput{DirectoryId: aws.String(noDirectory)}, time.Minute)
	var refusal smithy.APIError
	if !errors.As(err, &refusal) {
		t.Fatalf("the waiter ended with %v", err)
	}
	expect(t, "journal", world.events(t), []event{{accountM, "DescribeHybridADUpdate", refusal.ErrorCode()}})
}
