"""What is known of a program that can be opened with a window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .command_line import Command

Mode = Literal["window", "desktop"]
Source = Literal["built-in", "site", "user", "system"]


@dataclass(frozen=True)
class Problem:
    """What is wrong with the file that describes a program.

    Attributes
    ----------
    line:
        From 1; None if it is the file as a whole.
    message:
        For a person, one sentence.
    """

    file: str
    line: int | None
    message: str

    def sentence(self) -> str:
        """Give all of it in one sentence."""
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class Program:
    """A program on a desktop of its own.

    Attributes
    ----------
    id, title:
        Its key, and its name for a person.
    command:
        What starts it; empty for the full desktop alone.
    icon:
        Path of a picture, or its name in the icon themes.
    modules, image, image_options:
        The software around it: modules to load, an Apptainer image, what else to say
        to Apptainer.
    env, folder:
        Variables to set, and where it starts; places are filled in.
    requires:
        Programs that must be there beside it.
    get:
        How to get it, a sentence.
    mode:
        Alone in its tab, or inside the full desktop.
    extensions, mimetypes:
        The files that it opens: `.h5`, `image/png`.
    tile, listed:
        Whether it has a tile, and a line in the list of all.
    problem:
        Set if its description is wrong: it cannot start then.
    """

    id: str
    title: str
    command: Command = ()
    comment: str | None = None
    icon: str | None = None
    modules: tuple[str, ...] = ()
    image: str | None = None
    image_options: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    folder: str | None = None
    requires: tuple[str, ...] = ()
    get: str | None = None
    mode: Mode = "window"
    extensions: tuple[str, ...] = ()
    mimetypes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    tile: bool = True
    listed: bool = True
    source: Source = "site"
    problem: Problem | None = None

    @property
    def program(self) -> str:
        """Name what must be installed; nothing for the full desktop alone."""
        word = self.command[0].words[0] if self.command else ("",)
        return "".join(piece for piece in word if isinstance(piece, str))
