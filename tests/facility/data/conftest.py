"""The sample data, made once by the real program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MAKE_DATA = Path(__file__).with_name("make_data.py")


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample data; a test leaves its raw data as they are."""
    folder = tmp_path_factory.mktemp("sample")
    command: list[str | Path] = [
        sys.executable,
        MAKE_DATA,
        folder,
        "--offline-file",
        folder / "offline.json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return folder
