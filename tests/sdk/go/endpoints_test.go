package sdk

import (
	"net/http"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// The endpoint of a world may end with a slash, and names the same world.
func TestEndpointWithSlash(t *testing.T) {
	plain := newWorld(t)
	made := plain.as(accountM).createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	slashed := world{plain.endpoint + "/"}.as(accountM)
	expect(t, "organization", *ok(slashed.org.DescribeOrganization(t.Context(), nil))(t).Organization.Id, *made.Id)
	expect(t, "directories", len(slashed.directories(t)), 0)
	expect(t, "Arn", *ok(slashed.sts.GetCallerIdentity(t.Context(), nil))(t).Arn, "arn:aws:iam::"+accountM+":user/admin")
}

// A world shares nothing with another one.
func TestWorldsAreApart(t *testing.T) {
	newWorld(t).as(accountM).createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	other := shared.world(t.Name() + "-other").as(accountM)
	refused[*orgtypes.AWSOrganizationsNotInUseException](other.org.DescribeOrganization(t.Context(), nil))(t)
}

// A world is new again after a reset.
func TestReset(t *testing.T) {
	world := newWorld(t)
	m := world.as(accountM)
	m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	world.control(t, http.MethodPost, "/reset", nil, nil)
	refused[*orgtypes.AWSOrganizationsNotInUseException](m.org.DescribeOrganization(t.Context(), nil))(t)
}

// The directories of each Region are apart.
func TestRegions(t *testing.T) {
	world := newWorld(t)
	there := clients(aws.Config{Region: "eu-west-1", Credentials: keysOf(accountM), BaseEndpoint: &world.endpoint})
	there.createMicrosoftAD(t, "corp.example.com")
	expect(t, "directories in eu-west-1", len(there.directories(t)), 1)
	expect(t, "directories in us-east-1", len(world.as(accountM).directories(t)), 0)
}

// The variables of the environment name the world, the Region and the caller for every client.
func TestEnvironment(t *testing.T) {
	world := newWorld(t)
	t.Setenv("AWS_ENDPOINT_URL", world.endpoint)
	t.Setenv("AWS_REGION", region)
	t.Setenv("AWS_ACCESS_KEY_ID", accountM)
	t.Setenv("AWS_SECRET_ACCESS_KEY", "anything")
	environment, err := config.LoadDefaultConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := clients(environment)
	made := m.createOrganization(t, orgtypes.OrganizationFeatureSetAll)
	directory := m.createMicrosoftAD(t, "corp.example.com")
	expect(t, "Account", *ok(m.sts.GetCallerIdentity(t.Context(), nil))(t).Account, accountM)

	named := world.as(accountM)
	expect(t, "organization", *ok(named.org.DescribeOrganization(t.Context(), nil))(t).Organization.Id, *made.Id)
	expect(t, "directory", *named.directories(t)[0].DirectoryId, directory)
}
