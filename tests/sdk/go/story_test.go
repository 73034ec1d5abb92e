package sdk

import (
	"regexp"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

const principal = "ds.amazonaws.com"

// story is what its steps have learned so far.
type story struct {
	world
	m, s, x           caller
	root              string
	workloads         string
	dev, prod         string
	directory, shared string
	lastUpdated       time.Time
}

func TestStory(t *testing.T) {
	t.Run("in a world of its own", func(t *testing.T) { tell(t, newWorld(t)) })
	t.Run("at the bare URL", func(t *testing.T) { tell(t, world{shared.url}) })
}

// tell runs the eight steps, in order, in a world that must be new.
func tell(t *testing.T, w world) {
	told := story{world: w, m: w.as(accountM), s: w.as(accountS), x: w.as(accountX)}
	steps := []struct {
		title string
		step  func(*testing.T)
	}{
		{"1. M makes an organization with two units and two accounts, and S accepts its invitation", told.foundOrganization},
		{"2. M makes a directory", told.makeDirectory},
		{"3. M shares it with dev, which turns trusted access on", told.shareWithDev},
		{"4. Disabled trusted access refuses new shares inside the organization, and only those", told.disableTrustedAccess},
		{"5. Enabled again, prod gets its share and the one to dev never changed", told.enableTrustedAccess},
		{"6. Trusted access is for a management account with all features", told.refuseTrustedAccess},
		{"7. M assumes the role that a made account has and an invited one has not", told.assumeRole},
		{"8. Everything is taken down, in the wrong order first", told.takeDown},
	}
	for _, step := range steps {
		if !t.Run(step.title, step.step) {
			t.Fatal("the later steps need this one")
		}
	}
}

func (s *story) foundOrganization(t *testing.T) {
	expect(t, "Account", *ok(s.m.sts.GetCallerIdentity(t.Context(), nil))(t).Account, accountM)
	refused[*orgtypes.AWSOrganizationsNotInUseException](s.s.org.DescribeOrganization(t.Context(), nil))(t)

	organization := s.m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	expect(t, "FeatureSet", organization.FeatureSet, orgtypes.OrganizationFeatureSetAll)
	expect(t, "MasterAccountId", *organization.MasterAccountId, accountM)
	refused[*orgtypes.AlreadyInOrganizationException](s.m.org.CreateOrganization(t.Context(), nil))(t)

	roots := ok(s.m.org.ListRoots(t.Context(), nil))(t).Roots
	expect(t, "roots", len(roots), 1)
	expect(t, "Name", *roots[0].Name, "Root")
	expect(t, "PolicyTypes", len(roots[0].PolicyTypes), 0)
	s.root = *roots[0].Id
	s.workloads = *ok(s.createUnit(t, "Workloads"))(t).OrganizationalUnit.Id
	ok(s.createUnit(t, "Sandbox"))(t)
	refused[*orgtypes.DuplicateOrganizationalUnitException](s.createUnit(t, "Workloads"))(t)

	s.dev = s.makeAccount(t, "dev")
	s.prod = s.makeAccount(t, "prod")
	s.moveDev(t)
	s.inviteS(t)

	accounts := ok(s.m.org.ListAccounts(t.Context(), nil))(t).Accounts
	expect(t, "the first account", *accounts[0].Id, accountM)
	joined := map[string]orgtypes.AccountJoinedMethod{}
	for _, account := range accounts {
		joined[*account.Id] = account.JoinedMethod
	}
	expect(t, "JoinedMethod", joined, map[string]orgtypes.AccountJoinedMethod{
		accountM: orgtypes.AccountJoinedMethodInvited,
		s.dev:    orgtypes.AccountJoinedMethodCreated,
		s.prod:   orgtypes.AccountJoinedMethodCreated,
		accountS: orgtypes.AccountJoinedMethodInvited,
	})
}

func (s *story) createUnit(t *testing.T, name string) (*organizations.CreateOrganizationalUnitOutput, error) {
	return s.m.org.CreateOrganizationalUnit(t.Context(), &organizations.CreateOrganizationalUnitInput{ParentId: &s.root, Name: &name})
}

func (s *story) makeAccount(t *testing.T, name string) string {
	request := s.m.requestAccount(t, name)
	expect(t, "State at first", request.State, orgtypes.CreateAccountStateInProgress)
	expect(t, "AccountId at first", request.AccountId, nil)
	status := s.m.requestStatus(t, request)
	expect(t, "State", status.State, orgtypes.CreateAccountStateSucceeded)
	return *status.AccountId
}

func (s *story) moveDev(t *testing.T) {
	move := &organizations.MoveAccountInput{AccountId: &s.dev, SourceParentId: &s.root, DestinationParentId: &s.workloads}
	ok(s.m.org.MoveAccount(t.Context(), move))(t)
	refused[*orgtypes.SourceParentNotFoundException](s.m.org.MoveAccount(t.Context(), move))(t)
	parents := ok(s.m.org.ListParents(t.Context(), &organizations.ListParentsInput{ChildId: &s.dev}))(t).Parents
	expect(t, "Parents", parents, []orgtypes.Parent{{Id: &s.workloads, Type: orgtypes.ParentTypeOrganizationalUnit}})
}

func (s *story) inviteS(t *testing.T) {
	invitation := ok(s.m.org.InviteAccountToOrganization(t.Context(), &organizations.InviteAccountToOrganizationInput{
		Target: &orgtypes.HandshakeParty{Id: aws.String(accountS), Type: orgtypes.HandshakePartyTypeAccount},
	}))(t).Handshake
	expect(t, "State", invitation.State, orgtypes.HandshakeStateOpen)
	expect(t, "Action", invitation.Action, orgtypes.ActionTypeInviteAccountToOrganization)
	handshakes := ok(s.s.org.ListHandshakesForAccount(t.Context(), nil))(t).Handshakes
	expect(t, "handshakes", each(handshakes, func(h orgtypes.Handshake) string { return *h.Id }), []string{*invitation.Id})

	accept := &organizations.AcceptHandshakeInput{HandshakeId: invitation.Id}
	expect(t, "State", ok(s.s.org.AcceptHandshake(t.Context(), accept))(t).Handshake.State, orgtypes.HandshakeStateAccepted)
	refused[*orgtypes.HandshakeAlreadyInStateException](s.s.org.AcceptHandshake(t.Context(), accept))(t)
}

func (s *story) makeDirectory(t *testing.T) {
	s.directory = s.m.createMicrosoftAD(t, "corp.example.com")
	directories := s.m.directories(t)
	expect(t, "directories", len(directories), 1)
	expect(t, "DirectoryId", *directories[0].DirectoryId, s.directory)
	expect(t, "Stage", directories[0].Stage, dstypes.DirectoryStageActive)
	expect(t, "Type", directories[0].Type, dstypes.DirectoryTypeMicrosoftAd)
	expect(t, "Edition", directories[0].Edition, dstypes.DirectoryEditionStandard)
	expect(t, "Size", directories[0].Size, dstypes.DirectorySizeSmall)
	expect(t, "trusted services", s.m.trustedServices(t), []string{})
}

var directoryID = regexp.MustCompile(`^d-[0-9a-f]{10}$`)

func (s *story) shareWithDev(t *testing.T) {
	s.shared = *ok(s.m.share(t, s.directory, s.dev, dstypes.ShareMethodOrganizations))(t).SharedDirectoryId
	if !directoryID.MatchString(s.shared) || s.shared == s.directory {
		t.Fatalf("%q is no new id of a directory", s.shared)
	}
	shares := s.m.sharesOf(t, s.directory)
	expect(t, "shares", statuses(shares), map[string]dstypes.ShareStatus{s.dev: dstypes.ShareStatusShared})
	s.lastUpdated = *shares[0].LastUpdatedDateTime
	expect(t, "trusted services", s.m.trustedServices(t), []string{principal})

	directories := s.as(s.dev).directories(t)
	expect(t, "directories of dev", len(directories), 1)
	expect(t, "DirectoryId", *directories[0].DirectoryId, s.shared)
	expect(t, "Type", directories[0].Type, dstypes.DirectoryTypeSharedMicrosoftAd)
	expect(t, "Stage", directories[0].Stage, dstypes.DirectoryStageActive)
	expect(t, "ShareStatus", directories[0].ShareStatus, dstypes.ShareStatusShared)
	expect(t, "owner", *directories[0].OwnerDirectoryDescription.AccountId, accountM)
	refused[*dstypes.DirectoryAlreadySharedException](s.m.share(t, s.directory, s.dev, dstypes.ShareMethodOrganizations))(t)
}

func (s *story) disableTrustedAccess(t *testing.T) {
	onlyDev := map[string]dstypes.ShareStatus{s.dev: dstypes.ShareStatusShared}
	ok(s.m.disableAccess(t))(t)
	expect(t, "trusted services", s.m.trustedServices(t), []string{})
	expect(t, "shares", statuses(s.m.sharesOf(t, s.directory)), onlyDev)
	expect(t, "Stage at dev", s.as(s.dev).directories(t)[0].Stage, dstypes.DirectoryStageActive)

	refused[*dstypes.OrganizationsException](s.m.share(t, s.directory, s.prod, dstypes.ShareMethodOrganizations))(t)
	expect(t, "shares", statuses(s.m.sharesOf(t, s.directory)), onlyDev)

	offer := ok(s.m.share(t, s.directory, accountX, dstypes.ShareMethodHandshake))(t).SharedDirectoryId
	expect(t, "offered", statuses(s.m.sharesOf(t, s.directory))[accountX], dstypes.ShareStatusPendingAcceptance)
	ok(s.x.ds.AcceptSharedDirectory(t.Context(), &directoryservice.AcceptSharedDirectoryInput{SharedDirectoryId: offer}))(t)
	expect(t, "accepted", statuses(s.m.sharesOf(t, s.directory))[accountX], dstypes.ShareStatusShared)
	s.m.unshare(t, s.directory, accountX)
	// AWS lists a share that has ended for a while yet.
	expect(t, "unshared", statuses(s.m.sharesOf(t, s.directory))[accountX], dstypes.ShareStatusDeleted)
}

func (s *story) enableTrustedAccess(t *testing.T) {
	ok(s.m.enableAccess(t))(t)
	expect(t, "trusted services", s.m.trustedServices(t), []string{principal})
	ok(s.m.share(t, s.directory, s.prod, dstypes.ShareMethodOrganizations))(t)
	shares := s.m.sharesOf(t, s.directory)
	expect(t, "shares", statuses(shares), map[string]dstypes.ShareStatus{
		s.dev: dstypes.ShareStatusShared, s.prod: dstypes.ShareStatusShared, accountX: dstypes.ShareStatusDeleted,
	})
	for _, share := range shares {
		if *share.SharedAccountId == s.dev {
			expect(t, "LastUpdatedDateTime", *share.LastUpdatedDateTime, s.lastUpdated)
		}
	}
}

func (s *story) refuseTrustedAccess(t *testing.T) {
	dev := s.as(s.dev)
	refused[*orgtypes.AccessDeniedException](dev.enableAccess(t))(t)
	refused[*orgtypes.AccessDeniedException](dev.disableAccess(t))(t)
	refused[*orgtypes.AWSOrganizationsNotInUseException](s.x.enableAccess(t))(t)
	refused[*orgtypes.AWSOrganizationsNotInUseException](s.x.disableAccess(t))(t)

	b := s.as(accountB)
	b.createOrganization(t, orgtypes.OrganizationFeatureSetConsolidatedBilling)
	refusal := refused[*orgtypes.ConstraintViolationException](b.enableAccess(t))(t)
	expect(t, "Reason", refusal.Reason, orgtypes.ConstraintViolationExceptionReasonOrganizationNotInAllFeaturesMode)
	directory := b.createMicrosoftAD(t, "billing.example.com")
	refused[*dstypes.OrganizationsException](b.share(t, directory, s.dev, dstypes.ShareMethodOrganizations))(t)
}

// sessionIn is the SDK's own provider: M assumes the role with the first call.
func (s *story) sessionIn(account string) caller {
	role := "arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole"
	provider := stscreds.NewAssumeRoleProvider(s.m.sts, role, func(o *stscreds.AssumeRoleOptions) { o.RoleSessionName = "story" })
	return s.with(aws.NewCredentialsCache(provider))
}

func (s *story) assumeRole(t *testing.T) {
	session := s.sessionIn(s.dev)
	identity := ok(session.sts.GetCallerIdentity(t.Context(), nil))(t)
	expect(t, "Account", *identity.Account, s.dev)
	expect(t, "Arn", *identity.Arn, "arn:aws:sts::"+s.dev+":assumed-role/OrganizationAccountAccessRole/story")
	organization := ok(session.org.DescribeOrganization(t.Context(), nil))(t).Organization
	expect(t, "MasterAccountId", *organization.MasterAccountId, accountM)
	refused[*orgtypes.AccessDeniedException](session.org.ListAccounts(t.Context(), nil))(t)

	_, err := s.sessionIn(accountS).sts.GetCallerIdentity(t.Context(), nil)
	expectCode(t, err, "AccessDenied")
	_, err = s.m.sts.AssumeRole(t.Context(), &sts.AssumeRoleInput{
		RoleArn:         aws.String("arn:aws:iam::" + accountS + ":role/OrganizationAccountAccessRole"),
		RoleSessionName: aws.String("story"),
	})
	expectCode(t, err, "AccessDenied")
}

func (s *story) takeDown(t *testing.T) {
	s.takeDownInTheWrongOrder(t)

	s.m.unshare(t, s.directory, s.dev)
	s.m.unshare(t, s.directory, s.prod)
	ok(s.m.ds.DeleteDirectory(t.Context(), &directoryservice.DeleteDirectoryInput{DirectoryId: &s.directory}))(t)
	refused[*dstypes.EntityDoesNotExistException](s.m.ds.DescribeDirectories(t.Context(), &directoryservice.DescribeDirectoriesInput{
		DirectoryIds: []string{s.directory},
	}))(t)

	ok(s.removeAccount(t, accountS))(t)
	s.advance(t, "4d")
	ok(s.removeAccount(t, s.prod))(t)
	closing := &organizations.CloseAccountInput{AccountId: &s.dev}
	ok(s.m.org.CloseAccount(t.Context(), closing))(t)
	dev := ok(s.m.org.DescribeAccount(t.Context(), &organizations.DescribeAccountInput{AccountId: &s.dev}))(t).Account
	expect(t, "Status", dev.Status, orgtypes.AccountStatusSuspended)
	expect(t, "State", dev.State, orgtypes.AccountStateClosed)
	refused[*orgtypes.AccountAlreadyClosedException](s.m.org.CloseAccount(t.Context(), closing))(t)
	refused[*orgtypes.OrganizationNotEmptyException](s.m.org.DeleteOrganization(t.Context(), nil))(t)

	s.advance(t, "90d")
	accounts := ok(s.m.org.ListAccounts(t.Context(), nil))(t).Accounts
	expect(t, "accounts", each(accounts, func(a orgtypes.Account) string { return *a.Id }), []string{accountM})
	ok(s.m.org.DeleteOrganization(t.Context(), nil))(t)
	refused[*orgtypes.AWSOrganizationsNotInUseException](s.m.org.DescribeOrganization(t.Context(), nil))(t)
}

func (s *story) takeDownInTheWrongOrder(t *testing.T) {
	directory := &directoryservice.DeleteDirectoryInput{DirectoryId: &s.directory}
	refused[*dstypes.ClientException](s.m.ds.DeleteDirectory(t.Context(), directory))(t)
	refused[*orgtypes.OrganizationNotEmptyException](s.m.org.DeleteOrganization(t.Context(), nil))(t)
	workloads := &organizations.DeleteOrganizationalUnitInput{OrganizationalUnitId: &s.workloads}
	refused[*orgtypes.OrganizationalUnitNotEmptyException](s.m.org.DeleteOrganizationalUnit(t.Context(), workloads))(t)
	refusal := refused[*orgtypes.ConstraintViolationException](s.removeAccount(t, s.prod))(t)
	expect(t, "Reason", refusal.Reason, orgtypes.ConstraintViolationExceptionReasonWaitPeriodActive)
	refused[*orgtypes.MasterCannotLeaveOrganizationException](s.removeAccount(t, accountM))(t)
}

func (s *story) removeAccount(t *testing.T, account string) (*organizations.RemoveAccountFromOrganizationOutput, error) {
	return s.m.org.RemoveAccountFromOrganization(t.Context(), &organizations.RemoveAccountFromOrganizationInput{AccountId: &account})
}

// statuses are the shares of a directory by account.
func statuses(shares []dstypes.SharedDirectory) map[string]dstypes.ShareStatus {
	statuses := map[string]dstypes.ShareStatus{}
	for _, share := range shares {
		statuses[*share.SharedAccountId] = share.ShareStatus
	}
	return statuses
}
