"""A real JupyterHub, a session of real processes, and the ways in that a person has."""

import json
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from beamtime_hub.processes import marked
from hub_client import TOKEN, boot_data, free_port, wait_for
from hub_process import Hub, choose, report, session_environment, start_hub

GOOD = {"partition": "cpu", "nprocs": 4, "runtime": "4:00:00"}


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    folder = Path(tempfile.mkdtemp(prefix="bt-hub-"))
    folder.chmod(0o755)
    port = free_port()
    process = start_hub(folder, port)
    try:
        log = folder / "hub.log"
        wait_for(lambda: "JupyterHub is now running" in log.read_text() or process.poll())
        assert process.poll() is None, log.read_text()
        yield Hub(folder, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def alice(hub: Hub) -> requests.Session:
    return hub.browser("alice")


def test_serves_the_form(hub: Hub, alice: requests.Session) -> None:
    page = alice.get(f"{hub.url}/spawn", timeout=30).text
    data = boot_data(page)
    assert data["form"]["caller"] == {
        "name": "alice",
        "admin": False,
        "groups": [],
        "unixGroups": None,
    }
    [script] = re.findall(r'<script type="module" src="(/hub/beamtime/[^"]*)"', page)
    answer = requests.get(hub.url.removesuffix("/hub") + script, timeout=30)
    assert answer.text == "/* form.js */"


def test_shows_a_refusal_in_the_form(hub: Hub, alice: requests.Session) -> None:
    options = {**GOOD, "partition": "closed"}
    answer = choose(alice, hub, options)
    assert answer.status_code == 400
    assert "Error: closed is closed (down)." in answer.text
    assert boot_data(answer.text)["refused"] == {
        "options": options,
        "errors": [{"field": "partition", "message": "closed is closed (down)."}],
    }


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (None, "Nothing was asked for"),
        ({"user_options": {}}, "Nothing was asked for"),
        ({"user_options": {**GOOD, "cmd": "id"}}, 'no option "cmd"'),
        ({**GOOD, "batch_script": "id"}, 'no option "batch_script"'),
        ({"user_options": {**GOOD, "partition": "closed"}}, "closed is closed"),
    ],
)
def test_rest_passes_the_same_checks(hub: Hub, body: object, words: str) -> None:
    hub.rest("POST", "/users/rita")
    hub.rest("DELETE", "/users/rita")
    hub.rest("POST", "/users/rita")
    answer = hub.rest("POST", "/users/rita/server", body)
    assert answer.status_code == 400
    assert words in answer.json()["message"]
    form = hub.browser("rita").get(f"{hub.url}/spawn", timeout=30)
    assert boot_data(form.text)["refused"] is None


def test_answers_the_form_with_the_cookies_identity(hub: Hub, alice: requests.Session) -> None:
    form = alice.get(f"{hub.url}/beamtime/form?server=x", timeout=30)
    assert form.json()["caller"]["name"] == "alice"
    page = alice.get(f"{hub.url}/beamtime/experiments?text=MA&limit=5", timeout=30)
    assert page.json()["query"] == {"text": "MA", "limit": 5}
    body: Any = {"server": "", "options": {**GOOD, "partition": "closed"}}
    plan = alice.post(f"{hub.url}/beamtime/preview", json=body, timeout=30)
    assert plan.json()["ok"] is False


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "code"),
    [
        ("GET", "experiments?limit=0", {}, 400, "bad-request"),
        ("GET", "experiments?limit=9999999", {}, 400, "bad-request"),
        ("POST", "preview", {}, 400, "bad-request"),
        ("POST", "preview", {"X-XSRFToken": "forged"}, 403, "forbidden"),
        ("GET", "form", {"X-XSRFToken": "", "Sec-Fetch-Mode": "cors"}, 403, "forbidden"),
    ],
)
def test_refuses_with_the_contracts_failure(
    hub: Hub,
    alice: requests.Session,
    method: str,
    path: str,
    headers: dict[str, str],
    status: int,
    code: str,
) -> None:
    answer = alice.request(method, f"{hub.url}/beamtime/{path}", headers=headers, timeout=30)
    assert answer.status_code == status
    assert answer.json()["code"] == code
    assert answer.json()["message"]


