"""A real hub as a test talks to it: as a service with all rights, and as people's browsers."""

import json
import re
import socket
import time
from typing import Any

import requests

TOKEN = "token-of-the-probe-0123456789-0123456789"
"""Of the service `probe`, which the hubs of tests are configured with."""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def wait_for(what: Any, seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := what():
            return result
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


def boot_data(page: str) -> dict[str, Any]:
    """Give the data that the form's page brings along."""
    match = re.search(r'id="beamtime-form-data">(.*?)</script>', page)
    assert match is not None, page
    data: dict[str, Any] = json.loads(match.group(1))
    return data


class HubClient:
    """Asks a hub.

    Parameters
    ----------
    url
        Of the hub itself, without a slash at the end: `http://127.0.0.1:8081/hub`.
    """

    def __init__(self, url: str) -> None:
        self.url = url

    def rest(self, method: str, path: str, body: Any = None) -> requests.Response:
        headers = {"Authorization": f"token {TOKEN}"}
        return requests.request(
            method, f"{self.url}/api{path}", json=body, headers=headers, timeout=60
        )

    def browser(self, name: str) -> requests.Session:
        """Sign in."""
        browser = requests.Session()
        browser.get(f"{self.url}/login", timeout=30)
        xsrf = browser.cookies.get("_xsrf", path="/hub/")
        form = {"username": name, "password": "", "_xsrf": xsrf}
        browser.post(f"{self.url}/login?next=/hub/home", data=form, timeout=30)
        browser.headers["X-XSRFToken"] = browser.cookies.get("_xsrf", path="/hub/") or ""
        return browser

    def server(self, user: str, name: str = "") -> dict[str, Any]:
        """Give the hub's model of a session; empty if there is none."""
        servers = self.rest("GET", f"/users/{user}").json().get("servers", {})
        found: dict[str, Any] = servers.get(name, {})
        return found
