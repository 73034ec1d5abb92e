"""The life of a directory."""

from life import Life


def test_the_life_of_a_directory(world, aws):
    Life(world, aws).live()
