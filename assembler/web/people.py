"""Who may sign in: people are added, changed and locked out; codes that let somebody in once."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import timezone

from assembler.base.messages import translate
from assembler.base.persian import normalise
from assembler.base.problems import AssemblerError, ExitCode, problem
from assembler.model.acts import ROLES, Role
from assembler.web.models import OneTimeCode, User

LOCAL = "local"  # the one officer of a site on his own machine
FIRST = "first"  # the purpose of the code for the first administrator
_NAME = re.compile(r"[\w.@+-]{2,64}")
_LONGEST_SHOWN = 120
_FEWEST_LETTERS = 5  # different ones, of a password
_LONGEST = 200  # of what is read as a name
_HOUR = timedelta(hours=1)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


def added(username: str, shown: str, password: str | None, roles: Iterable[str], units: Iterable[str] = ()) -> User:
    """A new person. Raises AssemblerError: the name is taken or none, a role is unknown, the password is weak."""
    name = sign_in_name(username)
    if not _NAME.fullmatch(name):
        raise refused("user-name", name=username)
    if User.objects.filter(username=name).exists():
        raise refused("user-known", name=name)
    shown = normalise(shown).strip()[:_LONGEST_SHOWN] or name
    user = User(username=name, shown=shown, roles=known_roles(roles), units=_texts(units))
    give_password(user, password)
    return user


def sign_in_name(typed: str) -> str:
    """A name as it is kept, however its letters were typed."""
    return "".join(letter for letter in normalise(typed[:_LONGEST]).casefold() if letter.isprintable()).strip()


def give_password(user: User, password: str | None, *, chosen: bool = False) -> None:
    """Gives a password and signs out all who came in with the one before; ``chosen`` says that he chose it himself."""
    if password is None:
        user.set_unusable_password()
    else:
        if len(set(password.casefold())) < _FEWEST_LETTERS:
            raise refused("user-password", reason=translate("It is made of too few different letters."))
        try:
            password_validation.validate_password(password, user)
        except ValidationError as error:
            raise refused("user-password", reason=" ".join(error.messages)) from None
        user.set_password(password)
    user.must_change = password is not None and not chosen
    user.epoch += 1
    user.save()


def known_roles(roles: Iterable[str]) -> list[Role]:
    """Raises AssemblerError for one that is none."""
    given = list(dict.fromkeys(roles))
    for role in given:
        if role not in ROLES:
            raise refused("user-role", name=role, known="، ".join(ROLES))
    return [role for role in ROLES if role in given]


def of_name(username: str) -> User:
    """Raises AssemblerError when there is nobody of this name."""
    found = User.objects.filter(username=sign_in_name(username)).first()
    if found is None:
        raise refused("user-unknown", name=username)
    return found


def revoke(user: User) -> None:
    """Signs somebody out wherever he is signed in."""
    user.epoch += 1
    user.save(update_fields=["epoch"])


def new_password() -> str:
    """A password that can be read out on the telephone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def role_word(role: str) -> str:
    words = {
        "officer": translate("officer"),
        "department": translate("department"),
        "reviewer": translate("reviewer"),
        "signer": translate("signer"),
        "secretary": translate("secretary"),
        "admin": translate("administrator"),
    }
    return words[role]


def _texts(texts: Iterable[str]) -> list[str]:
    return [text for each in texts if (text := normalise(each).strip())]


# ---------------------------------------------------------------- codes


def one_time_code(purpose: str, code: str | None = None) -> str:
    """A new code for one use within an hour, in place of earlier ones."""
    OneTimeCode.objects.filter(purpose=purpose).delete()
    made = code or secrets.token_urlsafe(24)
    OneTimeCode.objects.create(digest=_digest(made), purpose=purpose, until=timezone.now() + _HOUR)
    return made


def holds(purpose: str, code: str) -> bool:
    """Whether a code would be taken."""
    return OneTimeCode.objects.filter(purpose=purpose, digest=_digest(code), until__gt=timezone.now()).exists()


def used(purpose: str, code: str) -> bool:
    """Takes a code: True for the first who brings it, within its hour."""
    found = OneTimeCode.objects.filter(purpose=purpose, digest=_digest(code), until__gt=timezone.now())
    return found.delete()[0] > 0


def nobody_yet() -> bool:
    """Whether the site has no administrator."""
    return not any(user.has("admin") for user in User.objects.filter(is_active=True))


def nobody_but_local() -> bool:
    """Whether the site is one officer's: nobody signs in there by a password."""
    return not User.objects.exclude(username=LOCAL).exists()


def local_user(shown: str) -> User:
    """The one officer of a site on his own machine, who may do everything and has no password."""
    user, is_new = User.objects.get_or_create(username=LOCAL, defaults={"shown": shown, "roles": list(ROLES)})
    if is_new:
        user.set_unusable_password()
        user.save()
    return user


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def refused(code: str, /, **arguments: object) -> AssemblerError:
    return AssemblerError([problem(code, **arguments)], ExitCode.USAGE)


def people() -> Sequence[User]:
    return list(User.objects.order_by("username"))
