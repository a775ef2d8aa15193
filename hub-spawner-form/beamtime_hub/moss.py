"""Moving over from jupyterhub_moss: its `c.MOSlurmSpawner.*` work as they are."""

from collections.abc import Mapping
from typing import Any

import traitlets
from traitlets.config import Config
from traitlets.log import get_logger

from .checks import ConfigurationError
from .merging import is_set, listed, set_default
from .moss_information import DEFAULT_COMMAND, information_rules
from .moss_options import from_moss
from .moss_partitions import MossPolicy, read_partitions
from .moss_templates import find_template, site_html, template_problem
from .slurm import BeamtimeSlurmSpawner

SECTION = "MOSlurmSpawner"


class MOSlurmSpawner(BeamtimeSlurmSpawner):
    """Our spawner by the name of moss's, so that its sections of the configuration are read.

    Chosen by `configure` where `c.MOSlurmSpawner.partitions` is set. Options of moss that this
    class has not are named by JupyterHub in its log.
    """

    partitions = traitlets.Dict(help="Partitions and their environments, as in moss.").tag(
        config=True
    )
    slurm_info_cmd = traitlets.Unicode(
        DEFAULT_COMMAND, help="What slurm_info_resources is given; run once, by the hub."
    ).tag(config=True)
    slurm_info_resources = traitlets.Any(
        help="A function that gives the partitions' limits; called when the hub starts."
    ).tag(config=True)
    singularity_cmd = traitlets.List(
        traitlets.Unicode(), ["singularity", "exec"], help="What runs an image."
    ).tag(config=True)
    moss_environments = traitlets.Dict(
        help="By partition: moss's ids of environments, and those that they have here."
    ).tag(config=True)
    moss_template = traitlets.Unicode(help="The site's own option_form.html.").tag(config=True)

    def read_options(self, options: Mapping[str, Any]) -> dict[str, Any]:
        """Read a request that may be in moss's terms."""
        longest = {
            name: partition["max_runtime"] // 60
            for name, partition in self.partitions.items()
            if partition.get("max_runtime") is not None
        }
        return from_moss(options, self.moss_environments, longest)

    def site_html(self) -> str:
        """HTML of the site's own, to stand below the form."""
        if not self.moss_template:
            return ""
        return site_html(self.moss_template, self.partitions)


def read_moss(c: Config) -> MossPolicy | None:
    """Read a configuration of jupyterhub_moss; `None` if there is none.

    What cannot be carried over is logged, a line each with what to do: when the hub starts,
    its log shows them.

    Raises
    ------
    ConfigurationError
        `c.MOSlurmSpawner.partitions` is not as moss would take it.
    """
    if not is_set(c, SECTION, "partitions"):
        if c.get(SECTION):
            raise ConfigurationError(
                "beamtime_hub.configure: c.MOSlurmSpawner is set above this call, but not its "
                "partitions. Move the call to the end of the file; without jupyterhub_moss's "
                "partitions, call the section c.BeamtimeSlurmSpawner."
            )
        return None
    section = c[SECTION]
    policy = read_partitions(section.partitions)
    if is_set(c, SECTION, "slurm_info_resources"):
        command = section.slurm_info_cmd if is_set(c, SECTION, "slurm_info_cmd") else ""
        rules, notes = information_rules(
            command or DEFAULT_COMMAND, section.slurm_info_resources, policy.partitions
        )
        policy.rules.extend(rules)
        policy.notes.extend(notes)
    elif is_set(c, SECTION, "slurm_info_cmd"):
        policy.notes.append(
            "c.MOSlurmSpawner.slurm_info_cmd is not run: Beamtime asks scontrol, once for all "
            "people. Remove it."
        )
    set_default(c, SECTION, "moss_environments", policy.ids)
    template = find_template(listed(c, "JupyterHub", "template_paths"))
    if template is not None:
        problem = template_problem(template, section.partitions)
        if problem is None:
            set_default(c, SECTION, "moss_template", str(template))
        else:
            policy.notes.append(problem)
    for note in policy.notes:
        get_logger().warning("Moving over from jupyterhub_moss: %s", note)
    return policy
