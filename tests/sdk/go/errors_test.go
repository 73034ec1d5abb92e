package sdk

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
)

var uuid = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// noDirectory is an id that no directory has.
const noDirectory = "d-9067000000"

// responseOf is the HTTP response behind a refusal.
func responseOf(t *testing.T, err error) *awshttp.ResponseError {
	t.Helper()
	var response *awshttp.ResponseError
	if !errors.As(err, &response) {
		t.Fatalf("%v has no response", err)
	}
	if !uuid.MatchString(response.ServiceRequestID()) {
		t.Fatalf("%q is no request id", response.ServiceRequestID())
	}
	return response
}

// Refusals of Organizations are the SDK's own types, with their Reason.
func TestErrorsOfOrganizations(t *testing.T) {
	m := newWorld(t).as(accountM)
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	describe := func(t *testing.T, account string) (*organizations.DescribeAccountOutput, error) {
		return m.org.DescribeAccount(t.Context(), &organizations.DescribeAccountInput{AccountId: &account})
	}

	t.Run("AccountNotFoundException", func(t *testing.T) {
		_, err := describe(t, "999999999999")
		refusal := refused[*orgtypes.AccountNotFoundException](0, err)(t)
		expect(t, "fault", refusal.ErrorFault(), smithy.FaultClient)
		expect(t, "status", responseOf(t, err).HTTPStatusCode(), http.StatusBadRequest)
	})
	t.Run("ConstraintViolationException", func(t *testing.T) {
		account := m.createAccount(t, "young")
		refusal := refused[*orgtypes.ConstraintViolationException](m.org.RemoveAccountFromOrganization(
			t.Context(),
			&organizations.RemoveAccountFromOrganizationInput{AccountId: &account},
		))(t)
		expect(t, "Reason", refusal.Reason, orgtypes.ConstraintViolationExceptionReasonWaitPeriodActive)
	})
	t.Run("InvalidInputException", func(t *testing.T) {
		refusal := refused[*orgtypes.InvalidInputException](describe(t, "abc"))(t)
		expect(t, "Reason", refusal.Reason, orgtypes.InvalidInputExceptionReason("INVALID_PATTERN:ACCOUNT_ID"))
	})
}

// A refusal of Directory Service ends its message with the id of the request.
func TestErrorsOfDirectoryService(t *testing.T) {
	m := newWorld(t).as(accountM)
	_, err := m.ds.DescribeDirectories(t.Context(), &directoryservice.DescribeDirectoriesInput{DirectoryIds: []string{noDirectory}})
	refusal := refused[*dstypes.EntityDoesNotExistException](0, err)(t)
	response := responseOf(t, err)
	expect(t, "status", response.HTTPStatusCode(), http.StatusBadRequest)
	expect(t, "RequestId", aws.ToString(refusal.RequestId), response.ServiceRequestID())
	if !strings.HasSuffix(refusal.ErrorMessage(), " : RequestId: "+response.ServiceRequestID()) {
		t.Fatalf("the message does not end with the request id: %q", refusal.ErrorMessage())
	}
}

