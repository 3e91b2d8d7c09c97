"""Words of audit rules: a row a kind of rule, then what may stand at each word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NewType, get_args

from assembler.model import rules
from assembler.model.specs import RuleWords
from assembler.specs.language.meanings import (
    EXPRESSION,
    FORM_ID,
    IDENTIFIER,
    ITEM,
    NAME,
    SEVERITIES,
    TEMPLATE,
    TEXT,
    WHOLE,
    Kind,
    ListOf,
    Shape,
    Word,
    choice,
)


@dataclass(frozen=True)
class RuleKind:
    """A kind of rule: what holds where it finds nothing, the words of its own, which of the shared ones it takes.

    Of the words in ``one_of`` one at least must be given; a word in ``beside`` says nothing without its fellow there.
    Of those in ``apart`` only one can stand. Any rule may have a message.
    """

    name: str
    words: type[RuleWords]
    doc: str
    shared_needs: tuple[str, ...] = ("item",)
    shared_may: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        return (*self.shared_needs, *self.own_needs)

    @property
    def may(self) -> tuple[str, ...]:
        return (*self.shared_may, *(word for word in self.words.declared() if word not in self.own_needs))

    @cached_property
    def own_needs(self) -> tuple[str, ...]:
        return tuple(word for word in self.words.declared() if not hasattr(self.words, word))

    @cached_property
    def names(self) -> Mapping[str, object]:
        """The words that name something, with what: ``tuple[DateColumn, ...]`` gives ``DateColumn``."""
        types = ((word, (kind, *get_args(kind))) for word, kind in self.words.declared().items())
        return {word: bare for word, found in types for bare in found if isinstance(bare, NewType)}


_BOXES = ("items", "columns")
_OF_TABLE = {"item": "columns", "columns": "item"}
RULES: Mapping[str, RuleKind] = {
    kind.name: kind
    for kind in (
        RuleKind("expression", rules.Condition, "A condition holds.", ("message",), ("item",)),
        RuleKind("scores", rules.Scores, "No score is above the most it may be, nor all together."),
        RuleKind(
            "row_numbers", rules.RowNumbers, "Printed row numbers run on: none repeats, lacks or is out of order."
        ),
        RuleKind("duplicates", rules.Duplicates, "No two rows say the same in the columns."),
        RuleKind("finished", rules.Finished, "Texts do not stop in the middle, nor end in a question."),
        RuleKind(
            "durations", rules.Durations, "Last days come after first days, and durations are those between them."
        ),
        RuleKind("not_before", rules.NotBefore, "No date comes before a day.", ("item", "message")),
        RuleKind("holidays", rules.Holidays, "No date falls on a Friday or an official holiday."),
        RuleKind("months", rules.Months, "The months a text names are those in which the dates lie."),
        RuleKind("rhythm", rules.Rhythm, "Dates follow one another at one beat, without a gap."),
        RuleKind("room", rules.Room, "A quantity of things done once a period fits between its dates."),
        RuleKind("group_totals", rules.GroupTotals, "The number of a group row is that of its rows."),
        RuleKind("agrees", rules.Agrees, "A number is the one the data give."),
        RuleKind(
            "no_more",
            rules.NoMore,
            "A number, or the count of rows, is no more than another.",
            one_of=("than", "limit"),
            beside={"than": "column"},
            apart=("than", "limit"),
        ),
        RuleKind("row_sum", rules.RowSum, "In each row the parts make their whole."),
        RuleKind("careers", rules.Careers, "Years at work fit the year of birth."),
        RuleKind("tally", rules.Tally, "A number is the sum of those that texts begin with."),
        RuleKind(
            "entries", rules.Entries, "A text that goes through a list by numbers names each entry, and no other."
        ),
        RuleKind("levels", rules.Levels, "What was chosen is the level that a text of the same name says."),
        RuleKind("rising", rules.Rising, "Dates or numbers of a column come one after the other."),
        RuleKind("said", rules.Said, "A number said in a text is the one the data give.", ("item", "message")),
        RuleKind("times", rules.Times, "A text that says how often a thing was done gives as many dates, or none."),
        RuleKind("percent", rules.Percent, "A percentage said in a text is that of a part and its whole."),
        RuleKind("parts", rules.Parts, "The numbers of a column add up to their whole."),
        RuleKind(
            "same_columns", rules.SameColumns, "A table has the columns of the blank one that was to be filled in."
        ),
        RuleKind(
            "filled",
            rules.Filled,
            "Items and cells are filled in though none is required.",
            (),
            ("item",),
            _BOXES,
            {**_OF_TABLE, "excused": "columns"},
        ),
        RuleKind("names", rules.Names, "A person, unit or site is written in one way wherever it is named.", ()),
        RuleKind(
            "order", rules.Order, "No step begins before those it rests on have ended.", beside={"columns": "rests_on"}
        ),
        RuleKind("exactly_one", rules.ExactlyOne, "Of several boxes one is marked.", (), ("item",), _BOXES, _OF_TABLE),
        RuleKind(
            "at_most_one", rules.AtMostOne, "Of several boxes one is marked, or none.", (), ("item",), _BOXES, _OF_TABLE
        ),
        RuleKind("covered", rules.Covered, "Each name of a column stands in one of the other columns too."),
        RuleKind(
            "pairs", rules.Pairs, "What stands beside a name or a code is one wherever it stands, and as it was before."
        ),
        RuleKind("unsettled", rules.Unsettled, "What was told to be wrong in the period before is not declared again."),
        RuleKind("weekdays", rules.Weekdays, "Days of the week are those of their dates."),
        RuleKind("shares", rules.Shares, "A percentage in brackets is that of the counts before it."),
        RuleKind("cited", rules.Cited, "A document's number is cited with one date wherever it stands.", ()),
    )
}
RULE = Shape(
    "rule",
    "An audit rule; its kind says which of the words it takes.",
    (
        Word("kind", choice(*RULES), "The kind of rule.", required=True),
        Word("severity", choice(*SEVERITIES), "How grave a finding is; the kind's own when left out."),
        Word("message", TEMPLATE, "What to say, in place of or beside the kind's own words."),
        Word("item", IDENTIFIER, "The item it speaks of."),
        Word("test", EXPRESSION, "The condition that must hold."),
        Word("column", IDENTIFIER, "The column looked at."),
        Word("columns", ListOf(IDENTIFIER), "The columns looked at."),
        Word("value", IDENTIFIER, "The column of what was given."),
        Word("cap", IDENTIFIER, "The column of the most that can be given."),
        Word("quantity", IDENTIFIER, "The column of quantities."),
        Word("unit", IDENTIFIER, "The column of their units."),
        Word("start", IDENTIFIER, "The column of first days."),
        Word("end", IDENTIFIER, "The column of last days."),
        Word("days", IDENTIFIER, "The column of durations in days."),
        Word("date", IDENTIFIER, "The column of dates."),
        Word("rests_on", IDENTIFIER, "The column of the steps a step rests on: their numbers or names."),
        Word("text", IDENTIFIER, "The column or item whose words are read."),
        Word("since", EXPRESSION, "The date nothing may come before."),
        Word("every", WHOLE, "The days between one date and the next."),
        Word("says", TEXT, "A phrase in the text, {} in place of its number."),
        Word("equals", EXPRESSION, "What the number must be."),
        Word("part", EXPRESSION, "What the percentage is of."),
        Word("whole", EXPRESSION, "What it is a percentage of."),
        Word("within", WHOLE, "How far it may be off besides what rounding takes."),
        Word("than", IDENTIFIER, "The column of the greater number."),
        Word("limit", EXPRESSION, "The most it can be."),
        Word("born", IDENTIFIER, "The column of the years of birth."),
        Word("year", EXPRESSION, "The year up to which years are counted."),
        Word("key", IDENTIFIER, "The column of names, the same in the other tables."),
        Word("template", ITEM, "The blank table that was to be filled in."),
        Word("items", ListOf(IDENTIFIER), "The items looked at."),
        Word("excused", IDENTIFIER, "The column that excuses its row: when filled, or of choices when it says no."),
        Word(
            "among",
            ListOf(Kind("name", pattern=FORM_ID + r"\." + NAME + r"(\." + NAME + ")?")),
            "Where the names stand: form.item or form.item.column.",
        ),
    ),
)
