package orgdir;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a world of its own: its {@link World} parameter, which is the same in what runs before the test. One
 * {@link Server} is shared by all tests, and ends when the last of them has.
 */
final class Worlds implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == World.class || type == Server.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Server server = server(test);
        if (parameter.getParameter().getType() == Server.class) {
            return server;
        }
        // A world's name has at most 64 letters.
        return server.world("%.50s.%08x".formatted(test.getRequiredTestMethod().getName(), test.getUniqueId().hashCode()));
    }

    private static Server server(ExtensionContext test) {
        return test.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).getOrComputeIfAbsent(Server.class, type -> {
            try {
                return Server.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, Server.class);
    }
}
