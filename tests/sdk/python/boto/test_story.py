"""The story, in a world of its own and at the bare URL."""

from callers import Callers
from story import Story


def test_the_story_in_a_world_of_its_own(world, aws):
    Story(world, aws).tell()


def test_the_story_at_the_bare_url(server):
    world = server.default_world()
    Story(world, Callers(world.url)).tell()
