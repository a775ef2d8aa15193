"""The peer's hub, as its documentation sets it up: jupyterhub_moss on the same Slurm."""

import json
import os

import jupyterhub_moss

s = json.loads(os.environ["BEAMTIME_FACILITY"])
c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.JupyterHub.bind_url = f"http://127.0.0.1:{s['port']}{s['baseUrl']}"
c.JupyterHub.hub_port = s["hubPort"]
c.JupyterHub.db_url = f"sqlite:///{s['state']}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{s['state']}/cookie_secret"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{s['proxyPort']}"
c.ConfigurableHTTPProxy.pid_file = f"{s['state']}/proxy.pid"
c.ConfigurableHTTPProxy.command = s["proxyCommand"]
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = s["password"]
c.Authenticator.allowed_users = set(s["users"])

jupyterhub_moss.set_config(c)
c.MOSlurmSpawner.partitions = {
    "cpu": {
        "architecture": "x86_64",
        "description": "Everyday analysis",
        "simple": True,
        "jupyter_environments": {
            "analysis": {"description": "Analysis", "path": f"{s['labBin']}/"},
        },
    },
    "beam": {
        "architecture": "x86_64",
        "description": "During beamtime",
        "simple": False,
        "jupyter_environments": {
            "analysis": {"description": "Analysis", "path": f"{s['labBin']}/"},
        },
    },
}
c.MOSlurmSpawner.state_exechost_exp = "127.0.0.1"
c.MOSlurmSpawner.exec_prefix = "runuser -u {username} --"
c.Spawner.http_timeout = 120
c.Spawner.default_url = s["landing"]
