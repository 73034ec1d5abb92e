package orgdir;

/** The story in a world that its first request makes. */
final class StoryInAWorldTest extends Story {
    @Override
    World stage(Server server) {
        return server.world("story");
    }
}
