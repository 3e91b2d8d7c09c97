"""Python's search for circular garbage, and when it only costs time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def spare_what_is_there() -> None:
    """Leaves all that was made so far out of every search to come: modules that were loaded, a process that ends."""
    gc.freeze()


@contextmanager
def paused_collector() -> Iterator[None]:
    """No search for circular garbage within the block.

    Python looks through all its objects again and again while many are made. What a case is read into holds no
    circles and is kept: with large tables the searches would take longer than all the rest.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