def test_keeps_presets_for_the_person(hub: Hub, alice: requests.Session) -> None:
    url = f"{hub.url}/beamtime/presets"
    assert alice.get(url, timeout=30).json()["caller"]["name"] == "alice"
    kept = alice.put(f"{url}/a%2Fb%20%C3%BC", json={"request": GOOD}, timeout=30).json()
    assert kept["preset"] == {"name": "a/b ü", "request": GOOD}
    assert alice.delete(f"{url}/a%2Fb", timeout=30).json()["name"] == "a/b"
    for body in (None, [], {"request": {**GOOD, "cmd": "id"}}, {"request": GOOD["partition"]}):
        answer = alice.put(f"{url}/x", json=body, timeout=30)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
    assert (
        'no option "cmd"'
        in alice.put(f"{url}/x", json={"request": {**GOOD, "cmd": "id"}}, timeout=30).json()[
            "message"
        ]
    )


def test_looks_at_software_as_the_sessions_account(hub: Hub, alice: requests.Session) -> None:
    def look(**body: Any) -> requests.Response:
        return alice.post(f"{hub.url}/beamtime/check-environment", json=body, timeout=60)

    found = look(path=f"{hub.folder}/bin", modules=["gcc/13"]).json()
    assert [(check["name"], check["found"], check["needed"]) for check in found["checks"]] == [
        ("jupyterhub-singleuser", True, True),
        ("jupyter-lab", False, True),
        ("beamtime_lab", None, False),
        ("gcc/13", None, True),
    ]
    assert found["ok"] is False
    missing = look(path="/no/such/folder").json()
    assert missing["ok"] is False
    assert "There is no folder /no/such/folder" in missing["checks"][0]["message"]
    closed = look(path=f"{hub.folder}/state").json()["checks"]
    assert os.geteuid() != 0 or closed[0]["found"] in (False, True)
    for body in ({"path": "bin"}, {"path": "/a;id"}, {"path": 7}, {"modules": ["$(id)"]}):
        answer = look(**body)
        assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")


def test_an_administrators_form_for_somebody_is_filled_with_their_data(
    hub: Hub, alice: requests.Session
) -> None:
    hub.browser("bob")
    ada = hub.browser("ada")
    page = ada.get(f"{hub.url}/spawn/bob", timeout=30).text
    assert boot_data(page)["form"]["caller"]["name"] == "bob"
    form = ada.get(f"{hub.url}/beamtime/form?server=&user=bob", timeout=30).json()
    assert form["caller"] == {"name": "bob", "admin": False, "groups": [], "unixGroups": None}
    presets = ada.get(f"{hub.url}/beamtime/presets?user=bob", timeout=30).json()
    assert presets["caller"]["name"] == "bob"
    assert ada.get(f"{hub.url}/beamtime/form", timeout=30).json()["caller"]["name"] == "ada"
    for name in ("bob", "ada", "nobody-here"):
        refused = alice.get(f"{hub.url}/beamtime/form?user={name}", timeout=30)
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        assert refused.json()["message"] == f"You may not start sessions for {name}."
    nobody = ada.get(f"{hub.url}/beamtime/form?user=nobody-here", timeout=30)
    assert nobody.status_code == 403


def test_tells_how_many_sessions_may_have_a_name(hub: Hub) -> None:
    name = "nina"
    nina = hub.browser(name)
    hub.rest("PUT", f"/users/{name}/servers/tomo", {"display_name": "Tomography"})
    form = nina.get(f"{hub.url}/beamtime/form", timeout=30).json()
    assert form["sessions"]["limit"] == 3
    page = nina.get(f"{hub.url}/spawn", timeout=30).text
    assert boot_data(page)["form"]["sessions"] == form["sessions"]


def test_software_that_is_not_there_is_refused_before_the_start(
    hub: Hub, alice: requests.Session
) -> None:
    options = {**GOOD, "environment_path": "/no/such/folder"}
    answer = choose(alice, hub, options)
    assert answer.status_code == 400
    [error] = boot_data(answer.text)["refused"]["errors"]
    assert error["field"] == "environment_path"
    assert "There is no folder /no/such/folder that you can read" in error["message"]


def test_tokens_do_not_open_the_forms_handlers(hub: Hub) -> None:
    headers = {"Authorization": f"token {TOKEN}"}
    answer = requests.get(f"{hub.url}/beamtime/form", headers=headers, timeout=30)
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed-out"


