"""Words by which persons and their posts are told in forms."""

from __future__ import annotations

from functools import cache

from assembler.base.lexicon import folded, lexicon
from assembler.base.persian import fold


def names_persons(label: str) -> bool:
    """Whether a column of this label names persons."""
    return fold(label) in _words("names")


def says_posts(label: str) -> bool:
    """Whether a column of this label says the posts of persons."""
    return fold(label) in _words("posts")


def has_one_holder(post: str) -> bool:
    """Whether a post, told with its office, has one holder: «رئیس سازمان»."""
    return len(post.split()) > 1 and fold(post).startswith(tuple(_words("sole")))


@cache
def _words(heading: str) -> frozenset[str]:
    return folded(lexicon(__file__, "posts")[heading])
