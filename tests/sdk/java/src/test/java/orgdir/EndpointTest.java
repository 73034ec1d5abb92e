package orgdir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static orgdir.Cast.M;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.organizations.model.AwsOrganizationsNotInUseException;
import software.amazon.awssdk.services.sts.StsClient;

/** An endpoint names a world, however the SDK is told of it. */
@ExtendWith(Worlds.class)
final class EndpointTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void aPrefixNamesTheWorldForEveryProtocol(String end, World world) {
        Caller m = Caller.with(URI.create(world.endpoint() + end), Caller.administrator(M));
        assertEquals(M, m.sts().getCallerIdentity().account());
        assertEquals(1, world.events("GetCallerIdentity").size());
        assertEquals(M, m.organizations().createOrganization(r -> { }).organization().masterAccountId());
        String corp = m.createMicrosoftAD("corp.example.com");
        m.directory().enableDirectoryDataAccess(r -> r.directoryId(corp));
        assertEquals(corp, m.directoryData().listUsers(r -> r.directoryId(corp)).directoryId());
        assertEquals(corp, world.as(M).directory().describeDirectories().directoryDescriptions().get(0).directoryId());
    }

    @Test
    void worldsShareNothing(World world, Server server) {
        world.as(M).organizations().createOrganization(r -> { });
        assertThrows(AwsOrganizationsNotInUseException.class,
            () -> server.world("another").as(M).organizations().describeOrganization());
    }

    /** A defect of the SDK, which is why {@link EndpointPath} is there. When this fails, it is fixed, and that can go. */
    @Test
    void byItselfTheClientOfStsForgetsThePrefix() throws Exception {
        try (Server server = Server.start();
             StsClient sts = Caller.aim(StsClient.builder(), server.world("blue").endpoint(), Caller.administrator(M)).build()) {
            sts.getCallerIdentity();
            assertEquals(0, server.world("blue").events("GetCallerIdentity").size());
            assertEquals(1, server.bareWorld().events("GetCallerIdentity").size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void aProgramIsPointedHereByItsEnvironmentAlone(String end, World world) throws Exception {
        String id = world.as(M).organizations().createOrganization(r -> { }).organization().id();
        assertEquals(M + " " + id, runProgram(Map.of("AWS_ENDPOINT_URL", world.endpoint() + end)));
    }

    @Test
    void aProgramIsPointedHereByTheVariablesOfItsServices(World world) throws Exception {
        String id = world.as(M).organizations().createOrganization(r -> { }).organization().id();
        assertEquals(M + " " + id, runProgram(Map.of(
            "AWS_ENDPOINT_URL_ORGANIZATIONS", world.endpoint().toString(),
            "AWS_ENDPOINT_URL_STS", world.endpoint().toString())));
    }

    /** Runs {@link EnvironmentProgram}, and answers the line that it prints. */
    private static String runProgram(Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"),
            EnvironmentProgram.class.getName());
        ProcessBuilder program = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        program.environment().putAll(environment);
        program.environment().putAll(Map.of(
            "AWS_ACCESS_KEY_ID", M, "AWS_SECRET_ACCESS_KEY", "anything", "AWS_REGION", "us-east-1"));
        Process running = program.start();
        String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, running.waitFor());
        return printed;
    }
}
