"""The sandbox in which templates run."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assembler.base.messages import fill

# Filters that neither turn a value into markup, nor tell one build from another, nor make much of little.
FILTERS = frozenset(
    (
        *("capitalize", "count", "d", "default", "first", "int", "join", "last", "length", "list", "lower"),
        *("replace", "reverse", "round", "sort", "sum", "title", "trim", "unique", "upper"),
    )
)


MOST_LETTERS = 100_000  # of what a filter makes: more than any letter holds


def _bounded(filter_of: Callable[..., Any]) -> Callable[..., Any]:
    """A filter whose result is refused where one tag makes much of little, again and again."""

    @wraps(filter_of)
    def bounded(*arguments: Any, **named: Any) -> Any:
        made = filter_of(*arguments, **named)
        if isinstance(made, str) and len(made) > MOST_LETTERS:
            raise SecurityError(fill("a tag makes more than {limit} letters", limit=MOST_LETTERS))
        return made

    return bounded


class _Sandbox(ImmutableSandboxedEnvironment):
    """Values only: nothing can be called, and nothing multiplied into something huge."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(fill("the operator {operator} is not offered in templates", operator=operator))


def environment() -> ImmutableSandboxedEnvironment:
    """The sandbox of all templates: values and a few filters, no functions, an unknown name is an error."""
    sandbox = _Sandbox(undefined=StrictUndefined, autoescape=True)
    sandbox.globals.clear()
    for name in set(sandbox.filters) - FILTERS:
        del sandbox.filters[name]
    for name in ("join", "replace"):
        sandbox.filters[name] = _bounded(sandbox.filters[name])
    return sandbox
