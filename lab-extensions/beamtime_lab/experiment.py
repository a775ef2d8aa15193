"""The little of an experiment that a session needs to know."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Experiment:
    """An experiment whose folders a session can show."""

    key: str
    """`source:id`."""
    slug: str
    """Name of its folder below ``Experiments/``."""
    title: str
    data_path: Path
    """Absolute folder that holds `raw` and `processed`."""

    @classmethod
    def of_session(cls, value: object) -> Experiment:
        """Read the contract's `SessionExperiment`.

        Raises
        ------
        ValueError
            If it is not one; says which part is wrong.
        """
        slug = _text(value, "slug")
        if not SLUG.fullmatch(slug):
            raise ValueError(f"{slug!r} cannot be the name of a folder")
        return cls(_text(value, "key"), slug, _text(value, "title"), _data_path(value))

    @classmethod
    def of_catalogue(cls, value: object, key: str) -> Experiment:
        """Read the contract's `Experiment`, as a catalogue gives it.

        Raises
        ------
        ValueError
            If it is not one or has no data here; says why.
        """
        if not isinstance(value, dict):
            raise ValueError("the catalogue's answer is not an experiment")
        if not value.get("dataPath"):
            raise ValueError("the catalogue knows no folder for it")
        visit = value.get("visit")
        slug = experiment_slug(
            _text(value, "proposal"),
            _text(value.get("instrument"), "name"),
            visit if isinstance(visit, str) else None,
        )
        if not SLUG.fullmatch(slug):
            raise ValueError("its number and instrument give no name for a folder")
        return cls(key, slug, _text(value, "title"), _data_path(value))


def experiment_slug(proposal: str, instrument: str, visit: str | None) -> str:
    """Name an experiment's folder as the contract's `experimentSlug` does.

    Both run the table ``packages/contract/cases/experiment-slug.json``.
    """
    parts = (_plain(part) for part in (proposal, instrument, visit or ""))
    return "-".join(part for part in parts if part) or "experiment"


def _plain(text: str) -> str:
    letters = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.category(letter).startswith("M")
    )
    return re.sub(r"[^A-Za-z0-9._-]+", "-", letters).strip("-._")


def _text(value: object, name: str) -> str:
    text = value.get(name) if isinstance(value, dict) else None
    if not isinstance(text, str) or (not text and name != "title"):
        raise ValueError(f"{name!r} is missing")
    return text


def _data_path(value: object) -> Path:
    path = Path(_text(value, "dataPath"))
    if not path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{str(path)!r} is not an absolute path")
    return path
