"""The official holidays of Iran."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import jdatetime

_IN_THE_LIBRARY = {"fa": "fa_IR", "en": "en_US"}


@lru_cache(maxsize=64)
def official_days(year: int, language: str) -> Mapping[int, str]:
    """The names of the holidays of a Jalali year by ordinal day; lunar ones as reckoned, which the moon may shift."""
    gregorian = jdatetime.date(year, 1, 1).togregorian().year
    found = _iran().Iran(
        years=(gregorian, gregorian + 1), language=_IN_THE_LIBRARY[language], islamic_show_estimated=False
    )
    dated = ((jdatetime.date.fromgregorian(date=day), name) for day, name in found.items())
    return {day.toordinal(): name for day, name in dated if day.year == year}


@cache
def _iran() -> ModuleType:
    """The library's module of this country alone: its package loads those of all, a tenth of a small check."""
    import holidays  # few forms ask for it

    name = "holidays.countries.iran"
    spec = spec_from_file_location(name, Path(holidays.__file__).with_name("countries") / "iran.py")
    if spec is None or spec.loader is None:
        return import_module(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
