"""Looks at software of a person's own. Real commands, run without becoming anybody."""

import stat
import sys
from pathlib import Path

import pytest
from beamtime_hub import software
from beamtime_hub.software import look, missing_path


def program(folder: Path, name: str, script: str = "#!/bin/sh\n") -> None:
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(script)
    file.chmod(file.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def found(checked: software.EnvironmentCheck) -> dict[str, bool | None]:
    return {check["name"]: check["found"] for check in checked["checks"]}


async def test_says_what_a_folder_has_and_lacks(folder: Path) -> None:
    bin_folder = folder / "bin"
    program(bin_folder, "jupyterhub-singleuser")
    program(bin_folder, "jupyter-lab")
    program(bin_folder, "python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    checked = await look(str(bin_folder), [], [], ["apptainer", "exec"])
    assert checked["ok"] is False
    assert found(checked) == {
        "jupyterhub-singleuser": True,
        "batchspawner-singleuser": False,
        "jupyter-lab": True,
        "beamtime_lab": False,
    }
    [missing] = [c for c in checked["checks"] if c["needed"] and not c["found"]]
    assert "pip install batchspawner" in missing["message"]
    program(bin_folder, "batchspawner-singleuser")
    assert (await look(str(bin_folder), [], [], ["apptainer", "exec"]))["ok"] is True


async def test_a_link_to_a_program_counts(folder: Path) -> None:
    program(folder / "real", "lab")
    (folder / "bin").mkdir()
    (folder / "bin" / "jupyter-lab").symlink_to(folder / "real" / "lab")
    assert found(await look(str(folder / "bin"), [], [], []))["jupyter-lab"] is True


async def test_looks_as_the_person_and_not_as_the_hub(folder: Path) -> None:
    program(folder, "as-somebody", f'#!/bin/sh\necho "$*" >> {folder}/asked\nexec "$@"\n')
    (folder / "bin").mkdir()
    await look(str(folder / "bin"), [], [str(folder / "as-somebody")], [])
    asked = (folder / "asked").read_text().splitlines()
    assert len(asked) == 3
    assert all("find -L" in line or f"{folder}/bin/python3" in line for line in asked)


async def test_what_the_person_may_not_read_is_not_there(folder: Path, root: bool) -> None:
    program(folder / "closed", "jupyter-lab")
    (folder / "closed").chmod(0)
    as_person = ["runuser", "-u", "nobody", "--"] if root else []
    closed = await missing_path(str(folder / "closed"), as_person)
    inside = await missing_path(str(folder / "closed" / "x"), as_person)
    (folder / "closed").chmod(0o700)
    assert closed is not None
    assert "You may not use" in closed
    assert inside is not None
    assert "that you can read" in inside


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/no/such/folder", "There is no folder /no/such/folder"),
        ("/no/such.sif", "There is no image /no/such.sif"),
        ("/etc/passwd", "/etc/passwd is no folder."),
        ("/etc", None),
    ],
)
async def test_says_what_is_wrong_with_a_path(path: str, words: str | None) -> None:
    problem = await missing_path(path, [])
    assert (problem is None) if words is None else (problem is not None and words in problem)


async def test_who_cannot_look_says_nothing() -> None:
    assert await missing_path("/no/such/folder", ["/no/such/command"]) is None
    checked = await look("/etc", [], ["/no/such/command"], [])
    assert checked["ok"] is True
    assert set(found(checked).values()) == {None}


async def test_does_not_wait_for_files_that_hang(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(software, "DEADLINE", 0.2)
    program(folder, "slow", "#!/bin/sh\nexec sleep 60\n")
    assert await missing_path("/etc", [str(folder / "slow")]) is None


async def test_a_program_that_prints_without_end_is_not_read(folder: Path) -> None:
    program(folder / "bin", "python3", "#!/bin/sh\nexec yes '[[], []]'\n")
    checked = await look(str(folder / "bin"), [], [], [])
    assert found(checked)["beamtime_lab"] in (False, None)


async def test_an_image_is_asked_by_the_python_inside(folder: Path) -> None:
    (folder / "x.sif").write_text("an image")
    program(folder, "apptainer", f'#!/bin/sh\nshift 3\nexec {sys.executable} "$@"\n')
    checked = await look(str(folder / "x.sif"), [], [], [str(folder / "apptainer"), "exec"])
    assert found(checked)["beamtime_lab"] is False
    nobody_there = await look(str(folder / "x.sif"), [], [], ["no-such-apptainer", "exec"])
    assert nobody_there["ok"] is True
    assert "no no-such-apptainer" in nobody_there["checks"][0]["message"]


async def test_modules_are_loaded_where_the_session_starts() -> None:
    checked = await look(None, ["gcc/13"], [], [])
    assert checked["ok"] is True
    assert found(checked) == {"gcc/13": None}
