"""Words of an edition: what of the edition before changed."""

from __future__ import annotations

from collections.abc import Mapping

from assembler.specs.language.blocks import BLOCK
from assembler.specs.language.meanings import (
    FORM,
    FORM_ID,
    NAME,
    SLUG,
    SLUG_NAME,
    TEXT,
    Kind,
    ListOf,
    MapOf,
    Shape,
    Use,
    Word,
)

FOLDER = r"[a-z0-9][a-z0-9-]*"
SHORT = r"[a-z0-9][a-z0-9_-]*"
EDITION = Shape(
    "edition",
    "A report that is the next edition of another one: all is as it was there, but for what is said here and in the "
    "report. What is given anew replaces the old; what has a name (fields, signers, parts) is found by it.",
    (
        Word("of", Kind("name", pattern=FOLDER), "The report of the edition before.", required=True),
        Word(
            "folders",
            MapOf(Kind("name", pattern=FOLDER), keys=FOLDER),
            "The folders whose forms are taken over, each with the folder they belong to now. Forms there that say "
            "`edition_of` take the place of theirs.",
            required=True,
        ),
        Word(
            "drop",
            ListOf(Kind("name", pattern=rf"{FORM_ID}|case\.{NAME}|{SLUG}")),
            "What is no more: forms, fields as case.field, parts by their names, blocks by their ids. Blocks that show "
            "such a form go with it, and sections of which nothing is left.",
        ),
        Word(
            "renumber",
            MapOf(TEXT, keys=rf"{FORM_ID}|{SHORT}"),
            "New names of forms that are taken over as they were, by their old ones: {12: 11}.",
        ),
        Word(
            "called",
            TEXT,
            "What stands before the numbers of forms in texts, such as شاخص: «شاخص ۱۲» of the edition before then says "
            "the new number. A number that is no more is told where it stands.",
        ),
        Word(
            "phrases",
            MapOf(TEXT, keys=r"[^\n]+"),
            "Words of the edition before that read otherwise everywhere, such as the number and date of its circular.",
        ),
        Word(
            "blocks",
            ListOf(Use("changed block")),
            "Blocks found by their ids, with what changed; new ones with `after`.",
        ),
    ),
)
CHANGED_BLOCK = Shape(
    "changed block",
    "A block of the edition before with the words that changed, found by its id; or a new one behind another.",
    (Word("after", SLUG_NAME, "Behind which block a new one stands, by its id."),),
    besides=BLOCK.words,
)
FORM_EDITION = (
    Word(
        "edition_of",
        FORM,
        "The form of the edition before: all is as it was there, but for what is said here. Items, columns and rows "
        "are found by their names, also those it has by extends or append; a word left blank is taken away.",
    ),
    Word(
        "drop",
        ListOf(Kind("name", pattern=rf"{NAME}(\.{NAME})?")),
        "edition_of: items that are no more, with the rules that look at them; columns and rows as table.name; sheets "
        "by their names; rules.item, the rules that look at an item.",
    ),
)
# Words of what stands in a form that is an edition, and in no other.
EDITION_WORDS: Mapping[str, str] = {
    "after": "Behind which item, column or row a new one stands, or one that moves; at the end when left out.",
}
WAS = Word(
    "was",
    TEXT,
    "What it was called in the edition before, where its name changed: answers are carried over by it.",
)
WAS_FORM = Word("was", FORM, "The form it was in the edition before, where nothing is taken over from it but answers.")
WAS_REPORT = Word("was", Kind("name", pattern=FOLDER), "The report it was in the edition before, under another name.")
