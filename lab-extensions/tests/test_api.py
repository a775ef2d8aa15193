"""What the page asks of the extension, with a real service behind it."""

from __future__ import annotations

import json
import re

import pytest
from beamtime_lab.catalogue import service_url
from beamtime_lab.settings import Settings

from .conftest import catalogue_experiment, make_site
from .jupyter import TOKEN, jupyter
from .service import running_service

E2 = "/services/beamtime/api/v1/experiments/embedded%3Ae2"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("api"))
    with running_service() as service:
        internal = f"{service.url}services/beamtime/"
        environ = site.environ(URL="/services/beamtime/", INTERNAL_URL=internal)
        with jupyter(site.folder, environ) as server:
            yield site, service, server


@pytest.fixture
def service(world):
    """The service behind `server`, which has not been asked yet."""
    world[1].answers.clear()
    world[1].asked.clear()
    return world[1]


@pytest.fixture
def server(world, service):
    return world[2]


def link(server, key="embedded:e2"):
    return server.ask("beamtime/experiments/link", method="POST", body={"key": key})


def test_the_page_learns_where_the_service_is(server):
    page = server.ask("lab").body.decode()
    config = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert config
    assert json.loads(config[1])["beamtimeUrl"] == "/services/beamtime/"


def test_the_status_tells_what_was_linked_at_the_start(server):
    assert server.ask("beamtime/status").json() == {
        "experiments": [
            {
                "key": "embedded:e1",
                "slug": "MA-5127-BX11",
                "title": "Crack growth",
                "raw": "Experiments/MA-5127-BX11/raw",
                "processed": "Experiments/MA-5127-BX11/processed",
                "problems": [],
            }
        ],
        "problems": [],
    }


def test_jupyters_own_contents_show_the_linked_folders(server):
    def names(path):
        return {item["name"] for item in server.ask(f"api/contents/{path}").json()["content"]}

    assert names("Experiments") == {"MA-5127-BX11"}
    assert names("Experiments/MA-5127-BX11") == {"raw", "processed"}
    assert names("Experiments/MA-5127-BX11/raw") == {"scan.h5"}


def test_a_notebook_made_in_processed_lies_in_the_experiments_folder(server, world):
    made = server.ask(
        "api/contents/Experiments/MA-5127-BX11/processed",
        method="POST",
        body={"type": "notebook"},
    )
    assert made.status == 201
    assert (world[0].data / "ma5127/processed/Untitled.ipynb").is_file()
    saved = server.ask(f"api/contents/{made.json()['path']}")
    again = server.ask(
        f"api/contents/{made.json()['path']}",
        method="PUT",
        body={"type": "notebook", "content": saved.json()["content"]},
    )
    assert again.status == 200


@pytest.mark.parametrize(("trash", "status"), [(True, 204), (False, 400)])
def test_deleting_a_link_in_the_file_browser_leaves_the_data(trash, status, site, start):
    server = start(site.environ(), {"FileContentsManager": {"delete_to_trash": trash}})
    answer = server.ask("api/contents/Experiments/MA-5127-BX11/raw", method="DELETE")
    assert answer.status == status
    assert (site.data / "ma5127/raw/scan.h5").is_file()


def test_links_what_the_service_grants_to_the_pages_own_token(server, service, world):
    site = world[0]
    service.answers[E2] = (
        200,
        catalogue_experiment("e2", proposal="LS-3302", dataPath=str(site.data / "ls3302")),
    )
    answer = link(server)
    assert answer.status == 200
    assert answer.json()["raw"] == "Experiments/LS-3302-BX11/raw"
    assert (server.root / "Experiments/LS-3302-BX11/raw").is_dir()
    [(path, headers)] = service.asked
    assert path == E2
    assert headers["authorization"] == f"Bearer {TOKEN}"
    assert headers["x-beamtime-contract"] == "1"
    keys = [link["key"] for link in server.ask("beamtime/status").json()["experiments"]]
    assert keys == ["embedded:e1", "embedded:e2"]


