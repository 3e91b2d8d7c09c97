"""The catalogue of problems: one entry a code, with its severity, message and remedy; a module a chapter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assembler.base.catalogue import answers, findings, issue, many, output, periods, registry, rules, specs
from assembler.base.catalogue.entries import Entry

CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {
        **answers.ENTRIES,
        **specs.ENTRIES,
        **findings.ENTRIES,
        **periods.ENTRIES,
        **rules.ENTRIES,
        **output.ENTRIES,
        **many.ENTRIES,
        **issue.ENTRIES,
        **registry.ENTRIES,
    }
)
