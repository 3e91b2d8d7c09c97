"""The sandbox in which templates run."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

# Filters that neither turn a value into markup, nor tell one build from another, nor make much of little.
FILTERS = frozenset(
    (
        *("capitalize", "count", "d", "default", "first", "int", "join", "last", "length", "list", "lower"),
        *("replace", "reverse", "round", "sort", "sum", "title", "trim", "unique", "upper"),
    )
)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Values only: nothing can be called, and nothing multiplied into something huge."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def is_safe_callable(self, obj: Any) -> bool:
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"the operator {operator} is not offered in templates")


def environment() -> ImmutableSandboxedEnvironment:
    """The sandbox of all templates: values and a few filters, no functions, an unknown name is an error."""
    sandbox = _Sandbox(undefined=StrictUndefined, autoescape=True)
    sandbox.globals.clear()
    for name in set(sandbox.filters) - FILTERS:
        del sandbox.filters[name]
    return sandbox
