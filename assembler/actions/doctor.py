"""What this machine has for making packets, and what to install for the rest."""

from __future__ import annotations

from assembler.pdf.doctor import Finding, examine, missing_packages, ready

__all__ = ["Finding", "doctor", "missing_packages", "ready"]


def doctor() -> tuple[Finding, ...]:
    """What was looked for, each with its version or its remedy."""
    return tuple(examine())
