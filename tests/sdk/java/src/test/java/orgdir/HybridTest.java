package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static orgdir.Cast.M;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.directory.DirectoryClient;
import software.amazon.awssdk.services.directory.model.InvalidParameterException;
import software.amazon.awssdk.services.directory.waiters.DirectoryWaiter;

/** The SDK's waiter waits until the update of a hybrid directory is done, or has failed. */
@ExtendWith(Worlds.class)
final class HybridTest {
    private World world;
    private DirectoryClient ds;
    private String hybrid;

    @BeforeEach
    void withAHybridDirectory(World own) {
        world = own;
        world.freeze();
        world.pace("real");
        ds = world.as(M).directory();
        String secret = "arn:aws:secretsmanager:us-east-1:" + M + ":secret:hybrid-AbCdEf";
        String assessment = ds.startADAssessment(r -> r.assessmentConfiguration(Directories.assessed())).assessmentId();
        assertThrows(InvalidParameterException.class,
            () -> ds.createHybridAD(r -> r.assessmentId(assessment).secretArn(secret)));
        world.advance("31m");
        hybrid = ds.createHybridAD(r -> r.assessmentId(assessment).secretArn(secret)).directoryId();
        world.advance("31m");
    }

    @Test
    void theWaiterEndsWhenTheUpdateIsDone() {
        List<String> addresses = List.of("10.24.34.101", "10.24.34.201");
        update(addresses);
        waitForIt();
        assertEquals(addresses,
            ds.describeDirectories().directoryDescriptions().get(0).hybridSettings().selfManagedDnsIpAddrs());
        assertTrue(world.events("DescribeHybridADUpdate").size() > 10);
    }

    @Test
    void theWaiterFailsWhenTheUpdateDoes() {
        // Nobody answers at an address of documentation.
        update(List.of("10.24.34.101", "192.0.2.201"));
        SdkClientException failed = assertThrows(SdkClientException.class, this::waitForIt);
        assertTrue(failed.getMessage().contains("transitioned the waiter to failure state"), failed.getMessage());
        assertTrue(world.events("DescribeHybridADUpdate").size() > 10);
    }

    private void update(List<String> addresses) {
        ds.updateHybridAD(r -> r.directoryId(hybrid).selfManagedInstancesSettings(
            servers -> servers.customerDnsIps(addresses).instanceIds("i-33333333", "i-44444444")));
    }

    /** The clock of the world goes on by what the waiter would sleep on AWS. */
    private void waitForIt() {
        ExecutionInterceptor goOn = new ExecutionInterceptor() {
            @Override
            public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
                world.advance("2m");
            }
        };
        try (DirectoryClient waiting = Caller.aim(DirectoryClient.builder(), world.endpoint(), Caller.administrator(M))
            .overrideConfiguration(all -> all.addExecutionInterceptor(goOn))
            .build();
            DirectoryWaiter waiter = DirectoryWaiter.builder()
                .client(waiting)
                .overrideConfiguration(all -> all.backoffStrategyV2(BackoffStrategy.retryImmediately()))
                .build()) {
            waiter.waitUntilHybridADUpdated(r -> r.directoryId(hybrid));
        }
    }
}
