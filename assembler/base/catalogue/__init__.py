"""The catalogue of problems: one entry a code, with its severity, message and remedy; a module a chapter."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assembler.base.catalogue import answers, desk, findings, issue, many, output, periods, registry, rules, site, specs
from assembler.base.catalogue.entries import Entry

# The chapters, in the order of the work.
CHAPTERS: Mapping[str, Mapping[str, Entry]] = MappingProxyType(
    {
        "answers": answers.ENTRIES,
        "desk": desk.ENTRIES,
        "findings": findings.ENTRIES,
        "rules": rules.ENTRIES,
        "periods": periods.ENTRIES,
        "issue": issue.ENTRIES,
        "registry": registry.ENTRIES,
        "many": many.ENTRIES,
        "site": site.ENTRIES,
        "output": output.ENTRIES,
        "specs": specs.ENTRIES,
    }
)
CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {code: entry for chapter in CHAPTERS.values() for code, entry in chapter.items()}
)
