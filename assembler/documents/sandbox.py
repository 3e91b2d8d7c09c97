"""The sandbox in which templates run, and the names they may print beside a letter's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

BODY, SIGNATURE, DOCUMENT_ID = "body", "signature", "document_id"
# What a template prints beside the names of its letter, each alone in its paragraph.
PLACEHOLDERS: Mapping[str, str] = {
    BODY: "Where the text, the tables and the figures go; their look is that of the styles.",
    SIGNATURE: "The room for signature and stamp, a field to sign in the PDF.",
    DOCUMENT_ID: "Where the QR code goes, of a letter that has one.",
}
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
