"""Editions: forms and a report built on those of the edition before, by saying what changed."""

from __future__ import annotations

from assembler.specs.editions.resolving import SpecFile, with_editions

__all__ = ["SpecFile", "with_editions"]
