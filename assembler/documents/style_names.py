"""The names of the styles a template must carry, and what is set in them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Style(NamedTuple):
    """A style by its name in Word, what is set in it, and the name templates knew it by before."""

    name: str
    doc: str
    former: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.name, self.former)))


# LibreOffice claims names such as «List 1» and exchanges them among one another.
# Our identifier of a style; a template may know the name under another identifier.
PARAGRAPH_STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "Heading1": Style("heading 1", "The title of a section."),
        "Heading2": Style("heading 2", "The title of a section in a section."),
        "Heading3": Style("heading 3", "The title of a section two levels down."),
        "Heading4": Style("heading 4", "The title of a section three levels down, and deeper."),
        "Subheading": Style("Subheading", "A heading without a number, not in the contents."),
        "BodyText": Style("Body Text", "Paragraphs."),
        "Note": Style("Note", "Notes below a table or chart."),
        "CardLine": Style("Card Line", "The line below the heading of an indicator: how it stands, its legal basis."),
        "List1": Style("Report List 1", "Entries of a list.", "List 1"),
        "List2": Style("Report List 2", "Entries of a list in a list.", "List 2"),
        "List3": Style("Report List 3", "Entries of a list two levels down.", "List 3"),
        "List4": Style("Report List 4", "Entries of a list three levels down.", "List 4"),
        "Caption": Style("caption", "Captions of tables, figures and charts."),
        "Figure": Style("Figure", "The paragraph a picture stands in."),
        "PlacedLetter": Style("Placed Letter", "The paragraph the page of a letter stands in."),
        "TableText": Style("Table Text", "Cells with text."),
        "TableNumber": Style("Table Number", "Cells with numbers and dates."),
        "TableHead": Style("Table Head", "Cells of the header rows."),
        "TableLabel": Style("Table Label", "Cells that name what stands beside them."),
        "TableGroup": Style("Table Group", "Cells of band rows."),
        "TableFooter": Style("Table Footer", "Cells of closing rows."),
        "TableNote": Style("Table Note", "Footnotes of a table."),
        "AfterTable": Style("After Table", "The space behind a table."),
        "ContentsTitle": Style("Contents Title", "The title over the contents."),
        "TOC1": Style("toc 1", "Sections in the contents."),
        "TOC2": Style("toc 2", "Sections of the second level in the contents."),
        "TOC3": Style("toc 3", "Sections of the third level in the contents."),
        "TOC4": Style("toc 4", "Sections of the fourth level in the contents."),
        "SectionEnd": Style("Section End", "The paragraph that ends a part of the document; it takes no room."),
    }
)
CHARACTER_STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "InternalLink": Style("Internal Link", "References to sections, tables and figures."),
        "ChapterNumber": Style("Chapter Number", "The number of a chapter."),
        "KeyNumber": Style("Key Number", "A number of a report at a glance."),
        "Chip": Style("Chip", "A word or two that say how an indicator stands."),
        "FootnoteMark": Style("Footnote Mark", "The number of a footnote."),
        "Sign": Style("Sign", "Ticks and boxes, which Persian fonts lack."),
    }
)
TABLE_STYLES: Mapping[str, Style] = MappingProxyType(
    {
        "ReportTable": Style(
            "Report Table",
            "Borders of tables; the shades of first and last row, first column and band; the rules at the first two.",
        )
    }
)
PAGE_NUMBER_STYLE = Style("Page Number Line", "The page number at the foot of each page.")
