"""The `Exec` key of `.desktop` files: quoting, and field codes. No shell is involved.

What the specification leaves open is decided so that a file's name can never become
more than one argument, or part of a script: a field code inside a longer quoted
argument (`sh -c "view %f"`) is replaced by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from .command_line import Argument, Command, Place, Word

_CODES: dict[str, str] = {"f": "file", "F": "file", "u": "url", "U": "url"}
_GONE = "dDnNvm"
"""Codes that were taken out of the specification: replaced by nothing."""


class ExecError(Exception):
    """The line is wrong. The message is for a person."""


@dataclass(frozen=True)
class Entry:
    """What field codes other than the file's stand for."""

    title: str
    icon: str
    path: str


@dataclass
class _Raw:
    text: str = ""
    is_quoted: bool = False


def parse(line: str, entry: Entry) -> Command:
    """Read an `Exec` line whose string escapes are resolved already.

    Raises
    ------
    ExecError
        A quote is not closed, a field code is unknown, or no program is named.
    """
    words = _split(line)
    if not words or not words[0].text:
        raise ExecError("Exec names no program.")
    if "%" in words[0].text.replace("%%", ""):
        raise ExecError("Exec must begin with a program, not with a field code.")
    return tuple(argument for word in words for argument in _arguments(word, entry))


def _split(line: str) -> list[_Raw]:
    words: list[_Raw] = []
    word: _Raw | None = None
    quote = ""
    at = 0
    while at < len(line):
        char = line[at]
        at += 1
        if quote:
            assert word is not None
            if char == quote:
                quote = ""
            elif char == "\\" and quote == '"' and at < len(line) and line[at] in '"`$\\':
                word.text += line[at]
                at += 1
            else:
                word.text += char
        elif char in " \t\n":
            word = None
        else:
            if word is None:
                word = _Raw()
                words.append(word)
            # Single quotes are none in the specification, but in files there are.
            if char in "\"'":
                quote = char
                word.is_quoted = True
            elif char == "\\" and at < len(line):
                word.text += line[at]
                at += 1
            else:
                word.text += char
    if quote:
        raise ExecError(f"A quote ({quote}) in Exec is not closed.")
    return words


def _arguments(raw: _Raw, entry: Entry) -> list[Argument]:
    if raw.text == "%i":
        return [Argument((("--icon",), (entry.icon,)))] if entry.icon else []
    if len(raw.text) == 2 and raw.text[0] == "%" and raw.text[1] in _CODES:
        return [Argument(((Place(_CODES[raw.text[1]]),),), optional=True)]
    if raw.text in ("%c", "%k"):
        return [Argument(((entry.title if raw.text == "%c" else entry.path,),))]
    word = _word(raw, entry)
    # An argument of which nothing is left was a field code alone.
    return [Argument((word,))] if word or raw.is_quoted else []


def _word(raw: _Raw, entry: Entry) -> Word:
    pieces: list[str | Place] = []
    text = ""
    at = 0
    while at < len(raw.text):
        char = raw.text[at]
        at += 1
        if char != "%":
            text += char
            continue
        code = raw.text[at : at + 1]
        at += 1
        if code == "%":
            text += "%"
        elif code in _CODES:
            if not raw.is_quoted:
                pieces += [text, Place(_CODES[code])]
                text = ""
        elif code == "c":
            text += "" if raw.is_quoted else entry.title
        elif code == "k":
            text += "" if raw.is_quoted else entry.path
        elif not code or code not in "i" + _GONE:
            raise ExecError(f"Exec has an unknown field code: %{code}.")
    pieces.append(text)
    return tuple(piece for piece in pieces if piece != "") or (("",) if raw.is_quoted else ())