def test_runs_a_session_that_can_only_report_a_port(hub: Hub, alice: requests.Session) -> None:
    answer = choose(alice, hub, {**GOOD, "experiments": ["embedded:e1"]})
    assert answer.status_code == 302
    wait_for(lambda: hub.server("alice").get("ready"))
    homes = list((hub.folder / "homes").iterdir())
    assert [home.name for home in homes] == ["alice"]

    environment = session_environment(hub)
    assert environment["HOME"] == str(homes[0])
    assert environment["BEAMTIME_URL"] == "/services/beamtime/"
    assert json.loads(environment["BEAMTIME_EXPERIMENTS"])[0]["slug"] == "MA-5127-BX11"

    token = environment["JUPYTERHUB_API_TOKEN"]
    hostile: list[Any] = [
        {"batch_query_cmd": f"touch {hub.folder}/pwned"},
        {"port": 4242, "batch_query_cmd": f"touch {hub.folder}/pwned"},
        {"port": "4242"},
        {"port": 0},
        {"port": 65536},
        {"port": True},
        {"port": 1.5},
        [],
    ]
    for body in hostile:
        assert report(hub, token, body) == 400
    assert report(hub, token, {"port": 4242}) == 403  # It is up: its port stays.
    assert report(hub, TOKEN, {"port": 4242}) == 403

    mark = environment["BEAMTIME_SESSION"]
    assert marked(mark)
    assert hub.rest("DELETE", "/users/alice/server").status_code in (202, 204)
    wait_for(lambda: not marked(mark))
    assert not (hub.folder / "pwned").exists()


def test_who_asks_twice_is_led_to_the_session(hub: Hub) -> None:
    tabs = hub.browser("tina"), hub.browser("tina")
    for tab in tabs:
        answer = choose(tab, hub, GOOD)
        assert answer.status_code == 302
        assert "/hub/spawn-pending/tina" in answer.headers["Location"]
    wait_for(lambda: hub.server("tina").get("ready"))
    assert choose(tabs[0], hub, GOOD).status_code == 302
    assert (hub.folder / "hub.log").read_text().count("Adding user tina to proxy") == 1


def test_nobody_learns_of_the_sessions_of_others(hub: Hub, alice: requests.Session) -> None:
    hub.browser("olga")
    answer = alice.post(
        f"{hub.url}/spawn/olga",
        params={"_xsrf": str(alice.headers["X-XSRFToken"])},
        files={"beamtime_options": (None, json.dumps(GOOD))},
        timeout=30,
        allow_redirects=False,
    )
    assert answer.status_code == 404  # As for somebody who is not there.


def test_a_wrong_option_stops_the_hub_with_one_line(folder: Path) -> None:
    process = start_hub(folder, free_port(), durations=[60, 30])
    assert process.wait(60) == 1
    log = (folder / "hub.log").read_text()
    assert "durations=[60, 30] is wrong: it must be minutes in ascending order" in log
    assert "Traceback" not in log


def test_shows_the_script_as_it_would_be_submitted(folder: Path) -> None:
    port = free_port()
    process = start_hub(folder, port, scheduler="slurm", shared_account=None, home_template=None)
    try:
        log = folder / "hub.log"
        wait_for(lambda: "JupyterHub is now running" in log.read_text() or process.poll())
        hub = Hub(folder, port)
        nobody = hub.browser("nobody")
        body: Any = {"server": "tomo", "options": {**GOOD, "environment_path": "~/envs/x/bin"}}
        plan = nobody.post(f"{hub.url}/beamtime/preview", json=body, timeout=30).json()
        assert plan["script"].startswith("#!/bin/bash\n#SBATCH --job-name=beamtime-tomo\n")
        assert "#SBATCH --mem=8000M\n" in plan["script"]
        assert "/envs/x/bin/batchspawner-singleuser" in plan["script"]
        refused = {**body, "options": {**GOOD, "partition": "closed"}}
        answer = nobody.post(f"{hub.url}/beamtime/preview", json=refused, timeout=30).json()
        assert "script" not in answer
        stranger = hub.browser("no-such-account")
        answer = stranger.post(f"{hub.url}/beamtime/preview", json=body, timeout=30).json()
        assert answer["ok"] is False
        assert "There is no account no-such-account" in answer["errors"][0]["message"]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
