"""What the service does to lists, for the few experiments of a file where there is no hub."""

from __future__ import annotations

import json
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Literal, get_args

from .failures import Failure

Scope = Literal["all", "mine", "instrument", "embargoed", "public"]
Sort = Literal["start", "proposal", "title"]
Order = Literal["asc", "desc"]

LIMIT = 50
"""Items of a part if nobody says how many, and at most `MOST`: as the contract has it."""
MOST = 200
RECENT = 20


@dataclass(frozen=True)
class Part:
    """Which part of a list is wanted, and what must be in it."""

    text: str = ""
    limit: int = LIMIT
    offset: int = 0

    def of(self, found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Give that part with the cursor of the next one, and how many there are."""
        end = self.offset + self.limit
        page: dict[str, Any] = {"items": list(found[self.offset : end]), "total": len(found)}
        return {**page, "next": str(end)} if end < len(found) else page


@dataclass(frozen=True)
class Wish:
    """The contract's `ExperimentQuery` without text and part."""

    scope: Scope = "all"
    instruments: tuple[str, ...] = ()
    cycle: str | None = None
    first_day: str = ""
    """`YYYY-MM-DD`, or empty for any."""
    last_day: str = ""
    sort: Sort = "start"
    order: Order | None = None

    def of(self, experiments: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Give those that are wanted, in the order that is wanted."""
        now = datetime.now(timezone.utc).isoformat()
        kept = [item for item in experiments if self._fits(item, now)]
        by_start = self.sort == "start"
        kept.sort(
            key=lambda item: str(item.get("start", "")) if by_start else fold(item[self.sort]),
            reverse=self.order == "desc" or (self.order is None and by_start),
        )
        return kept

    def _fits(self, item: Mapping[str, Any], now: str) -> bool:
        released, visibility = item.get("releaseAt"), item.get("visibility")
        is_open = released is not None and str(released) <= now
        in_scope = {
            "all": True,
            "mine": visibility == "member",
            "instrument": visibility == "staff",
            "embargoed": released is not None and not is_open,
            "public": visibility == "public" or is_open,
        }[self.scope]
        day = str(item.get("start", ""))[:10]
        return (
            in_scope
            and (not self.instruments or _instrument(item).get("name") in self.instruments)
            and (self.cycle is None or item.get("cycle") == self.cycle)
            and day >= self.first_day
            and (not self.last_day or "" < day <= self.last_day)
        )


def read_part(values: Mapping[str, str]) -> Part:
    """Read the query of a list.

    Raises
    ------
    Failure
        If it is not as the contract says.
    """
    try:
        limit, offset = int(values.get("limit", LIMIT)), int(values.get("cursor", 0))
    except ValueError as error:
        raise _not_so("limit and cursor") from error
    if not 1 <= limit <= MOST or offset < 0:
        raise _not_so("limit and cursor")
    return Part(values.get("text", ""), limit, offset)


def read_wish(values: Mapping[str, str], instruments: Sequence[str]) -> Wish:
    """Read what a list of experiments is narrowed to; raises as `read_part` does."""
    scope, sort, order = (
        values.get("scope", "all"),
        values.get("sort", "start"),
        values.get("order"),
    )
    for name, value, known in (
        ("scope", scope, Scope),
        ("sort", sort, Sort),
        ("order", order, Order),
    ):
        if value is not None and value not in get_args(known):
            raise _not_so(name)
    return Wish(
        scope=scope,  # type: ignore[arg-type]
        instruments=tuple(instruments),
        cycle=values.get("cycle"),
        first_day=values.get("from", ""),
        last_day=values.get("to", ""),
        sort=sort,  # type: ignore[arg-type]
        order=order,  # type: ignore[arg-type]
    )


def _not_so(what: str) -> Failure:
    return Failure("bad-request", f"The page asked for a list with an unknown {what}. Reload it.")


def fold(text: object) -> str:
    """Give a text without regard to case and accents."""
    letters = unicodedata.normalize("NFKD", str(text))
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()


def filters_of(experiments: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Give the contract's `Filters`: what these experiments can be narrowed to."""
    items = list(experiments)
    instruments = {_instrument(item).get("name"): _instrument(item) for item in items}
    cycles = {str(item["cycle"]) for item in items if item.get("cycle")}
    years = {str(item.get("start", ""))[:4] for item in items}
    return {
        "instruments": [instruments[name] for name in sorted(filter(None, instruments))],
        "cycles": sorted(cycles, reverse=True),
        "years": sorted((int(year) for year in years if year.isdecimal()), reverse=True),
        "problems": [],
    }


def _instrument(item: Mapping[str, Any]) -> dict[str, Any]:
    instrument = item.get("instrument")
    return instrument if isinstance(instrument, dict) else {}


class BookmarkFile:
    """The person's bookmarks, in a file of theirs. All methods block."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def read(self) -> dict[str, list[str]]:
        """Give the contract's `Bookmarks`; a file that is not there or broken has none."""
        try:
            value = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            value = None
        known = value if isinstance(value, dict) else {}
        return {name: _keys(known.get(name)) for name in ("favourites", "recent")}

    def mark(self, key: str, favourite: bool) -> dict[str, list[str]]:
        """Make an experiment a favourite, or not any more."""
        return self._change("favourites", key, keep=favourite)

    def opened(self, key: str) -> dict[str, list[str]]:
        """Keep that an experiment was opened now."""
        return self._change("recent", key, keep=True, most=RECENT)

    def _change(
        self, name: str, key: str, *, keep: bool, most: int | None = None
    ) -> dict[str, list[str]]:
        with self._lock:
            known = self.read()
            others = [other for other in known[name] if other != key]
            changed = {**known, name: ([key, *others] if keep else others)[:most]}
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                new = self._file.with_suffix(".new")
                new.write_text(json.dumps(changed), "utf-8")
                new.replace(self._file)
            except OSError as error:
                raise Failure(
                    "unavailable",
                    f"Your bookmarks cannot be kept: {error.strerror}. Make room, then try again.",
                ) from error
            return changed


def _keys(value: object) -> list[str]:
    return [key for key in value if isinstance(key, str)] if isinstance(value, list) else []
