"""The hub of the demo and of the end-to-end tests.

Everything that differs between them is in the JSON of the environment variable
BEAMTIME_FACILITY, written by facility.ts (type `HubSettings`). What an admin would
write is the call of `beamtime_hub.configure`; the rest is this facility's own.
"""

import json
import os

import beamtime_hub

s = json.loads(os.environ["BEAMTIME_FACILITY"])
c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.JupyterHub.bind_url = f"http://127.0.0.1:{s['port']}{s['baseUrl']}"
c.JupyterHub.hub_port = s["hubPort"]
c.JupyterHub.db_url = f"sqlite:///{s['state']}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{s['state']}/cookie_secret"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{s['proxyPort']}"
c.ConfigurableHTTPProxy.pid_file = f"{s['state']}/proxy.pid"
c.ConfigurableHTTPProxy.command = s["proxyCommand"]
c.JupyterHub.allow_named_servers = True
c.JupyterHub.template_vars = {"announcement": s["banner"]} if s["banner"] else {}

c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = s["password"]
c.Authenticator.allowed_users = set(s["users"])
c.Authenticator.admin_users = set(s["admins"])

c.Spawner.default_url = s["landing"]
c.Spawner.start_timeout = 180
c.Spawner.http_timeout = 120
c.Spawner.poll_interval = s["pollSeconds"]

if s["kind"] == "slurm":
    # All machines of this cluster are this one; their names do not resolve.
    c.BatchSpawnerBase.state_exechost_exp = "127.0.0.1"
    c.BatchSpawnerBase.exec_prefix = "runuser -u {username} --"

beamtime_hub.configure(
    c,
    scheduler=s["kind"],
    environments=[
        {
            "id": "analysis",
            "name": "Analysis",
            "description": "Python with h5py, matplotlib and nexusformat",
            "path": s["labBin"],
        }
    ],
    partitions={
        "local": {"title": "This machine", "description": "The computer the hub runs on"},
        "cpu": {"title": "Everyday analysis", "description": "x86_64, 32 or 64 cores"},
        "gpu": {"title": "With a graphics card", "description": "A100 or V100"},
        "bigmem": {"title": "Very large memory", "description": "96 cores, 2 TB"},
        "short": {"title": "A quick look", "description": "At most a minute"},
        "beam": {"title": "During beamtime", "description": "Kept for running experiments"},
    },
    durations=[1, 30, 60, 120, 240, 480, 720, 1440],
    catalogue=s["catalogue"],
    data_roots=s["dataRoots"],
    state_dir=f"{s['state']}/service",
    service_port=s["servicePort"],
    service_user=s["serviceUser"],
    shared_account=s["sharedAccount"],
    home_template=s["homeTemplate"],
)
