"""A hub with its real proxy, as `beamtime_hub.configure` sets it up for idleness."""

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(os.environ["BEAMTIME_TEST_HOME"])
PROXY, API, HUB = (int(port) for port in os.environ["BEAMTIME_TEST_PORTS"].split())

# The file alone: the rest of beamtime_hub needs what the hub's environment has.
spec = importlib.util.spec_from_file_location(
    "true_idle", ROOT / "hub-spawner-form/beamtime_hub/proxy.py"
)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)

c = get_config()  # noqa: F821
c.JupyterHub.proxy_class = module.TrueIdleProxy
c.JupyterHub.bind_url = f"http://127.0.0.1:{PROXY}/"
c.JupyterHub.hub_port = HUB
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{API}"
c.ConfigurableHTTPProxy.command = [
    "node",
    str(ROOT / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"),
]
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.cookie_secret_file = str(HERE / "cookie_secret")
c.JupyterHub.last_activity_interval = 1  # How often the hub asks the proxy.
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(HERE)
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser", "--allow-root"]
c.Spawner.args = [f"--config={ROOT / 'desktop-proxy/tests/hub_user_config.py'}"]
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
c.Spawner.environment = {
    "JUPYTERHUB_ACTIVITY_INTERVAL": "1",
    "PYTHONPATH": str(ROOT / "desktop-proxy"),
    "TMPDIR": str(HERE),
    "PATH": os.environ["PATH"],
    "BEAMTIME_TEST": str(HERE),
}
c.JupyterHub.services = [{"name": "probe", "api_token": "probe-" * 6}]
c.JupyterHub.load_roles = [
    {
        "name": "probe",
        "services": ["probe"],
        "scopes": [
            "admin:users",
            "admin:servers",
            "tokens",
        ],
    }
]
