"""JSON Schemas for editors, generated from the language and from the forms themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from assembler.model.remarks import DOUBTS
from assembler.model.reports import Library, ReportSpec
from assembler.model.specs import Column, Field, FormSpec, Item
from assembler.model.tables import PrintedRow
from assembler.model.types import NUMBERS
from assembler.specs.language.editions import EDITION_WORDS
from assembler.specs.language.forms import FORM_SHAPE
from assembler.specs.language.items import COLUMN, ITEM_SHAPE, PRINTED_ROW
from assembler.specs.language.meanings import Either, Kind, ListOf, MapOf, Meaning, Shape, Use, Word
from assembler.specs.language.reports import CASE_WORDS, REPORT_SHAPE, SHAPES
from assembler.specs.language.rules import RULE, RULES, RuleKind

Schema = dict[str, Any]
_DEFINED, _CHANGED = "#/$defs/", "changed-"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# A scalar may look like a number or a boolean to the editor's YAML; the declared type decides what it means.
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_TEXTS: Schema = {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]}
_EXAMPLES = Path(__file__).parent / "language" / "examples.json"
_BLANKABLE: Schema = {"type": ["string", "number", "boolean", "null"]}


def schemas(library: Library) -> Mapping[str, Schema]:
    """All schemas by name: ``form``, ``report``, ``case-<report>`` and ``answers-<form>`` (slashes become dashes)."""
    found = language_schemas()
    for report in library.reports.values():
        found[f"case-{report.id}"] = _case(report)
    for form in library.forms.values():
        found["answers-" + form.id.replace("/", "-")] = _answers(form)
    return found


def language_schemas() -> dict[str, Schema]:
    """The schemas of specifications, which are the same everywhere: ``form``, ``report``."""
    return {"form": _document(FORM_SHAPE), "report": _document(REPORT_SHAPE)}


def _document(shape: Shape) -> Schema:
    definitions = {_key(name): _shape(each) for name, each in SHAPES.items()} | {_key(RULE.name): _rules()}
    changed = {f"{_CHANGED}{name}": _changing(each) for name, each in definitions.items()}
    for name in (ITEM_SHAPE.name, COLUMN.name, PRINTED_ROW.name):
        changed[_CHANGED + name]["properties"]["after"] = _SCALAR | {"description": EDITION_WORDS["after"]}
    name, edition = _key(shape.name), {"anyOf": [{"required": ["edition"]}, {"required": ["edition_of"]}]}
    return {
        "$schema": DIALECT,
        "title": shape.name,
        "if": edition,
        "then": {"$ref": f"#/$defs/{_CHANGED}{name}"},
        "else": {"$ref": f"#/$defs/{name}"},
        "$defs": definitions | changed,
    }


def _changing(schema: Any) -> Any:
    """A schema of what an edition changes: nothing is required, and a word left blank is taken away."""
    if isinstance(schema, list):
        return [_changing(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return schema | {"$ref": schema["$ref"].replace(_DEFINED, _DEFINED + _CHANGED)}
    blank = {"type": "null"}
    if isinstance(schema.get("additionalProperties"), dict):
        return schema | {"additionalProperties": {"anyOf": [_changing(schema["additionalProperties"]), blank]}}
    if "properties" not in schema:
        return {word: _changing(value) for word, value in schema.items()}
    properties = {word: {"anyOf": [_changing(value), blank]} for word, value in schema["properties"].items()}
    needed = ("required", "anyOf")
    return {word: value for word, value in schema.items() if word not in needed} | {"properties": properties}


def _key(name: str) -> str:
    return name.replace(" ", "-")


def _shape(shape: Shape) -> Schema:
    schema: Schema = {
        "type": "object",
        "description": shape.doc,
        "properties": {word.name: _word(word, shape.name) for word in shape.taken},
        "required": [word.name for word in shape.words if word.required],
        "additionalProperties": False,
    }
    if shape.one_of:
        schema["anyOf"] = [{"required": [name, *shape.needs.get(name, ())]} for name in shape.one_of]
    return schema


def _word(word: Word, shape: str) -> Schema:
    schema = _meaning(word.meaning) | {"description": word.doc}
    shown = examples().get(shape, {})
    return schema | ({"examples": [shown[word.name]]} if word.name in shown else {})


@cache
def examples() -> Mapping[str, Mapping[str, Any]]:
    """What words are written with, by shape and word, for editors: as the shipped specifications have them."""
    found: dict[str, dict[str, Any]] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return found | {"changed block": found["block"] | found.get("changed block", {})}


def _rules() -> Schema:
    """A rule, kind by kind: each takes words of its own."""
    words = _shape(RULE)["properties"]
    return {"description": RULE.doc, "oneOf": [_rule(kind, words) for kind in RULES.values()]}


def _rule(kind: RuleKind, words: Mapping[str, Schema]) -> Schema:
    taken = dict.fromkeys(("severity", "message", *kind.needs, *kind.may))
    properties = {"kind": {"const": kind.name, "description": kind.doc}} | {word: words[word] for word in taken}
    schema = _closed(properties) | {"description": kind.doc, "required": ["kind", *kind.needs]}
    return schema | ({"anyOf": [{"required": [word]} for word in kind.one_of]} if kind.one_of else {})


def _meaning(meaning: Meaning) -> Schema:
    match meaning:
        case Use(name):
            return {"$ref": f"#/$defs/{_key(name)}"}
        case ListOf(of):
            return {"type": "array", "items": _meaning(of)}
        case MapOf(of, keys):
            return {"type": "object", "propertyNames": {"pattern": f"^{keys}$"}, "additionalProperties": _meaning(of)}
        case Either(options):
            return {"anyOf": [_meaning(option) for option in options]}
        case Kind():
            return _kind(meaning)


def _kind(kind: Kind) -> Schema:
    match kind.base:
        case "choice":
            return {"enum": list(kind.options)}
        case "name":
            return {"type": "string", "pattern": f"^{kind.pattern}$"}
        case "flag":
            return {"type": "boolean"}
        case "number":
            return {"type": "number", "minimum": 0}
        case "whole":
            return {"type": "integer", "minimum": 0}
    return dict(_SCALAR)


# ---------------------------------------------------------------- answers


def _case(report: ReportSpec) -> Schema:
    schema = _answers(report.case)
    del schema["properties"]["form"]
    words = {word.name: {**_BLANKABLE, "description": word.doc} for word in CASE_WORDS}
    schema["properties"] = words | schema["properties"] | {"report": {"const": report.id}}
    return schema | {"title": report.title, "required": ["report"]}


def _answers(form: FormSpec) -> Schema:
    asked = (item for item in form.items if item.is_asked)
    answered = {item.name: _item(item) for item in asked}
    return {
        "$schema": DIALECT,
        "title": form.title,
        "type": "object",
        "properties": {"form": {"const": form.id}, "carried": _by_item(_SCALAR), DOUBTS: _by_item(_TEXTS)} | answered,
        "required": ["form"],
        "additionalProperties": False,
        "$defs": {"prose-list": _prose_list()},
    }


def _by_item(of: Schema) -> Schema:
    """Something by item: the fingerprints of answers that came from another case, what an agency is not sure of."""
    return {"type": ["object", "null"], "additionalProperties": of}


def _described(field: Field, schema: Schema) -> Schema:
    words = " — ".join(text for text in (field.label, field.hint) if text)
    return schema | ({"description": words} if words else {})


def _item(item: Item) -> Schema:
    if item.type == "table":
        return _described(item, _table(item))
    if item.type == "narrative":
        block = {"anyOf": [_SCALAR, {"$ref": "#/$defs/prose-list"}]}
        return _described(item, {"anyOf": [_BLANKABLE, {"type": "array", "items": block}]})
    return _described(item, _value(item))


def _value(field: Field) -> Schema:
    if field.type == "select_one":
        return {"anyOf": [{"enum": _choices(field)}, {"type": "null"}]}
    if field.type == "select_multiple":
        names = {"enum": _choices(field)}
        return {"anyOf": [names, {"type": "array", "items": names}, {"type": "null"}]}
    if field.has_lines:
        return {"anyOf": [_BLANKABLE, {"type": "array", "items": _SCALAR}]}
    if field.type in NUMBERS or field.type == "date":
        return {"type": ["string", "number", "null"]}
    return dict(_BLANKABLE)


def _choices(field: Field) -> list[Any]:
    """Names and labels; an editor's YAML reads ``yes`` as text (YAML 1.2) or as true (1.1): both are admitted."""
    names = [choice.name for choice in field.choices]
    booleans = [name == "yes" for name in names if name in ("yes", "no")]
    codes = [choice.code for choice in field.choices if choice.code and choice.code not in names]
    numbers = [int(code) for code in codes if code.isascii() and str(int(code) if code.isdecimal() else "") == code]
    return [
        *names,
        *codes,
        *numbers,
        *(choice.label for choice in field.choices if choice.label not in names),
        *booleans,
    ]


