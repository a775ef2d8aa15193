"""Command lines with places for the file and the experiment. No shell is ever involved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PLACES = ("file", "url", "experiment", "raw", "processed")
"""What can be put in: the file's path and `file:` URL, and the experiment's folders."""

_PLACE = re.compile(r"\{(" + "|".join(PLACES) + r")\}")
_BRACED = re.compile(r"\{[a-z]+\}")


@dataclass(frozen=True)
class Place:
    """Stands for something that is known when the program is opened: one of PLACES."""

    name: str


Word = tuple[str | Place, ...]
"""One word of a command line, in pieces."""


@dataclass(frozen=True)
class Argument:
    """Words that go together, such as an option and its value.

    Attributes
    ----------
    words:
        At least one.
    optional:
        Whether all of them are left out when something for a place is not known;
        otherwise nothing is put there.
    """

    words: tuple[Word, ...]
    optional: bool = False

    def places(self) -> set[str]:
        """Name what can be put in."""
        return {piece.name for word in self.words for piece in word if isinstance(piece, Place)}


Command = tuple[Argument, ...]


class PlaceError(Exception):
    """There is no such place. The message is for a person."""


def parse_word(text: str) -> Word:
    """Cut `{file}` and its like out of `text`.

    Raises
    ------
    PlaceError
        Something else is in braces.
    """
    pieces: list[str | Place] = []
    end = 0
    for match in _PLACE.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        pieces.append(Place(match[1]))
        end = match.end()
    if text[end:] or not pieces:
        pieces.append(text[end:])
    for piece in pieces:
        unknown = _BRACED.search(piece) if isinstance(piece, str) else None
        if unknown:
            known = ", ".join(f"{{{name}}}" for name in PLACES)
            raise PlaceError(f"{unknown[0]} is not known. What can be put in: {known}.")
    return tuple(pieces)


def plain(words: Iterable[str]) -> Command:
    """Make a command of words that are taken as they are."""
    return tuple(Argument(((word,),)) for word in words)


def fill(command: Command, known: Mapping[str, str | None]) -> list[str]:
    """Give the words of `command` with what is `known` put in."""
    words = []
    for argument in command:
        if argument.optional and any(not known.get(name) for name in argument.places()):
            continue
        words += [fill_word(word, known) for word in argument.words]
    return words


def fill_word(word: Word, known: Mapping[str, str | None]) -> str:
    """Give one word with what is `known` put in, and nothing for what is not."""
    return "".join(
        piece if isinstance(piece, str) else known.get(piece.name) or "" for piece in word
    )


def takes_file(command: Command) -> bool:
    """Say whether a file can be handed to it."""
    return any(argument.places() & {"file", "url"} for argument in command)
