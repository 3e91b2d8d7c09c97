"""Values as people read them: on a screen, and on paper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import jdatetime
import pytest

from assembler.model.answers import Attachment, Value
from assembler.model.specs import Choice, Field
from assembler.model.values import printed, shown

ANSWERS = (Choice("yes", "بلی"), Choice("no", "خیر"))


@pytest.mark.parametrize(
    ("value", "field", "on_screen", "on_paper"),
    [
        (None, Field("a", "text", blank="—"), "", "—"),
        (12500, Field("a", "integer", unit="ریال"), "۱۲٬۵۰۰", "۱۲٬۵۰۰ ریال"),
        (81, Field("a", "integer", unit="%"), "۸۱", "۸۱٪"),
        (1399, Field("a", "integer", appearance=("plain",)), "۱۳۹۹", "۱۳۹۹"),
        (1402, Field("a", "year"), "۱۴۰۲", "۱۴۰۲"),
        (Decimal("7.125"), Field("a", "decimal"), "۷٫۱۲۵", "۷٫۱۳"),
        (Decimal("72.5"), Field("a", "percent"), "۷۲٫۵٪", "۷۲٫۵٪"),
        (True, Field("a", "calculate"), "✓", "✓"),
        (False, Field("a", "calculate"), "", ""),
        (jdatetime.date(1399, 12, 5), Field("a", "date"), "۱۳۹۹/۱۲/۰۵", "۱۳۹۹/۱۲/۰۵"),
        (jdatetime.date(1399, 12, 5), Field("a", "date", format="d/m/yy"), "۵/۱۲/۹۹", "۵/۱۲/۹۹"),
        ("yes", Field("a", "select_one", choices=ANSWERS), "بلی", "بلی"),
        ("-", Field("a", "select_one", choices=ANSWERS, marks=("-",)), "-", "-"),
        ("no", Field("a", "select_one", choices=ANSWERS, appearance=("boxes",)), "خیر", "☐ بلی    ☑ خیر"),
        (("yes", "no"), Field("a", "select_multiple", choices=ANSWERS), "بلی، خیر", "بلی، خیر"),
        (("یک", "دو"), Field("a", "text", appearance=("numbered",)), "یک\nدو", "۱- یک\n۲- دو"),
        (Attachment("a.pdf", Path("a.pdf")), Field("a", "file"), "a.pdf", "a.pdf"),
        (Attachment("a.pdf", Path("a.pdf"), "مستند ۴"), Field("a", "file"), "مستند ۴", "مستند ۴"),
    ],
)
def test_values(value: Value, field: Field, on_screen: str, on_paper: str) -> None:
    assert (shown(value, field), printed(value, field)) == (on_screen, on_paper)
