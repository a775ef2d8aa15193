"""Programs described in YAML: what the keys do, and where a mistake is."""

from __future__ import annotations

from pathlib import Path

import pytest
from beamtime_desktop.applications import catalogue, software, yaml_files
from beamtime_desktop.applications.command_line import fill
from beamtime_desktop.applications.program import Program

EXAMPLES = sorted((Path(yaml_files.__file__).parent / "examples").glob("*.yaml"))

PYMCA = """name: PyMca
comment: X-ray fluorescence
command: [pymca, -f, [--out, "{processed}/fit"], "{file}"]
modules: pymca/5.9
image: /opt/images/pymca.sif
env: {QT_X11_NO_MITSHM: 1, EMPTY: , OUT: "{processed}"}
folder: "{processed}"
mode: desktop
extensions: [.h5, .EDF]
mimetypes: [application/x-hdf5]
requires: [pymca]
get: Ask the software group
tile: false
"""


def read(tmp_path: Path, text: str) -> Program:
    path = tmp_path / "some program.yaml"
    path.write_text(text)
    return yaml_files.read(path, "site")


def test_says_what_the_file_says(tmp_path: Path) -> None:
    program = read(tmp_path, PYMCA)
    assert program.problem is None
    assert (program.title, program.modules) == ("PyMca", ("pymca/5.9",))
    assert program.env == {"QT_X11_NO_MITSHM": "1", "EMPTY": "", "OUT": "{processed}"}
    assert (program.mode, program.tile, program.source) == ("desktop", False, "site")
    assert program.extensions == (".h5", ".edf")


def test_what_is_not_known_takes_its_option_along(tmp_path: Path) -> None:
    command = read(tmp_path, PYMCA).command
    assert fill(command, {}) == ["pymca", "-f"]
    known = {"processed": "/p q", "file": "/a; rm -rf.h5"}
    assert fill(command, known) == ["pymca", "-f", "--out", "/p q/fit", "/a; rm -rf.h5"]


def test_a_command_may_be_text_split_as_a_shell_does(tmp_path: Path) -> None:
    program = read(tmp_path, "name: X\ncommand: view 'a b' --in={file} $HOME; x\n")
    assert fill(program.command, {"file": "/c d"}) == [
        *("view", "a b", "--in=/c d", "$HOME;", "x"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("name: X\ncommand: [x]\ncolour: red\n", 3, "The key colour is not known"),
        ("name: X\n", None, "The key command is missing"),
        ("command: x\n", None, "The key name is missing"),
        ("name: X\ncommand: x\nname: Y\n", 3, "stands there twice"),
        ("name: X\ncommand: [x, {a: b}]\n", 2, "a word, or a list of words"),
        ("name: X\ncommand:\n  - x\n  - '{fiel}'\n", 4, "{fiel} is not known"),
        ("name: X\ncommand: ['{file}']\n", 2, "must begin with a program"),
        ("name: X\ncommand: []\n", 2, "must begin with a program"),
        ("name: X\ncommand: x 'open\n", 2, "no closing quotation"),
        ("name: X\ncommand:\n", 2, "has no value"),
        ("name: [X]\ncommand: x\n", 1, "name must be text"),
        ("name: X\ncommand: x\nmode: big\n", 3, "window or desktop"),
        ("name: X\ncommand: x\ntile: maybe\n", 3, "true or false"),
        ("name: X\ncommand: x {file}\nextensions: [h5]\n", 3, "begins with a dot"),
        ("name: X\ncommand: x\nextensions: [.h5]\n", 3, "no place {file}"),
        ("name: X\ncommand: x\nenv:\n  A-B: c\n", 4, "name of a variable"),
        ("name: X\ncommand: x\nmodules: {a: b}\n", 3, "must be a list"),
        ("name: X\ncommand: [x\n", 3, "This is no YAML"),
        ("name: X\n\tcommand: x\n", 2, "This is no YAML"),
        ("- name\n", 1, "list of `key: value`"),
        ("", 1, "list of `key: value`"),
        ("name: X\ncommand: !!python/object/apply:os.system [id]\n", None, None),
        ("name: X\ncommand: &a [x, *a]\n", 2, "a word"),
    ],
)
def test_a_wrong_file_says_where_and_what(
    tmp_path: Path, text: str, line: int | None, reason: str | None
) -> None:
    problem = read(tmp_path, text).problem
    if reason is None:  # Tags are not obeyed: it is a list like any other.
        assert problem is None
        return
    assert problem is not None
    assert problem.file == str(tmp_path / "some program.yaml")
    assert (problem.line, reason in problem.message) == (line, True), problem


