package orgdir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One running orgdir: the binary named by {@code ORGDIR_BIN}, on a port the system picks. Closing it expects a clean end. */
final class Server implements AutoCloseable {
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");
    private static final long SECONDS_TO_END = 20;

    private final Process process;
    private final URI url;

    private Server(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts the binary, and waits for the line that names its URL. */
    static Server start(String... options) throws IOException {
        String binary = Optional.ofNullable(System.getenv("ORGDIR_BIN"))
            .orElseThrow(() -> new IllegalStateException("ORGDIR_BIN names no binary"));
        List<String> command = new ArrayList<>(List.of(binary, "--listen", "127.0.0.1:0", "--log", "error"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            BufferedReader output = process.inputReader();
            String line = output.readLine();
            Matcher found = URL.matcher(line == null ? "" : line);
            if (!found.find()) {
                throw new IllegalStateException("the first line names no URL: " + line);
            }
            return new Server(process, URI.create(found.group()));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    URI url() {
        return url;
    }

    /** The world of that name; its first request makes it. */
    World world(String name) {
        return new World(URI.create(url + "/w/" + name));
    }

    /** The world at the bare URL. */
    World bareWorld() {
        return new World(url);
    }

    /** Sends SIGTERM and answers the exit code. */
    int terminate() {
        process.destroy();
        try {
            if (process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IllegalStateException("the server outlived SIGTERM by " + SECONDS_TO_END + " s");
    }

    @Override
    public void close() {
        int code = terminate();
        if (code != 0) {
            throw new IllegalStateException("the server ended with exit code " + code);
        }
    }
}
