"""Pages and what comes of acts as plain data, for faces that send them on."""

from assembler.views.page_json import (
    change_from,
    change_json,
    delta_json,
    outcome_json,
    overview_json,
    page_json,
    preview_json,
    target_json,
)

__all__ = [
    "change_from",
    "change_json",
    "delta_json",
    "outcome_json",
    "overview_json",
    "page_json",
    "preview_json",
    "target_json",
]
