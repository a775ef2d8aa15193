"""Runs a real JupyterHub with `configure` in its configuration, and talks to it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import requests
from hub_client import TOKEN, HubClient, free_port

HERE = Path(__file__).parent

CONFIG = """
import json, sys
from pathlib import Path
from beamtime_hub import configuration, configure, form_page, handlers, state_dir, waiting_page
from jupyterhub.proxy import Proxy

folder, root, hub_port, service_port = json.loads({settings!r})
# Stand-ins for `npm run build`, and no proxy: the test talks to the hub itself.
for name in ("WAITING_SCRIPT", "WAITING_STYLE"):
    setattr(waiting_page, name, Path(folder, "static", "form.js"))
for name in ("FORM_SCRIPT", "FORM_STYLE"):
    file = Path(folder, "static", {{"FORM_SCRIPT": "form.js", "FORM_STYLE": "form.css"}}[name])
    setattr(configuration, name, file)
    setattr(form_page, name, file)
handlers.STATIC = Path(folder, "static")
configuration.SERVICE = state_dir.SERVICE = Path(folder, "fake_service.py")
configuration.NODE = Path(folder, "node")

class NoProxy(Proxy):
    should_start = False
    routes = {{}}
    async def add_route(self, routespec, target, data):
        self.routes[routespec] = {{"routespec": routespec, "target": target, "data": data}}
    async def delete_route(self, routespec):
        self.routes.pop(routespec, None)
    async def get_all_routes(self):
        return self.routes

c = get_config()
c.JupyterHub.proxy_class = NoProxy
c.JupyterHub.hub_port = hub_port
c.JupyterHub.bind_url = "http://127.0.0.1:1/"
c.JupyterHub.db_url = f"sqlite:///{{folder}}/hub.sqlite"
c.JupyterHub.cookie_secret_file = f"{{folder}}/cookie_secret"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.Authenticator.admin_users = {{"ada"}}
c.JupyterHub.allow_named_servers = True
c.JupyterHub.named_server_limit_per_user = 3
c.JupyterHub.services = [{{"name": "probe", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{"name": "probe", "services": ["probe"], "scopes": ["admin:users", "admin:servers"]}}
]
options = dict(
    scheduler="local",
    environments=[{{"id": "test", "name": "Test", "path": f"{{folder}}/bin"}}],
    data_roots=["/data"],
    state_dir=f"{{folder}}/state",
    service_port=service_port,
    service_user="nobody" if root else None,
    shared_account="nobody" if root else None,
    home_template=f"{{folder}}/homes/{{{{username}}}}",
)
configure(c, **{{**options, **json.loads({extra!r})}})
"""

# Answers like a single-user server, and shows its environment to the test.
SINGLEUSER = """#!{python}
import http.server, json, os
from urllib.parse import urlparse
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(dict(os.environ)).encode())
port = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"]).port
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


def start_hub(folder: Path, port: int, **extra: object) -> "subprocess.Popen[str]":
    """Write the hub's folder and start it; its words are in `folder/hub.log`."""
    (folder / "bin").mkdir()
    (folder / "static").mkdir()
    for name in ("form.js", "form.css"):
        (folder / "static" / name).write_text(f"/* {name} */")
    singleuser = folder / "bin" / "jupyterhub-singleuser"
    singleuser.write_text(SINGLEUSER.format(python=sys.executable))
    singleuser.chmod(0o755)
    # Node's own options are nothing to the Python in its place.
    node = folder / "node"
    skip = 'while [ "${1#--}" != "$1" ]; do shift; done'
    node.write_text(f'#!/bin/sh\n{skip}\nexec {sys.executable} "$@"\n')
    node.chmod(0o755)
    (folder / "fake_service.py").write_text((HERE / "fake_service.py").read_text())
    settings = json.dumps([str(folder), os.geteuid() == 0, port, free_port()])
    config = CONFIG.format(settings=settings, token=TOKEN, extra=json.dumps(extra))
    (folder / "config.py").write_text(config)
    with (folder / "hub.log").open("w") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(folder / "config.py")],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(HERE.parent)},
            stdout=log,
            stderr=log,
            text=True,
            start_new_session=True,
        )


class Hub(HubClient):
    """The hub as a test talks to it."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(f"http://127.0.0.1:{port}/hub")
        self.folder = folder


def choose(browser: requests.Session, hub: Hub, options: object) -> requests.Response:
    """Post the form."""
    field = {"beamtime_options": (None, json.dumps(options))}
    query = {"_xsrf": str(browser.headers["X-XSRFToken"])}
    return browser.post(
        f"{hub.url}/spawn", params=query, files=field, timeout=30, allow_redirects=False
    )


def report(hub: Hub, token: str, body: Any) -> int:
    headers = {"Authorization": f"token {token}"}
    url = f"{hub.url}/api/batchspawner"
    return requests.post(url, json=body, headers=headers, timeout=30).status_code


def session_environment(hub: Hub) -> dict[str, str]:
    """Ask alice's session, at the address that the hub has given to the proxy."""
    log = (hub.folder / "hub.log").read_text()
    [*_, address] = re.findall(r"Adding user alice to proxy \S+ => (http://\S+)", log)
    environment: dict[str, str] = requests.get(f"{address}/", timeout=30).json()
    return environment
