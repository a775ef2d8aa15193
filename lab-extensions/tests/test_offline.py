"""Without a hub, as on Binder: the same API from a file."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from .conftest import catalogue_experiment, make_site
from .jupyter import jupyter

LIST = "beamtime/api/v1/experiments"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("offline"))
    file = site.data / "experiments.json"
    environ = {
        "BEAMTIME_EXPERIMENTS_FILE": str(file),
        "JUPYTER_DATA_DIR": str(site.folder / "jupyter"),
    }
    with jupyter(site.folder, environ) as server:
        yield site, file, server


@pytest.fixture
def site(world):
    return world[0]


@pytest.fixture
def file(world):
    """The file as it should be, before each test anew."""
    file = world[1]
    experiments = [
        catalogue_experiment("e1", dataPath="ma5127"),
        catalogue_experiment(
            "e2", proposal="LS-3302", title="Micelles", start="2027-01-01T00:00:00Z"
        ),
    ]
    dataset = {
        "ref": {"source": "embedded", "id": "d1"},
        "name": "S03",
        "files": [{"name": "scan.h5", "relPath": "raw/scan.h5"}],
    }
    page = {"items": [dataset], "asOf": "2026-11-20T10:00:00Z"}
    content = {"experiments": {"items": experiments}, "datasets": {"embedded:e1": page}}
    file.write_text(json.dumps(content))
    return file


@pytest.fixture
def server(world, file):
    return world[2]


def test_the_page_asks_its_own_server(server):
    page = server.ask("lab").body.decode()
    config = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert config
    assert json.loads(config[1])["beamtimeUrl"] == "/user/alice/beamtime/"


def test_lists_the_newest_first(server):
    page = server.ask(LIST).json()
    assert [item["proposal"] for item in page["items"]] == ["LS-3302", "MA-5127"]
    assert (page["total"], page["problems"]) == (2, [])
    assert page["asOf"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("micelles", ["e2"]), ("ma-5127 LINDQVIST", ["e1"]), ("bx11", ["e2", "e1"]), ("zz", [])],
)
def test_finds_by_words(server, text, found):
    page = server.ask(f"{LIST}?text={text.replace(' ', '+')}").json()
    assert [item["ref"]["id"] for item in page["items"]] == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=proposal", ["e2", "e1"]),
        ("sort=proposal&order=desc", ["e1", "e2"]),
        ("sort=start&order=asc", ["e1", "e2"]),
        ("from=2027-01-01&to=2027-12-31", ["e2"]),
        ("instruments=BX11&instruments=D7P", ["e2", "e1"]),
        ("instruments=D7P", []),
        ("cycle=2026-1", []),
        ("scope=mine", ["e2", "e1"]),
        ("scope=public", []),
        ("text=micélles", ["e2"]),
    ],
)
def test_narrows_and_sorts(server, query, found):
    page = server.ask(f"{LIST}?{quote(query, safe='=&')}").json()
    assert [item["ref"]["id"] for item in page["items"]] == found
    assert page["total"] == len(found)


def test_pages_to_the_end(server):
    first = server.ask(f"{LIST}?limit=1").json()
    second = server.ask(f"{LIST}?limit=1&cursor={first['next']}").json()
    assert [page["items"][0]["ref"]["id"] for page in (first, second)] == ["e2", "e1"]
    assert "next" not in second


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "cursor=-1", "scope=x", "sort=x"])
def test_a_query_that_is_none_is_refused(server, query):
    answer = server.ask(f"{LIST}?{query}")
    assert (answer.status, answer.json()["code"]) == (400, "bad-request")


def test_tells_what_there_is_to_filter_by(server):
    filters = server.ask("beamtime/api/v1/filters").json()
    assert filters["instruments"] == [{"name": "BX11"}]
    assert (filters["years"][0], filters["cycles"], filters["problems"]) == (2027, [], [])


def test_searches_in_datasets_and_files(server):
    datasets = f"{LIST}/embedded%3Ae1/datasets"
    assert server.ask(f"{datasets}?text=s03").json()["total"] == 1
    assert server.ask(f"{datasets}?text=s04").json()["items"] == []
    assert server.ask(f"{datasets}/d1/files?text=scan&limit=1").json()["total"] == 1
    assert server.ask(f"{datasets}/d1/files?text=other").json()["items"] == []


def test_keeps_bookmarks(server):
    marks = "beamtime/api/v1/bookmarks"
    assert server.ask(marks).json() == {"favourites": [], "recent": []}
    for key in ("e1", "e2", "e1"):
        server.ask(f"{marks}/favourites/embedded%3A{key}", method="PUT")
        server.ask(f"{marks}/recent/embedded%3A{key}", method="PUT")
    both = ["embedded:e1", "embedded:e2"]
    assert server.ask(marks).json() == {"favourites": both, "recent": both}
    left = server.ask(f"{marks}/favourites/embedded%3Ae1", method="DELETE").json()
    assert left == {"favourites": ["embedded:e2"], "recent": both}
    assert server.ask(f"{marks}/recent/embedded%3Ae1", method="DELETE").status == 400


def test_gives_one_with_its_datasets(server, site):
    one = server.ask(f"{LIST}/embedded%3Ae1").json()
    assert one["dataPath"] == str(site.data / "ma5127")
    datasets = server.ask(f"{LIST}/embedded%3Ae1/datasets").json()
    assert [item["name"] for item in datasets["items"]] == ["S03"]
    files = server.ask(f"{LIST}/embedded%3Ae1/datasets/d1/files").json()
    assert [item["relPath"] for item in files["items"]] == ["raw/scan.h5"]
    assert server.ask(f"{LIST}/embedded%3Ae1/datasets/d9/files").status == 404
    assert server.ask(f"{LIST}/embedded%3Ae2/datasets").json()["items"] == []


@pytest.mark.parametrize("more", ["", "/datasets"])
def test_an_unknown_one_is_not_found(server, more):
    answer = server.ask(f"{LIST}/embedded%3Ae9{more}")
    assert (answer.status, answer.json()["code"]) == (404, "not-found")


def test_links_from_the_file_and_gives_its_bytes(server):
    body = {"key": "embedded:e1"}
    answer = server.ask("beamtime/experiments/link", method="POST", body=body).json()
    scan = server.ask(f"beamtime/files/{answer['raw']}/scan.h5", {"Range": "bytes=0-3"})
    assert scan.body == bytes(range(4))


def test_data_that_does_not_lie_beside_the_file_is_refused(server, file, site):
    content = json.loads(file.read_text())
    content["experiments"]["items"][0]["dataPath"] = str(site.outside)
    file.write_text(json.dumps(content))
    answer = server.ask("beamtime/experiments/link", method="POST", body={"key": "embedded:e1"})
    assert (answer.status, answer.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"experiments": {"items": 1}}', None])
def test_a_broken_file_is_named(server, file, content):
    if content is None:
        file.unlink()
    else:
        file.write_text(content)
    answer = server.ask(LIST)
    assert (answer.status, answer.json()["code"]) == (503, "unavailable")
    assert str(file) in answer.json()["message"]


def test_a_page_of_another_version_is_told_so(server):
    assert server.ask(LIST, {"X-Beamtime-Contract": "1"}).status == 200
    answer = server.ask(LIST, {"X-Beamtime-Contract": "7"})
    assert (answer.status, answer.json()["code"]) == (409, "contract-too-old")


def test_strangers_get_nothing(server):
    assert server.ask(LIST, signed_in=False).status == 403
