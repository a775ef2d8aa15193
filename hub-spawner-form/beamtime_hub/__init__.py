"""JupyterHub for facilities: the session form, the spawners and the Beamtime service.

In ``jupyterhub_config.py``::

    import beamtime_hub

    beamtime_hub.configure(c, scheduler="slurm", environments=[...], state_dir="/var/lib/beamtime")
"""

from .configuration import configure
from .local import BeamtimeLocalSpawner
from .options import ConfigurationError
from .slurm import BeamtimeSlurmSpawner
from .spawner import BeamtimeSpawner

__all__ = [
    "BeamtimeLocalSpawner",
    "BeamtimeSlurmSpawner",
    "BeamtimeSpawner",
    "ConfigurationError",
    "configure",
]
