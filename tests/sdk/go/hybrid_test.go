package sdk

import (
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/directoryservice"
	dstypes "github.com/aws/aws-sdk-go-v2/service/directoryservice/types"
)

// patient asks as the waiter does, and has the clock of the world go on by what the waiter would sleep on AWS.
type patient struct {
	*directoryservice.Client
	sleep func()
	asked int
}

func (p *patient) DescribeHybridADUpdate(ctx context.Context, input *directoryservice.DescribeHybridADUpdateInput, options ...func(*directoryservice.Options)) (*directoryservice.DescribeHybridADUpdateOutput, error) {
	p.asked++
	output, err := p.Client.DescribeHybridADUpdate(ctx, input, options...)
	p.sleep()
	return output, err
}

// The SDK's waiter waits until the update of a hybrid directory is done, or has failed.
func TestWaiterForUpdateOfHybridDirectory(t *testing.T) {
	w, ctx := newWorld(t), t.Context()
	w.freeze(t)
	w.pace(t, "real")
	m := w.as(accountM)
	assessment := ok(m.ds.StartADAssessment(ctx, assessed()))(t).AssessmentId
	create := &directoryservice.CreateHybridADInput{
		AssessmentId: assessment, SecretArn: aws.String("arn:aws:secretsmanager:us-east-1:" + accountM + ":secret:hybrid-AbCdEf"),
	}
	refused[*dstypes.InvalidParameterException](m.ds.CreateHybridAD(ctx, create))(t)
	w.advance(t, "31m")
	hybrid := ok(m.ds.CreateHybridAD(ctx, create))(t).DirectoryId
	w.advance(t, "31m")
	expect(t, "Edition", m.directories(t)[0].Edition, dstypes.DirectoryEditionHybrid)

	update := func(addresses ...string) error {
		ok(m.ds.UpdateHybridAD(ctx, &directoryservice.UpdateHybridADInput{
			DirectoryId: hybrid,
			SelfManagedInstancesSettings: &dstypes.HybridCustomerInstancesSettings{
				CustomerDnsIps: addresses, InstanceIds: []string{"i-33333333", "i-44444444"},
			},
		}))(t)
		client := &patient{Client: m.ds, sleep: func() { w.advance(t, "2m") }}
		waiter := directoryservice.NewHybridADUpdatedWaiter(client, func(o *directoryservice.HybridADUpdatedWaiterOptions) {
			o.MinDelay, o.MaxDelay = time.Millisecond, time.Millisecond
		})
		err := waiter.Wait(ctx, &directoryservice.DescribeHybridADUpdateInput{DirectoryId: hybrid}, time.Minute)
		if client.asked < 10 {
			t.Fatalf("the waiter asked %d times", client.asked)
		}
		return err
	}
	if err := update("10.24.34.101", "10.24.34.201"); err != nil {
		t.Fatal(err)
	}
	expect(t, "addresses", m.directories(t)[0].HybridSettings.SelfManagedDnsIpAddrs, []string{"10.24.34.101", "10.24.34.201"})
	// Nobody answers at an address of documentation.
	if err := update("10.24.34.101", "192.0.2.201"); err == nil || err.Error() != "waiter state transitioned to Failure" {
		t.Fatalf("the waiter ended with %v", err)
	}
}
