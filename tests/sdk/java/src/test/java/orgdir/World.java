package orgdir;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One world of a server: who calls into it, and its control API. */
final class World {
    private static final Gson JSON = new Gson();
    private static final HttpClient HTTP =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY).build();

    private final URI endpoint;

    World(URI endpoint) {
        this.endpoint = endpoint;
    }

    URI endpoint() {
        return endpoint;
    }

    /** The administrator of an account. */
    Caller as(String account) {
        return Caller.with(endpoint, Caller.administrator(account));
    }

    /** Moves the clock: {@code 90d}, {@code 2m}. */
    void advance(String by) {
        call("POST", "/clock/advance", Map.of("by", by));
    }

    /** Stops the clock; only {@link #advance} moves it from here on. */
    void freeze() {
        call("POST", "/clock/freeze", Map.of());
    }

    /** How fast AWS's slow work goes: {@code instant}, {@code real}, {@code 60x}. */
    void pace(String pace) {
        call("PUT", "/clock/pace", Map.of("pace", pace));
    }

    Instant now() {
        return Instant.parse(call("GET", "/clock", null).get("now").getAsString());
    }

    /** The journal's newest calls, the newest last. */
    List<Event> events() {
        return JSON.fromJson(call("GET", "/events?limit=1000", null).get("events"), new TypeToken<>() { });
    }

    /** The calls of one operation in the journal. */
    List<Event> events(String operation) {
        return events().stream().filter(event -> event.operation().equals(operation)).toList();
    }

    private JsonObject call(String method, String path, Map<String, String> body) {
        HttpRequest.BodyPublisher content = body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(JSON.toJson(body));
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/_orgdir" + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(method, content)
            .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.fromJson(answer.body(), JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One call in the journal; {@code outcome} is {@code ok} or the error code. */
    record Event(String account, String service, String operation, String outcome) { }
}