// Refusals of Directory Service have types of their own, with the id of the request.
func TestTypesOfDirectoryService(t *testing.T) {
	m := newWorld(t).as(accountM)
	corp, ctx := m.createMicrosoftAD(t, "corp.example.com"), t.Context()
	ok(m.share(t, corp, accountX, dstypes.ShareMethodHandshake))(t)
	logs := &directoryservice.CreateLogSubscriptionInput{DirectoryId: &corp, LogGroupName: aws.String("logs")}
	ok(m.ds.CreateLogSubscription(ctx, logs))(t)
	check := func(refusal error, id, message string) {
		t.Helper()
		if !uuid.MatchString(id) || !strings.HasSuffix(message, " : RequestId: "+id) {
			t.Fatalf("%v: RequestId %q, message %q", refusal, id, message)
		}
	}

	unknown := refused[*dstypes.EntityDoesNotExistException](m.ds.DeleteTrust(ctx, &directoryservice.DeleteTrustInput{TrustId: aws.String("t-9067000000")}))(t)
	check(unknown, *unknown.RequestId, *unknown.Message)
	nowhere := refused[*dstypes.DirectoryDoesNotExistException](m.ds.ListCertificates(ctx, &directoryservice.ListCertificatesInput{DirectoryId: aws.String(noDirectory)}))(t)
	check(nowhere, *nowhere.RequestId, *nowhere.Message)
	twice := refused[*dstypes.EntityAlreadyExistsException](m.ds.CreateLogSubscription(ctx, logs))(t)
	check(twice, *twice.RequestId, *twice.Message)
	shared := refused[*dstypes.ClientException](m.ds.DeleteDirectory(ctx, &directoryservice.DeleteDirectoryInput{DirectoryId: &corp}))(t)
	check(shared, *shared.RequestId, *shared.Message)
	standard := refused[*dstypes.UnsupportedOperationException](m.ds.DescribeRegions(ctx, &directoryservice.DescribeRegionsInput{DirectoryId: &corp}))(t)
	check(standard, *standard.RequestId, *standard.Message)
	neither := refused[*dstypes.InvalidParameterException](m.ds.StartADAssessment(ctx, &directoryservice.StartADAssessmentInput{}))(t)
	check(neither, *neither.RequestId, *neither.Message)
	bare := refused[*dstypes.NoAvailableCertificateException](m.ds.EnableLDAPS(ctx, &directoryservice.EnableLDAPSInput{DirectoryId: &corp, Type: dstypes.LDAPSTypeClient}))(t)
	check(bare, *bare.RequestId, *bare.Message)
	expired := refused[*dstypes.InvalidCertificateException](m.ds.RegisterCertificate(ctx, &directoryservice.RegisterCertificateInput{
		DirectoryId: &corp, CertificateData: authority(t, "Old", time.Now().Add(-time.Minute)),
	}))(t)
	check(expired, *expired.RequestId, *expired.Message)
}

// A refusal of STS has its code, which has no type in the SDK.
func TestErrorsOfSTS(t *testing.T) {
	m := newWorld(t).as(accountM)
	_, err := m.sts.AssumeRole(t.Context(), &sts.AssumeRoleInput{
		RoleArn:         aws.String("arn:aws:iam::" + accountS + ":role/OrganizationAccountAccessRole"),
		RoleSessionName: aws.String("story"),
	})
	expectCode(t, err, "AccessDenied")
	expect(t, "status", responseOf(t, err).HTTPStatusCode(), http.StatusForbidden)
}

// Every answer has a request id of its own.
func TestRequestIDs(t *testing.T) {
	m := newWorld(t).as(accountM)
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	ids := map[string]bool{}
	for _, metadata := range []middleware.Metadata{
		ok(m.org.DescribeOrganization(t.Context(), nil))(t).ResultMetadata,
		ok(m.org.DescribeOrganization(t.Context(), nil))(t).ResultMetadata,
		ok(m.ds.DescribeDirectories(t.Context(), nil))(t).ResultMetadata,
		ok(m.sts.GetCallerIdentity(t.Context(), nil))(t).ResultMetadata,
	} {
		id, found := awsmiddleware.GetRequestIDMetadata(metadata)
		if !found || !uuid.MatchString(id) {
			t.Fatalf("%q is no request id", id)
		}
		ids[id] = true
	}
	expect(t, "different request ids", len(ids), 4)
}

// An operation that is still planned is refused under a code of its own, and the client calls it once.
func TestPlannedOperation(t *testing.T) {
	world := newWorld(t)
	_, err := world.as(accountM).sts.GetSessionToken(t.Context(), nil)
	expectCode(t, err, "OrgdirOperationPlanned")
	expect(t, "journal", world.events(t), []event{{accountM, "GetSessionToken", "OrgdirOperationPlanned"}})
}
