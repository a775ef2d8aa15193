"""Who may read and write the sample data, asked as the people themselves."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

MAKE_DATA = Path(__file__).with_name("make_data.py")
LOGINS = ["alice", "bob", "ines"]


@pytest.fixture
def reachable(root: Path) -> Iterator[Path]:
    """The data without the notebooks, where other accounts can reach them."""
    folder = Path(tempfile.mkdtemp(prefix="beamtime-data-", dir="/var/tmp"))
    folder.chmod(0o755)
    shutil.copytree(root, folder / "data", ignore=shutil.ignore_patterns("*.ipynb"))
    yield folder / "data"
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o700)  # Or an ordinary user could not empty it.
    shutil.rmtree(folder)


def make(root: Path, *options: str) -> None:
    command: list[str | Path] = [sys.executable, MAKE_DATA, root, *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def raw_file(root: Path, name: str) -> Path:
    (found,) = (root / "data").rglob(name)
    return found


def can(login: str, test: str, path: Path) -> bool:
    return subprocess.run(["runuser", "-u", login, "--", "test", test, str(path)]).returncode == 0


def test_with_unix_groups_only_the_team_and_the_scientists_read(reachable: Path) -> None:
    if os.geteuid() != 0:
        with pytest.raises(AssertionError, match="must run as root"):
            make(reachable, "--unix-groups")
        return
    for login in LOGINS:
        if subprocess.run(["id", login], capture_output=True).returncode != 0:
            subprocess.run(["useradd", "-m", login], check=True)
    make(reachable, "--unix-groups", "--users", " ".join(LOGINS))
    expected = {
        "S03_0001.nxs": {"alice", "ines"},
        "C08_0001.nxs": {"alice", "bob", "ines"},
        "col2_data_000001.h5": {"bob"},
        "B1_0001.nxs": {"bob", "ines"},
        "chopper.nxs": {"alice", "bob", "ines"},
    }
    for name, readers in expected.items():
        path = raw_file(reachable, name)
        assert {login for login in LOGINS if can(login, "-r", path)} == readers, name
        assert not [login for login in LOGINS if can(login, "-w", path)], name
        assert not [login for login in LOGINS if can(login, "-w", path.parent)], name
    strain = raw_file(reachable, "S03_0001.nxs").parents[2]
    assert stat.S_IMODE((strain / "processed").stat().st_mode) == 0o2770
    assert can("alice", "-w", strain / "processed" / "first-look.ipynb")
    assert not can("bob", "-x", strain)
    assert not can("alice", "-w", raw_file(reachable, "chopper.nxs").parents[1] / "processed")


def test_with_a_shared_account_it_writes_results_only(reachable: Path) -> None:
    if os.geteuid() != 0:
        with pytest.raises(AssertionError, match="Only root"):
            make(reachable, "--owner-user", "nobody", "--owner-group", "nogroup")
        return
    make(reachable, "--owner-user", "nobody", "--owner-group", "nogroup")
    frame = raw_file(reachable, "S03_0001.nxs")
    assert can("nobody", "-r", frame)
    assert not can("nobody", "-w", frame)
    assert not can("nobody", "-w", frame.parent)
    assert can("nobody", "-w", frame.parents[2] / "processed")
    assert can("nobody", "-w", frame.parents[2] / "processed" / "first-look.ipynb")


def test_an_unknown_account_is_named(tmp_path: Path) -> None:
    expected = "no account nobody-here" if os.geteuid() == 0 else "Only root"
    with pytest.raises(AssertionError, match=expected):
        make(tmp_path / "data", "--owner-user", "nobody-here")
