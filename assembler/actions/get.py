"""Answers of a case, those that are calculated too."""

from __future__ import annotations

from pathlib import Path

from assembler.actions.open_case import OpenCase
from assembler.base.settings import Settings
from assembler.views.answers import AnswerView
from assembler.views.json import answer_json

__all__ = ["AnswerView", "answer_json", "get_answer", "get_form"]


def get_answer(folder: Path, place: str, settings: Settings) -> AnswerView:
    """The answer at a place. Raises AssemblerError: there is no such place, or what stands there cannot be read."""
    return OpenCase.read(folder, settings).told(place)


def get_form(folder: Path, form: str, settings: Settings) -> tuple[AnswerView, ...]:
    """The answers of a form, item by item. Raises AssemblerError when there is no such form."""
    return OpenCase.read(folder, settings).told_form(form)
