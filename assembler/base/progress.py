"""How long work tells how far it is: steps by name, done of total. Whoever shows it decides how."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]

# The steps of a build, in order, by the words of the message catalogue.
READ, WRITE, CONVERT, FINISH, PROVE = (
    "Reading and checking",
    "Writing documents",
    "Making pages",
    "Joining the packet",
    "Proving the result",
)

# The step of reading responses of a survey; of a hundred parts.
COUNT = "Counting responses"

# The steps of letters for many units, besides reading.
LETTERS, COMBINE = "Making letters", "Joining all letters"


def silent(step: str, done: int, total: int) -> None:
    """Tells nobody."""