def test_a_wrong_file_keeps_its_name_and_its_tile(tmp_path: Path) -> None:
    program = read(tmp_path, "name: PyMca\ncommand: x\nmode: big\n")
    assert (program.title, program.tile) == ("PyMca", True)
    assert read(tmp_path, "{").title == "some program"


def test_files_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "b.yaml").write_text("#" * 70_000)
    (tmp_path / "c.yaml").mkdir()
    said = [yaml_files.read(path, "site").problem for path in sorted(tmp_path.iterdir())]
    assert [each.message.split(":")[0] if each else None for each in said] == [
        "This file is not UTF-8 text.",
        "A program's file has at most 64 KiB.",
        "It cannot be read",
    ]


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A home with a folder of the user's, and a site's folder; no `.desktop` files."""
    (tmp_path / ".config/beamtime/applications").mkdir(parents=True)
    (tmp_path / "site").mkdir()
    return {
        "HOME": str(tmp_path),
        "XDG_DATA_DIRS": str(tmp_path),
        "BEAMTIME_DESKTOP_APPLICATIONS": str(tmp_path / "site"),
    }


def test_the_users_own_file_wins_unless_the_site_says_no(env: dict[str, str]) -> None:
    home = Path(env["HOME"])
    (home / "site/x.yaml").write_text("name: The site's\ncommand: x\n")
    mine = home / ".config/beamtime/applications/x.yaml"
    mine.write_text("name: Mine\ncommand: x\n")
    found = catalogue.read_all((), env)
    assert (found["x"].title, found["x"].source) == ("Mine", "user")
    found = catalogue.read_all((), {**env, "BEAMTIME_DESKTOP_USER_APPLICATIONS": "0"})
    assert (found["x"].title, found["x"].source) == ("The site's", "site")


def test_a_users_file_that_everybody_can_change_is_not_used(env: dict[str, str]) -> None:
    mine = Path(env["HOME"], ".config/beamtime/applications/x.yaml")
    mine.write_text("name: Mine\ncommand: x\n")
    mine.chmod(0o666)
    problem = catalogue.read_all((), env)["x"].problem
    assert problem is not None
    assert "chmod o-w" in problem.message


def test_what_is_not_installed_says_where_it_was_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/nowhere")
    text = "name: X\ncommand: viewer\nget: Ask the software group.\n"
    assert software.missing(read(tmp_path, text)) == [
        f"viewer is not installed. Looked for in: {tmp_path}, /nowhere. "
        "Get it: Ask the software group."
    ]
    in_image = software.missing(read(tmp_path, "name: X\ncommand: x\nimage: /no/x.sif\n"))
    assert "neither apptainer nor singularity is installed" in in_image[0]
    assert in_image[1] == "The image of X is not there: /no/x.sif."


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_right(path: Path) -> None:
    program = yaml_files.read(path, "site")
    assert program.problem is None
    assert program.get, "says how to get it"
    assert fill(program.command, {})


def test_there_are_examples() -> None:
    names = {path.stem for path in EXAMPLES}
    assert names >= {"pymca", "mantid", "sasview", "crispy", "mcstas", "imagej"}
