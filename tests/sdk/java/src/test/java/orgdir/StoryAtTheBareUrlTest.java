package orgdir;

/** The story once more, where an endpoint names no world. */
final class StoryAtTheBareUrlTest extends Story {
    @Override
    World stage(Server server) {
        return server.bareWorld();
    }
}
