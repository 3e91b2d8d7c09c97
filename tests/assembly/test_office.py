"""A LibreOffice that stays from build to build."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from assembler.assembly import office
from assembler.assembly.engine import Engine
from assembler.assembly.office import StandingOffice
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.pdf.fonts import find_fonts
from assembler.pdf.libreoffice.installation import probe
from assembler.pdf.libreoffice.processes import end_group, is_ready, memory


@pytest.fixture
def standing() -> Iterator[StandingOffice]:
    with closing(StandingOffice()) as kept:
        yield kept


@pytest.fixture
def engine() -> Engine:
    installed = probe()
    if installed is None:
        pytest.skip("LibreOffice is not installed")
    return Engine(installed, find_fonts(), 60)


def test_it_stays_until_it_dies_or_fails_or_has_grown(
    standing: StandingOffice, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with standing(engine) as first, standing(engine) as again:
        assert first is not None
        assert again is first
        assert is_ready(first)
        assert sys.platform != "linux" or memory(first.process) > 20
        end_group(first.process)
    with standing(engine) as second:
        assert second is not None
        assert second is not first
    with pytest.raises(AssemblerError), standing(engine):
        raise AssemblerError([problem("engine-timeout", seconds="60")], ExitCode.ENGINE)
    assert second.process.poll() is not None
    with standing(engine) as third:
        assert third is not second
    monkeypatch.setattr(office, "_MOST_MEGABYTES", 0)
    with standing(engine) as fourth:
        assert fourth is not third


def test_without_libreoffice_there_is_none(standing: StandingOffice) -> None:
    with standing(Engine(None, find_fonts(), 60)) as none:
        assert none is None
