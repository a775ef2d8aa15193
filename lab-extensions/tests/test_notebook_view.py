from __future__ import annotations

import pytest
from beamtime_lab import view
from beamtime_lab.notebook_view import MIME


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "real/raw").mkdir(parents=True)
    (tmp_path / "real/raw/scan.h5").write_bytes(b"")
    (tmp_path / "root").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path / "root")
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    return tmp_path


def data_of(shown):
    return shown._repr_mimebundle_(include=None, exclude=None)[MIME]


def test_names_the_file_and_the_path_in_it(folder):
    shown = view("raw/scan.h5", "/entry/data", height=300)
    assert data_of(shown) == {
        "files": [str(folder / "real/raw/scan.h5")],
        "path": "/entry/data",
        "height": 300,
    }
    assert "scan.h5" in shown._repr_mimebundle_()["text/plain"]


def test_knows_the_root_folder_by_the_name_that_jupyter_has_for_it(folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "root/fits.ipynb"))
    files = [str(folder / "real/raw/scan.h5"), str(folder / "root/raw/scan.h5")]
    assert data_of(view("raw/scan.h5"))["files"] == files
    assert data_of(view(folder / "root/raw/scan.h5"))["files"] == files[1:]


@pytest.mark.parametrize("elsewhere", ["other/fits.ipynb", ""])
def test_another_notebook_s_folder_is_not_taken_for_it(folder, monkeypatch, elsewhere):
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / elsewhere) if elsewhere else "")
    assert data_of(view("raw/scan.h5"))["files"] == [str(folder / "real/raw/scan.h5")]


@pytest.mark.parametrize(
    ("file", "more", "error", "words"),
    [
        ("raw/none.h5", {}, FileNotFoundError, "no file 'raw/none.h5'"),
        ("raw", {}, FileNotFoundError, "no file 'raw'"),
        ("raw/scan.h5", {"path": "entry"}, ValueError, "'/entry'"),
        ("raw/scan.h5", {"height": 5}, ValueError, "100 to 4000"),
    ],
)
def test_says_what_is_wrong(folder, file, more, error, words):
    with pytest.raises(error, match=words):
        view(file, **more)
