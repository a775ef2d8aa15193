"""`Exec` lines as the Desktop Entry Specification has them, and as they are found."""

from __future__ import annotations

import pytest
from beamtime_desktop.applications.command_line import fill, takes_file
from beamtime_desktop.applications.exec_key import Entry, ExecError, parse

ENTRY = Entry("Image Viewer", "viewer-icon", "/usr/share/applications/viewer.desktop")
HOSTILE = "/data/a b'; touch x; $(touch y) `touch z` \" %f\n.h5"


def words(line: str, file: str | None = None) -> list[str]:
    known = {"file": file, "url": f"file://{file}" if file else None}
    return fill(parse(line, ENTRY), known)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("viewer", ["viewer"]),
        ("  viewer   --new-window\t-x ", ["viewer", "--new-window", "-x"]),
        ('"/opt/My Viewer/bin/viewer" -a', ["/opt/My Viewer/bin/viewer", "-a"]),
        ('viewer "a \\"quoted\\" word"', ["viewer", 'a "quoted" word']),
        ('viewer "\\$HOME" "\\`id\\`" "\\\\"', ["viewer", "$HOME", "`id`", "\\"]),
        # Nothing is a shell's: neither variables, nor pipes, nor substitutions.
        ("viewer $HOME; rm -rf / | cat", ["viewer", "$HOME;", "rm", "-rf", "/", "|", "cat"]),
        ("viewer $(id) `id`", ["viewer", "$(id)", "`id`"]),
        ("sh -c 'echo hello'", ["sh", "-c", "echo hello"]),
        ("env A=b viewer", ["env", "A=b", "viewer"]),
        ('viewer "" x', ["viewer", "", "x"]),
        ("viewer 100%%", ["viewer", "100%"]),
        # Codes that are gone from the specification, and those of a missing file, vanish.
        ("viewer %d %D %n %N %v %m %f %F %u %U", ["viewer"]),
        ("viewer --file=%f", ["viewer", "--file="]),
        ("viewer %i -t %c --entry %k", [
            "viewer", "--icon", "viewer-icon", "-t", "Image Viewer",
            "--entry", "/usr/share/applications/viewer.desktop",
        ]),
        ('viewer -caption "%c"', ["viewer", "-caption", "Image Viewer"]),
    ],
)  # fmt: skip
def test_is_read_as_specified(line: str, expected: list[str]) -> None:
    assert words(line) == expected


@pytest.mark.parametrize("code", ["%f", "%F", '"%f"'])
def test_a_file_is_one_argument_whatever_its_name(code: str) -> None:
    assert words(f"viewer {code} -x", HOSTILE) == ["viewer", HOSTILE, "-x"]


def test_a_file_inside_an_argument_stays_one_argument() -> None:
    assert words("viewer --file=%f", HOSTILE) == ["viewer", f"--file={HOSTILE}"]
    assert words("viewer %U", "/a.h5") == ["viewer", "file:///a.h5"]


def test_a_file_never_becomes_part_of_a_quoted_script() -> None:
    assert words('sh -c "view %f && echo %c"', HOSTILE) == ["sh", "-c", "view  && echo "]
    assert not takes_file(parse('sh -c "view %f"', ENTRY))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("", "names no program"),
        ("   ", "names no program"),
        ('"" x', "names no program"),
        ('viewer "open', "not closed"),
        ("viewer 'open", "not closed"),
        ('viewer "ends in \\', "not closed"),
        ("%f", "must begin with a program"),
        ("viewer %x", "%x"),
        ("viewer %", "unknown field code"),
    ],
)
def test_what_is_wrong_is_said(line: str, reason: str) -> None:
    with pytest.raises(ExecError, match=reason):
        parse(line, ENTRY)
