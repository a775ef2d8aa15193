"""A hub that ran jupyterhub_moss and was moved over: of its lines, two are others.

The partitions are written as moss documents them, for the machines of this facility.
"""

import json
import os
from pathlib import Path

import beamtime_hub  # Was: import jupyterhub_moss

s = json.loads(os.environ["BEAMTIME_FACILITY"])
c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.JupyterHub.bind_url = f"http://127.0.0.1:{s['port']}{s['baseUrl']}"
c.JupyterHub.hub_port = s["hubPort"]
c.JupyterHub.db_url = f"sqlite:///{s['state']}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = f"{s['state']}/cookie_secret"
c.JupyterHub.template_paths = [str(Path(__file__).parent / "templates")]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{s['proxyPort']}"
c.ConfigurableHTTPProxy.pid_file = f"{s['state']}/proxy.pid"
c.ConfigurableHTTPProxy.command = s["proxyCommand"]
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = s["password"]
c.Authenticator.allowed_users = set(s["users"])

c.MOSlurmSpawner.partitions = {
    "cpu": {
        "architecture": "x86_64",
        "description": "Everyday",
        "gpu": None,
        "max_ngpus": 0,
        "max_nprocs": 8,
        "max_runtime": 2 * 3600,
        "simple": True,
        "jupyter_environments": {
            "default": {
                "description": "Analysis",
                "path": f"{s['labBin']}/",
                "modules": "",
                "add_to_path": True,
                "prologue": "",
            },
        },
    },
    "gpu": {
        "architecture": "x86_64",
        "description": "Learning",
        "gpu": "gpu:v100:{}",
        "max_ngpus": 2,
        "simple": True,
        "jupyter_environments": {
            "default": {
                "description": "Learning",
                "path": f"{s['labBin']}/",
                "add_to_path": False,
                "prologue": "echo 'Starting default environment'\nexport SITE_SAYS=learning",
            },
        },
    },
    "bigmem": {
        "description": "Very large memory",
        "simple": False,
        "jupyter_environments": {
            "default": {"description": "Analysis", "path": f"{s['labBin']}/"},
        },
    },
}
c.MOSlurmSpawner.slurm_info_cmd = "sinfo -a --noheader -o '%R %F %c %C %G %m %l'"
c.MOSlurmSpawner.req_options = "--comment=moved"
c.SlurmSpawner.exec_prefix = "runuser -u {username} --"
c.BatchSpawnerBase.state_exechost_exp = "127.0.0.1"
c.Spawner.http_timeout = 120
c.Spawner.poll_interval = s["pollSeconds"]

# Was: jupyterhub_moss.set_config(c)
beamtime_hub.configure(
    c,
    state_dir=f"{s['state']}/service",
    service_user=s["serviceUser"],
    service_port=s["servicePort"],
)
