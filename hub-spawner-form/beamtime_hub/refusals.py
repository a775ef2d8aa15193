"""Keeps what a person chose when it was refused, for the form that they see next."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypedDict

from .errors import FieldError

KEPT = 900.0
"""Seconds after which a refusal is old news."""

MOST = 2000
"""People remembered at once; the longest refused is forgotten first."""


class Refusal(TypedDict):
    """What was asked for and why it was refused."""

    options: object
    errors: list[FieldError]


class Refusals:
    """The last refusal of each person.

    By person, not by session: after a refused POST the hub renders the default session's
    form, whichever was asked for.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_user: OrderedDict[str, tuple[float, Refusal]] = OrderedDict()

    def keep(self, user: str, options: object, errors: list[FieldError]) -> None:
        """Remember a refusal, in place of an earlier one."""
        self._by_user.pop(user, None)
        self._by_user[user] = (self._clock(), Refusal(options=options, errors=errors))
        while len(self._by_user) > MOST:
            self._by_user.popitem(last=False)

    def take(self, user: str) -> Refusal | None:
        """Give the person's last refusal, once, unless it is old."""
        at, refusal = self._by_user.pop(user, (float("-inf"), None))
        return refusal if self._clock() - at < KEPT else None

    def clear(self, user: str) -> None:
        """Forget: the session was accepted."""
        self._by_user.pop(user, None)


refusals = Refusals()
"""Those of this hub."""