def _table(item: Item) -> Schema:
    cells = {column.name: _cell(column) for column in item.columns if not column.calculation}
    if item.rows:
        rows = {printed.name: _printed_row(cells, printed) for printed in item.rows}
        return {"anyOf": [_closed(rows), {"type": "null"}]}
    row = _closed(cells)
    if item.group_rows:
        columns = {name: cells.get(name, dict(_BLANKABLE)) for name in item.group_rows.columns}
        row = {"anyOf": [row, _closed({"group": _closed(columns)})]}
    return {"anyOf": [{"type": "array", "items": row}, {"type": "null"}]}


def _printed_row(cells: Mapping[str, Schema], printed: PrintedRow) -> Schema:
    """A printed row may be left blank; its fixed cells are not asked."""
    row = _closed({name: cell for name, cell in cells.items() if not printed.shuts(name)})
    return {"anyOf": [row, {"type": "null"}]}


def _closed(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def _cell(column: Column) -> Schema:
    return _described(column, _value(column))


def _prose_list() -> Schema:
    kinds = ("numbered", "bulleted", "lettered", "dashed")
    nested = {kind: {"$ref": "#/$defs/prose-list/$defs/entries"} for kind in kinds}
    entry = {
        "anyOf": [
            _SCALAR,
            _closed({"text": _SCALAR} | nested) | {"required": ["text"]},
        ]
    }
    entries = {"type": "array", "items": entry}
    return {
        "type": "object",
        "properties": nested,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "$defs": {"entries": entries},
    }
