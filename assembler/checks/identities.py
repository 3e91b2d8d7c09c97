"""One person, one post; one letter, one number: over all forms of a case, and against the case of the period before."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from assembler.base.persian import fold
from assembler.base.problems import Place, Problem, problem
from assembler.checks.words.name_forms import Name, person_in_cell
from assembler.checks.words.post_words import has_one_holder, names_persons, says_posts
from assembler.model.filled import FilledForm, FilledItem
from assembler.model.specs import FormSpec, Item

_NUMBER, _DATE = "number", "date"


def check_identities(
    forms: Mapping[str, FilledForm],
    used: Iterable[str],
    before: Mapping[str, FilledForm],
    specs: Mapping[str, FormSpec],
) -> Iterator[Problem]:
    """Persons with two posts, posts of one holder with two, and numbers that two letters bear."""
    names = tuple(name for name in used if is_concerned(specs[name]))
    yield from _check_posts([holder for name in names for holder in _holders(forms[name])])
    yield from _check_numbers(forms, names, before)


def is_concerned(spec: FormSpec) -> bool:
    """Whether a form tells persons with their posts, or numbers of letters; the others need not be looked at."""
    names = {item.name for item in spec.items}
    tells = any(f"{name.removesuffix('_name')}_post" in names or _is_number(name, names) for name in names)
    return tells or any(_columns(item) is not None for item in spec.items)


def _is_number(name: str, names: Container[str]) -> bool:
    return name.endswith(_NUMBER) and f"{name.removesuffix(_NUMBER)}{_DATE}" in names


def _columns(item: Item) -> tuple[str, str] | None:
    """The columns of persons and of their posts, where a table has one of each."""
    named = [column.name for column in item.columns if names_persons(column.label)]
    posts = [column.name for column in item.columns if says_posts(column.label)]
    return (named[0], posts[0]) if len(named) == len(posts) == 1 else None


# ---------------------------------------------------------------- persons and posts


@dataclass(frozen=True)
class _Holder:
    """A person beside a post, as a form has them; ``name`` is the person's as it is told from others."""

    name: Name
    person: str
    post: str
    place: Place

    def may_be(self, other: _Holder) -> bool:
        """Whether both may be one person: a given name that is left out tells nobody apart."""
        given, others = self.name.apart, other.name.apart
        return self.name.words == other.name.words and (not given or not others or given == others)


def _check_posts(holders: list[_Holder]) -> Iterator[Problem]:
    """Each later one against the first."""
    persons: dict[tuple[str, ...], list[_Holder]] = {}
    posts: dict[str, _Holder] = {}
    for each in holders:
        known = persons.setdefault(each.name.words, [])
        first = next((other for other in known if each.may_be(other)), None)
        if first is None:
            known.append(each)
        elif not _same_post(first.post, each.post):
            told = {"person": each.person, "post": each.post, "other": first.post}
            yield problem("post-differs", each.place, where=first.place.form or "", **told)
        if has_one_holder(each.post):
            holder = posts.setdefault(fold(each.post), each)
            if not each.may_be(holder):
                yield problem("post-shared", each.place, person=each.person, post=each.post, other=holder.person)


def _holders(form: FilledForm) -> Iterator[_Holder]:
    items = form.items
    for name, item in items.items():
        post = items.get(f"{name.removesuffix('_name')}_post")
        if post is not None and item.relevant and post.relevant:
            yield from _holder(item.value, post.value, post.place.within(item=post.spec.name))
    for item in items.values() if form.answered else ():
        yield from _holders_in(item) if item.relevant and item.spec.is_table else ()


def _holders_in(table: FilledItem) -> Iterator[_Holder]:
    columns = _columns(table.spec)
    for row in table.rows if columns else ():
        person, post = (row.cells[name] for name in columns or ())
        yield from _holder(person.value, post.value, post.place.within(column=(columns or ("", ""))[1]))


def _holder(person: object, post: object, place: Place) -> Iterator[_Holder]:
    if isinstance(person, str) and isinstance(post, str):
        name = person_in_cell(person)
        if name is not None:
            yield _Holder(name, person, post, place)


def _same_post(one: str, other: str) -> bool:
    """Whether two texts may be one post: one says no word the other has not, whatever their order."""
    first, second = (frozenset(map(fold, text.replace("،", " ").split())) - {"و", "محترم"} for text in (one, other))
    return first <= second or second <= first or fold(one) in fold(other) or fold(other) in fold(one)


# ---------------------------------------------------------------- numbers of letters


def _check_numbers(
    forms: Mapping[str, FilledForm], used: tuple[str, ...], before: Mapping[str, FilledForm]
) -> Iterator[Problem]:
    """Numbers that a letter of another form bears, or one of the case before; a form tells its own apart by rules."""
    seen: dict[str, tuple[str, FilledItem]] = {}
    letters = [(name, item) for name in used for item in _numbers(forms[name])]
    earlier = {
        fold(str(item.value)): item
        for name in dict.fromkeys(name for name, _ in letters)
        for item in (_numbers(before[name]) if name in before else ())
    }
    for name, item in letters:
        number = str(item.value)
        first = seen.setdefault(fold(number), (name, item))
        if first[0] != name:
            yield problem("letter-number-repeated", item.place, number=number, other=forms[first[0]].spec.title)
        elif fold(number) in earlier:
            yield problem("letter-number-used", item.place, number=number)


def _numbers(form: FilledForm) -> Iterator[FilledItem]:
    """The numbers of the letters a form dates; one without a digit, such as «بدون شماره», is none."""
    for name, item in form.items.items():
        typed = item.spec.type == "text" and item.spec.calculation is None
        bears = isinstance(item.value, str) and any(map(str.isdigit, item.value))
        if typed and bears and item.relevant and _is_number(name, form.items):
            yield item