@pytest.mark.parametrize(
    ("status", "body", "code", "words"),
    [
        (403, {"code": "forbidden", "message": "Not yours."}, "forbidden", "Not yours."),
        (404, {"code": "not-found", "message": "None."}, "not-found", "None."),
        (409, {"code": "contract-too-old", "message": "Old."}, "contract-too-old", "Old."),
        (500, {"detail": "?"}, "internal", "refused (500)"),
        (502, "<html>", "unavailable", "cannot be asked"),
        (302, "", "unavailable", "cannot be asked"),
        (200, "<html>", "unavailable", "cannot be asked"),
        (200, [], "not-found", "not an experiment"),
        (200, catalogue_experiment("e2"), "not-found", "no folder"),
        (200, catalogue_experiment("e2", dataPath="etc"), "not-found", "absolute"),
        (200, catalogue_experiment("e2", dataPath="/etc"), "forbidden", "may not open"),
        (200, catalogue_experiment("e2", dataPath="/d", instrument={}), "not-found", "missing"),
    ],
)
def test_says_in_words_why_there_is_no_link(server, service, status, body, code, words):
    service.answers[E2] = (status, body)
    answer = link(server)
    assert answer.status >= 400
    assert answer.json()["code"] == code
    assert words in answer.json()["message"]
    assert not any(path.endswith("elsewhere") for path, _ in service.asked)


def test_a_service_that_is_down_is_said_to_be(site, start):
    with running_service() as service:
        gone = service.url
    server = start(site.environ(URL="/services/beamtime/", INTERNAL_URL=gone))
    answer = link(server)
    assert (answer.status, answer.json()["code"]) == (503, "unavailable")


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        (Settings(service_url="/b/services/beamtime/"), "https://hub.example/b/services/beamtime/"),
        (Settings(service_url="/s/", hub_url="https://pub.example/hub/"), "https://pub.example/s/"),
        (Settings(service_url="https://s.example/s/"), "https://s.example/s/"),
        (Settings(service_url="/s/", internal_url="http://10.0.0.1/s/"), "http://10.0.0.1/s/"),
    ],
)
def test_finds_the_service_from_the_server(settings, url):
    assert service_url(settings, "https://hub.example/") == url


def test_without_the_pages_token_nobody_is_asked(server, service):
    page = server.ask(f"tree?token={TOKEN}", signed_in=False)
    cookies = [cookie.split(";")[0] for cookie in page.headers.get_all("Set-Cookie") or []]
    [xsrf] = [cookie.partition("=")[2] for cookie in cookies if cookie.startswith("_xsrf=")]
    answer = server.ask(
        "beamtime/experiments/link",
        {"Cookie": "; ".join(cookies), "X-XSRFToken": xsrf},
        method="POST",
        body={"key": "embedded:e2"},
        signed_in=False,
    )
    assert (answer.status, answer.json()["code"]) == (401, "signed-out")
    assert service.asked == []


@pytest.mark.parametrize("body", [{}, [], {"key": 1}, {"key": "nonsense"}])
def test_refuses_what_is_no_key(server, body):
    answer = server.ask("beamtime/experiments/link", method="POST", body=body)
    assert (answer.status, answer.json()["code"]) == (400, "bad-request")


@pytest.mark.parametrize("path", ["beamtime/status", "beamtime/experiments/link"])
def test_strangers_get_nothing(server, path):
    method = "POST" if path.endswith("link") else "GET"
    answer = server.ask(path, method=method, body={"key": "a:b"}, signed_in=False)
    assert answer.status == 403
    assert answer.json()["code"] == "forbidden"


def test_a_broken_environment_does_not_stop_jupyter_and_is_said(site, start):
    environ = site.environ(EXPERIMENTS="{", URL="/services/beamtime/")
    status = start(environ).ask("beamtime/status").json()
    assert status["experiments"] == []
    assert "BEAMTIME_EXPERIMENTS" in status["problems"][0]


def test_an_experiment_that_cannot_be_linked_at_the_start_is_said(site, start):
    outside = site.session_experiment(dataPath=str(site.outside))
    status = start(site.environ(EXPERIMENTS=[outside])).ask("beamtime/status").json()
    assert "MA-5127-BX11" in status["problems"][0]
    assert "may not open" in status["problems"][0]
