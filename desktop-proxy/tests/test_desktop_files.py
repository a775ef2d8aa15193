"""The site's `.desktop` files: which count, what they say, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from beamtime_desktop.applications import catalogue, desktop_files, icons
from beamtime_desktop.applications.command_line import fill
from beamtime_desktop.applications.keyfile import locales
from beamtime_desktop.applications.program import Program

VIEWER = """# A comment
[Desktop Entry]
Type=Application
Name=Viewer
Name[de]=Betrachter
Name[de_AT]=Schauer
Comment=Looks at\\sfiles
Exec=viewer %f
Icon=viewer
Categories=Graphics;Science;
Keywords=image;x\\;y;
MimeType=image/png;image/tiff;

[Desktop Action new]
Name=Other
Exec=other
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Two data folders, the first of which wins."""
    for name in ("first", "second"):
        (tmp_path / name / "applications").mkdir(parents=True)
    folders = f"{tmp_path}/first:{tmp_path}/second:relative/is/ignored"
    return {"HOME": str(tmp_path), "XDG_DATA_DIRS": folders}


def put(env: dict[str, str], name: str, text: str, folder: str = "first") -> Path:
    path = Path(env["HOME"], folder, "applications", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def only(env: dict[str, str]) -> Program:
    ((_, program),) = desktop_files.read_all(env)
    return program


def entry(**keys: str) -> str:
    all_keys = {"Type": "Application", "Name": "Viewer", "Exec": "viewer", **keys}
    return "[Desktop Entry]\n" + "".join(f"{key}={value}\n" for key, value in all_keys.items())


def test_says_what_the_file_says(env: dict[str, str]) -> None:
    put(env, "viewer.desktop", VIEWER)
    program = only(env)
    assert (program.title, program.comment) == ("Viewer", "Looks at files")
    assert fill(program.command, {"file": "/a.png"}) == ["viewer", "/a.png"]
    assert program.mimetypes == ("image/png", "image/tiff")
    assert program.keywords == ("image", "x;y")
    assert (program.tile, program.listed, program.source) == (True, True, "system")


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("de_AT.UTF-8", "Schauer"),
        ("de_DE.UTF-8@euro", "Betrachter"),
        ("de", "Betrachter"),
        ("fr_FR.UTF-8", "Viewer"),
        ("C", "Viewer"),
        ("C.UTF-8", "Viewer"),
    ],
)
def test_speaks_the_persons_language(env: dict[str, str], language: str, title: str) -> None:
    put(env, "viewer.desktop", VIEWER)
    assert only({**env, "LANG": language}).title == title


def test_tries_all_forms_of_a_language_the_best_first() -> None:
    assert locales({"LANG": "sr_RS.UTF-8@latin"}) == ("sr_RS@latin", "sr_RS", "sr@latin", "sr")
    assert locales({"LC_ALL": "fr", "LANG": "de"}) == ("fr",)


@pytest.mark.parametrize(
    "keys",
    [
        {"Hidden": "true"},
        {"Type": "Link"},
        {"Type": "Directory"},
        {"OnlyShowIn": "XFCE;"},
        {"NotShowIn": "GNOME;Here;"},
    ],
)
def test_leaves_out_what_is_not_for_here(env: dict[str, str], keys: dict[str, str]) -> None:
    put(env, "viewer.desktop", entry(**keys))
    assert desktop_files.read_all({**env, "XDG_CURRENT_DESKTOP": "Here"}) == []


def test_shows_what_is_for_here_only(env: dict[str, str]) -> None:
    put(env, "viewer.desktop", entry(OnlyShowIn="Other;Here;"))
    assert only({**env, "XDG_CURRENT_DESKTOP": "Here:There"}).title == "Viewer"


def test_the_first_folder_wins_even_to_hide(env: dict[str, str]) -> None:
    put(env, "kde/viewer.desktop", entry(Hidden="true"))
    put(env, "kde-viewer.desktop", VIEWER, "second")
    assert desktop_files.read_all(env) == []


def test_no_display_is_for_opening_files_only(env: dict[str, str]) -> None:
    put(env, "viewer.desktop", entry(NoDisplay="true", Exec="viewer %f", MimeType="image/png;"))
    program = only(env)
    assert (program.listed, program.tile, program.mimetypes) == (False, False, ("image/png",))


def test_only_some_categories_get_a_tile(env: dict[str, str]) -> None:
    put(env, "viewer.desktop", entry(Categories="Settings;"))
    assert not only(env).tile
    assert only({**env, "BEAMTIME_DESKTOP_TILES": "Office, Settings"}).tile
    assert only({**env, "BEAMTIME_DESKTOP_TILES": "viewer"}).tile
    put(env, "viewer.desktop", VIEWER)
    assert not only({**env, "BEAMTIME_DESKTOP_TILES": ""}).tile


def test_a_program_for_a_terminal_gets_one(env: dict[str, str]) -> None:
    put(env, "viewer.desktop", entry(Terminal="true", TryExec="/opt/viewer"))
    program = only(env)
    assert fill(program.command, {})[-2:] == ["-e", "viewer"]
    assert program.requires == ("/opt/viewer", "viewer")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (entry(Exec='viewer "open'), 4, "not closed"),
        (entry(Exec="viewer %q"), 4, "%q"),
        ("[Desktop Entry]\nType=Application\nName=X\n", None, "Exec is missing"),
        ("[Desktop Entry]\nType=Application\nExec=x\n", None, "Name is missing"),
        (
            "[Desktop Entry]\nType=Application\nName=X\nDBusActivatable=true\n",
            None,
            "only D-Bus can start",
        ),
        ("[Desktop Entry]\nType=Application\nwhat is this\n", 3, "neither"),
        ("Type=Application\n", 1, "neither"),
        ("[Other]\nType=Application\n", None, "[Desktop Entry] is missing"),
    ],
)
def test_a_wrong_file_says_where_and_what(
    env: dict[str, str], text: str, line: int | None, reason: str
) -> None:
    path = put(env, "viewer.desktop", text)
    problem = only(env).problem
    assert problem is not None
    assert (problem.file, problem.line) == (str(path), line)
    assert reason in problem.message


def test_files_that_are_no_text_or_too_long_are_said(env: dict[str, str]) -> None:
    put(env, "a.desktop", "").write_bytes(b"[Desktop Entry]\nName=\xff\xfe\n")
    put(env, "b.desktop", "[Desktop Entry]\n" + "#" * 300_000)
    put(env, "c.desktop", "").unlink()
    Path(env["HOME"], "first/applications/c.desktop").symlink_to("/nowhere")
    problems = [program.problem for _, program in desktop_files.read_all(env)]
    assert [each.message if each else None for each in problems] == [
        "This file is not UTF-8 text.",
        "This file is too long for a .desktop file.",
    ]


def test_files_whose_names_come_to_the_same_are_both_there(env: dict[str, str]) -> None:
    put(env, "a.b.desktop", entry(Name="One"))
    put(env, "a_b.desktop", entry(Name="Two"))
    found = catalogue.read_all((), {**env, "BEAMTIME_DESKTOP_APPLICATIONS": ""})
    assert {key: program.title for key, program in found.items()} == {"a-b": "One", "a-b-2": "Two"}


def test_pictures_come_from_the_themes_the_best_size_first(env: dict[str, str]) -> None:
    base = Path(env["HOME"], "first/icons/hicolor")
    for folder in ("16x16/apps", "128x128/apps"):
        (base / folder).mkdir(parents=True)
        (base / folder / "viewer.png").write_bytes(b"png")
    (base / "index.theme").write_text(
        "[Icon Theme]\nName=Hicolor\nDirectories=16x16/apps,128x128/apps\n"
        "[16x16/apps]\nSize=16\nType=Fixed\n[128x128/apps]\nSize=128\nType=Threshold\n"
    )
    icons.forget()
    assert icons.find("viewer", env) == base / "128x128/apps/viewer.png"
    assert icons.find("viewer.png", env) == base / "128x128/apps/viewer.png"
    assert icons.find(str(base / "16x16/apps/viewer.png"), env) is not None
    for none in ("other", "../../etc/passwd", "/etc/passwd", ""):
        assert icons.find(none, env) is None
