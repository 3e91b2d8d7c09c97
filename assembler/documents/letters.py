"""How wide the letters of Persian are in each of their shapes, in regular and in bold type: twips at 10.5 points, as
HarfBuzz sets them in Nazli, the free twin of B Nazanin.
"""

from __future__ import annotations

from typing import NamedTuple


class Shapes(NamedTuple):
    """A letter alone, at the end of a stretch, at its beginning, and within; one that joins none behind it has two."""

    alone: int
    last: int
    first: int = 0
    middle: int = 0

    def at(self, *, before: bool, behind: bool = False) -> int:
        """Its width with letters joined before and behind it."""
        if behind and self.first:
            return self.middle if before else self.first
        return self.last if before else self.alone


LAM_ALEF = "لا"  # two letters that are one


def _each(shapes: dict[str, Shapes]) -> dict[str, Shapes]:
    one_by_one = {letter: each for letters, each in shapes.items() for letter in letters if letters != LAM_ALEF}
    return {**one_by_one, LAM_ALEF: shapes[LAM_ALEF]}


REGULAR = _each(
    {
        "ء": Shapes(65, 0),
        "آ": Shapes(52, 62),
        "اأإ": Shapes(31, 49),
        "ئ": Shapes(136, 131, 34, 65),
        "ؤورزژ": Shapes(68, 79),
        "ب": Shapes(142, 155, 34, 65),
        "پتث": Shapes(142, 155, 45, 65),
        "جچحخ": Shapes(109, 117, 106, 115),
        "دذ": Shapes(80, 100),
        "سش": Shapes(182, 198, 107, 121),
        "صض": Shapes(193, 201, 117, 126),
        "طظ": Shapes(136, 144, 103, 111),
        "عغ": Shapes(94, 109, 72, 74),
        "ف": Shapes(141, 153, 53, 71),
        "ق": Shapes(119, 130, 53, 71),
        "کگ": Shapes(167, 178, 78, 90),
        "ل": Shapes(113, 126, 34, 49),
        LAM_ALEF: Shapes(101, 120),
        "م": Shapes(84, 106, 68, 94),
        "ن": Shapes(115, 130, 34, 65),
        "ه": Shapes(66, 87, 83, 82),
        "ی": Shapes(136, 131, 47, 65),
    }
)
BOLD = _each(
    {
        "ء": Shapes(71, 0),
        "آ": Shapes(65, 69),
        "اأإ": Shapes(41, 61),
        "ئ": Shapes(142, 147, 38, 73),
        "ؤورزژ": Shapes(80, 95),
        "ب": Shapes(159, 174, 38, 73),
        "پتث": Shapes(159, 174, 55, 73),
        "جچحخ": Shapes(129, 141, 115, 127),
        "دذ": Shapes(92, 117),
        "سش": Shapes(195, 214, 126, 150),
        "صض": Shapes(197, 208, 130, 141),
        "طظ": Shapes(138, 148, 104, 115),
        "عغ": Shapes(122, 126, 93, 79),
        "ف": Shapes(156, 172, 65, 80),
        "ق": Shapes(129, 150, 65, 80),
        "کگ": Shapes(179, 208, 80, 111),
        "ل": Shapes(124, 138, 37, 63),
        LAM_ALEF: Shapes(114, 131),
        "م": Shapes(99, 118, 72, 93),
        "ن": Shapes(128, 141, 38, 73),
        "ه": Shapes(78, 101, 92, 96),
        "ی": Shapes(142, 147, 55, 73),
    }
)
