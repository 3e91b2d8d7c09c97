"""What the database holds: who may sign in, what was changed by whom, what people say of forms, and jobs.

No answer is kept here but as history. Cases are known by the names of their folders.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from assembler.model.acts import ROLES, Person, Role

_NAME = 64
_CASE = 255


class Users(BaseUserManager["User"]):
    """People by their names, whatever the size of their letters."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=(username or "").casefold())


class User(AbstractBaseUser):
    """Somebody who may sign in. ``shown`` is what others read; ``units`` are those of ``units.yaml`` he answers for,
    ``cases`` the only ones he sees, all where there are none. Whoever has a ``epoch`` of before is signed out.
    """

    username = models.CharField(max_length=_NAME, unique=True)
    shown = models.CharField(max_length=120)
    roles = models.JSONField(default=list)
    units = models.JSONField(default=list, blank=True)
    cases = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    epoch = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["shown"]
    objects = Users()

    @property
    def person(self) -> Person:
        """Who acts, as actions know him."""
        roles: frozenset[Role] = frozenset(role for role in ROLES if role in self.roles)
        return Person(self.username, self.shown, roles, tuple(self.units))

    def has(self, *roles: Role) -> bool:
        """Whether he has one of these roles."""
        return any(role in self.roles for role in roles)

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.epoch}"

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        return f"{super()._get_session_auth_hash(secret)}.{self.epoch}"


class Attempt(models.Model):
    """A failed try to sign in; too many within a while close the way for that name, and for that address. ``browser``
    is the key of one that is known for the name: see `ways_in`.
    """

    name = models.CharField(max_length=_NAME, db_index=True)
    where = models.GenericIPAddressField(null=True, db_index=True)
    browser = models.CharField(max_length=32, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True, db_index=True)


class OneTimeCode(models.Model):
    """A code that lets somebody in once, such as the first administrator; only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    until = models.DateTimeField()


class RowKeysOf(models.Model):
    """The keys of the rows of a form: see `model.row_keys`."""

    case = models.CharField(max_length=_CASE)
    form = models.CharField(max_length=200)
    keys = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("case", "form"), name="one_set_of_keys")]


class ChainEnd(models.Model):
    """The hash of the newest entry: whoever adds one holds this row, so that none comes between."""

    hash = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """Something that was done: who, when, where, from, to. Entries are only ever added; each has the hash of the one
    before in its own. ``act`` is shared by all changes of one act; ``undone`` is the act that took it back.
    """

    act = models.CharField(max_length=32, db_index=True)
    kind = models.CharField(max_length=20)
    who = models.CharField(max_length=_NAME)
    shown = models.CharField(max_length=120)
    at = models.DateTimeField(db_index=True)
    where = models.CharField(max_length=45, blank=True)
    case = models.CharField(max_length=_CASE, blank=True)
    form = models.CharField(max_length=200, blank=True)
    item = models.CharField(max_length=100, blank=True)
    row = models.CharField(max_length=100, blank=True)
    column = models.CharField(max_length=100, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    band = models.BooleanField(default=False)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("case", "form", "item", "row", "column"), name="history_of_a_cell"),
            models.Index(fields=("case", "id"), name="news_of_a_case"),
        ]
        ordering: ClassVar = ["id"]


class KnownCard(models.Model):
    """How a case stood for its readers of one kind when it bore a mark: see `actions.desk.card`. ``told`` is None where
    they see nothing of it.
    """

    case = models.CharField(max_length=_CASE)
    reader = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    mark = models.CharField(max_length=64)
    told = models.JSONField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("case", "reader", "language"), name="one_card")]


class Undone(models.Model):
    """An act that was taken back, and by which: entries themselves never change."""

    act = models.CharField(max_length=32, unique=True)
    by = models.CharField(max_length=32)


class Comment(models.Model):
    """Something said of a form or of a place in it, to somebody or to all; settled by whom it was settled."""

    case = models.CharField(max_length=_CASE)
    form = models.CharField(max_length=200)
    item = models.CharField(max_length=100, blank=True)
    row = models.CharField(max_length=100, blank=True)
    column = models.CharField(max_length=100, blank=True)
    text = models.TextField()
    who = models.ForeignKey(User, on_delete=models.PROTECT, related_name="said")
    to = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="addressed")
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="answered_by")
    at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="settled")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=("case", "form"), name="comments_of_a_form")]
        ordering: ClassVar = ["id"]


class Review(models.Model):
    """What a reviewer decided of a form: ``state`` is «approved» or «returned». ``says`` is the digest of what the
    form then said: when it says something else an approval has fallen.
    """

    case = models.CharField(max_length=_CASE)
    form = models.CharField(max_length=200)
    state = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    says = models.CharField(max_length=64)
    who = models.ForeignKey(User, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("case", "form"), name="one_review")]


class Presence(models.Model):
    """Who has a form open just now."""

    user = models.ForeignKey(User, on_delete=models.CASCADE)
    case = models.CharField(max_length=_CASE)
    form = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=("user", "case", "form"), name="once_at_a_form")]


class Job(models.Model):
    """A check or a build somebody asked for. ``at`` is when it last said how far it is: one that is silent has died."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    case = models.CharField(max_length=_CASE, db_index=True)
    kind = models.CharField(max_length=10)
    draft = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="waiting")
    step = models.CharField(max_length=60, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=dict)
    who = models.ForeignKey(User, on_delete=models.PROTECT)
    since = models.DateTimeField(auto_now_add=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-since"]
