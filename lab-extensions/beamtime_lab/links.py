"""Links to experiments' folders below ``Experiments/`` of the session's root folder."""

from __future__ import annotations

import os
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from .experiment import Experiment
from .failures import Failure
from .manifest import Manifest
from .roots import Roots, resolved

FOLDERS = ("raw", "processed")


@dataclass(frozen=True)
class Link:
    """An experiment in this session. Paths are those of Jupyter's contents API."""

    key: str
    slug: str
    title: str
    raw: str | None
    """`None` where the experiment has no such folder (yet)."""
    processed: str | None
    problems: tuple[str, ...]
    """What is wrong with its folders, in sentences for the person."""

    def body(self) -> dict[str, object]:
        return {**vars(self), "problems": list(self.problems)}


class Links:
    """Makes the links, as the user, and knows those of this session.

    Additive: what lies there and is not a link in our manifest is never touched. All
    methods but `session` block on the file system, and may be called from any thread.
    """

    def __init__(self, roots: Roots) -> None:
        self._roots = roots
        self._folder = roots.root / "Experiments"
        self._manifest = Manifest(self._folder)
        self._session: dict[str, Link] = {}
        self._lock = threading.Lock()

    @property
    def session(self) -> list[Link]:
        """The experiments of this session, in the order in which they came."""
        return list(self._session.values())

    def add(self, experiment: Experiment) -> Link:
        """Link the folders of an experiment, or find them linked.

        Raises
        ------
        Failure
            If its data lies outside the site's data roots, or the link cannot be made.
        """
        with self._lock:
            try:
                link = self._add(experiment)
            except OSError as error:
                raise Failure(
                    "unavailable",
                    f"The folder Experiments/{experiment.slug} cannot be made: "
                    f"{error.strerror}. Make room or mend its permissions, then try again.",
                ) from error
            self._session[experiment.key] = link
            return link

    def _add(self, experiment: Experiment) -> Link:
        if not self._roots.is_data(resolved(experiment.data_path)):
            raise Failure(
                "forbidden",
                f"The data of this experiment lies in {experiment.data_path}, which this session "
                "may not open. Ask the hub's administrators to add it to the data folders.",
            )
        known = self._manifest.read()
        slug = _free_slug(experiment, known)
        here = self._folder / slug
        here.mkdir(parents=True, exist_ok=True)
        entry = known.get(slug, {})
        placed: dict[str, str] = {}
        problems: list[str] = []
        targets = {"key": experiment.key}
        for name in FOLDERS:
            target = experiment.data_path / name
            problem = self._place(here / name, target, entry.get(name))
            if problem is None:
                targets[name] = str(target)
                placed[name] = f"Experiments/{slug}/{name}"
            else:
                if name in entry:
                    targets[name] = entry[name]
                problems.append(problem)
        if targets != entry:
            self._manifest.write({**known, slug: targets})
        return Link(
            key=experiment.key,
            slug=slug,
            title=experiment.title,
            raw=placed.get("raw"),
            processed=placed.get("processed"),
            problems=tuple(problems),
        )

    def _place(self, at: Path, target: Path, ours: str | None) -> str | None:
        """Make one link; give what is in the way, in words, or `None`."""
        shown = f"Experiments/{at.parent.name}/{at.name}"
        real = resolved(target)
        if not self._roots.is_data(real):
            return f"{target} leads out of the data folders, so {shown} was not made."
        try:
            if not target.is_dir():
                return f"There is no folder {target} yet."
        except PermissionError:
            return _not_readable(target)
        if not os.access(real, os.R_OK | os.X_OK):
            return _not_readable(target)
        self._roots.add_linked(real)
        there = str(at.readlink()) if at.is_symlink() else None
        if there == str(target):
            return None
        if os.path.lexists(at) and (there is None or there != ours):
            return (
                f"{shown} is something else, which was left as it is. "
                "Rename it, then open the experiment again."
            )
        _replace_link(at, target)
        return None


def _free_slug(experiment: Experiment, known: dict[str, dict[str, str]]) -> str:
    """Give the experiment's slug; two experiments of one name get a number behind it."""
    for slug, entry in known.items():
        if entry.get("key") == experiment.key and _has_base(slug, experiment.slug):
            return slug
    slug, number = experiment.slug, 2
    while known.get(slug, {}).get("key", experiment.key) != experiment.key:
        slug, number = f"{experiment.slug}_{number}", number + 1
    return slug


def _has_base(slug: str, base: str) -> bool:
    rest = slug.removeprefix(f"{base}_")
    return slug == base or (rest != slug and rest.isdecimal())


def _not_readable(target: Path) -> str:
    return (
        f"You may see this experiment, but the file system refuses {target} to your account. "
        "If you were added to its group today, a new session has the rights."
    )


def _replace_link(at: Path, target: Path) -> None:
    """Put a link in one step where one of ours, or nothing, is."""
    with tempfile.TemporaryDirectory(prefix=".beamtime-", dir=at.parent) as folder:
        new = Path(folder) / at.name
        new.symlink_to(target, target_is_directory=True)
        new.replace(at)
