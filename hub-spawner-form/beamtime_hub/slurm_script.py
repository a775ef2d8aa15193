"""The script of a session's job: its variables come from the accepted plan, and the site."""

import re
import shlex
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Template

from .service import AcceptedPlan, BatchVariables

BATCH_SCRIPT = """#!/bin/bash
#SBATCH --job-name=beamtime{% if server %}-{{server}}{% endif %}
#SBATCH --no-requeue
#SBATCH --output={{output}}
#SBATCH --chdir={{homedir}}
#SBATCH --export={{keepvars}}
#SBATCH --get-user-env=L
{% if partition  %}#SBATCH --partition={{partition}}
{% endif %}{% if nprocs     %}#SBATCH --nodes=1 --ntasks=1 --cpus-per-task={{nprocs}}
{% endif %}{% if memory     %}#SBATCH --mem={{memory}}
{% endif %}{% if runtime    %}#SBATCH --time={{runtime}}
{% endif %}{% if gres       %}#SBATCH --gres={{gres}}
{% endif %}{% if account    %}#SBATCH --account={{account}}
{% endif %}{% if qos        %}#SBATCH --qos={{qos}}
{% endif %}{% if cluster    %}#SBATCH --clusters={{cluster}}
{% endif %}{% if reservation%}#SBATCH --reservation={{reservation}}
{% endif %}{% if constraint %}#SBATCH --constraint={{constraint}}
{% endif %}{% if exclusive  %}#SBATCH --exclusive
{% endif %}{% for option in extra_options %}#SBATCH {{option}}
{% endfor %}{% if site_options %}#SBATCH {{site_options}}
{% endif %}
set -eo pipefail
trap 'echo "Slurm ends this session."' TERM
# The hub looks at Slurm sooner. The token is not on the command line, which others can see.
tell_hub() {
  command -v curl >/dev/null || return 0
  printf 'header = "Authorization: token %s"\n' "$JUPYTERHUB_API_TOKEN" |
    curl -s -m 3 -K - -H 'Content-Type: application/json' -d "{\"ended\": $1}" \
      "$JUPYTERHUB_API_URL/batchspawner" >/dev/null 2>&1 || return 0
}
trap 'ended=$?; tell_hub "$ended"; exit "$ended"' EXIT
# A hub that is just being restarted takes no report: wait for it, ten minutes at most.
hub=${JUPYTERHUB_API_URL#*://} hub=${hub%%/*}
case $JUPYTERHUB_API_URL in *://*:*/*) ;; https*) hub=$hub:443 ;; *) hub=$hub:80 ;; esac
for _ in $(seq 120); do
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "${hub%:*}" "${hub##*:}" 2>/dev/null && break
  echo "The hub at $hub does not answer yet."
  sleep 5
done
# srun does not take this from the job any more (Slurm 22.05).
export SRUN_CPUS_PER_TASK="${SLURM_CPUS_PER_TASK:-1}"
{{prologue}}
status=0
{% if srun %}{{srun}} {% endif %}{{cmd}} || status=$?
{{epilogue}}
exit "$status"
"""


_SAFE = re.compile(r"[A-Za-z0-9_.:,@+/=-]*")
_SAFE_CONSTRAINT = re.compile(r"[A-Za-z0-9_.:=+&|-]*")
_SAFE_OPTION = re.compile(r"--[a-z][a-z-]*(=[A-Za-z0-9_.:,@+/=%^*-]*)?")

TEXTS = (
    "partition",
    "nprocs",
    "memory",
    "runtime",
    "gres",
    "account",
    "qos",
    "reservation",
    "constraint",
)
"""The plan's variables that are one word each."""


def unsafe(batch: BatchVariables) -> str | None:
    """Name the first of the plan's variables that could be more than it says; `None` if none.

    The service has checked them all. This is for the day on which it has a fault.
    """
    for name in TEXTS:
        value = batch.get(name, "")
        safe = _SAFE_CONSTRAINT if name == "constraint" else _SAFE
        if not isinstance(value, str) or not safe.fullmatch(value):
            return f"{name}={value!r}"
    for option in batch.get("options", ()):
        if not isinstance(option, str) or not _SAFE_OPTION.fullmatch(option):
            return f"options={option!r}"
    return None


@lru_cache(maxsize=8)
def compiled(template: str) -> Template | str:
    """Compile a template once: it takes some milliseconds, in which the hub answers nobody."""
    return Template(template) if "{{" in template or "{%" in template else template


def script_variables(site: Mapping[str, str], plan: AcceptedPlan | None) -> dict[str, Any]:
    """Give the script's variables: the site's, and the plan's over them.

    Parameters
    ----------
    site
        batchspawner's `req_*`. What the plan does not ask for stays as the site has it.
    plan
        What the service has accepted; `None` before that.

    Returns
    -------
    Variables for the template. `options` has in one line what our own template writes line by
    line, for a template of the site's own.
    """
    variables: dict[str, Any] = {**site, "site_options": site.get("options", "")}
    variables.update({"constraint": "", "exclusive": False, "extra_options": []})
    variables["prologue"] = prologue(site.get("prologue", ""), plan, site.get("homedir", ""))
    if plan is None:
        return variables
    batch = plan["batch"]
    # An empty amount is what Slurm gives by itself, and no default of the site's.
    for name in TEXTS:
        if name in batch:
            variables[name] = batch[name]  # type: ignore[literal-required]
    variables["exclusive"] = batch.get("exclusive", False)
    variables["extra_options"] = list(batch.get("options", []))
    variables["options"] = " ".join(_in_one_line(batch, site.get("options", "")))
    return variables


def _in_one_line(batch: BatchVariables, site: str) -> list[str]:
    constraint = batch.get("constraint", "")
    return [
        *([f"--constraint={constraint}"] if constraint else []),
        *(["--exclusive"] if batch.get("exclusive") else []),
        *batch.get("options", []),
        *([site] if site else []),
    ]


def at_home(path: str, home: str) -> str:
    """Write out the `~` at the start of a path."""
    return f"{home}{path[1:]}" if path == "~" or path.startswith("~/") else path


def session_words(
    command: Sequence[str], plan: AcceptedPlan | None, home: str, container: Sequence[str]
) -> list[str]:
    """Give the command of the session in its environment, word by word.

    Parameters
    ----------
    command
        The programs by their names or paths, the first one being looked for in the environment.
    plan
        Names the environment.
    home
        The person's home, absolute.
    container
        What runs an image: `apptainer exec`.
    """
    if plan is None or not command:
        return list(command)
    name = command[0].rpartition("/")[2]
    if "image" in plan:
        return [*container, at_home(plan["image"], home), name, *command[1:]]
    if "environmentPath" in plan:
        folder = at_home(plan["environmentPath"], home).rstrip("/")
        return [f"{folder}/{name}", *command[1:]]
    return list(command)


def prologue(site: str, plan: AcceptedPlan | None, home: str = "") -> str:
    """Write what the script does before it starts the session.

    Parameters
    ----------
    site
        The site's own lines (`req_prologue`): first, as they may define `module`.
    plan
        Names the modules to load, the environment's own lines, and the folder whose programs
        come first.
    home
        The person's home, absolute.
    """
    lines = [site] if site else []
    if plan is not None:
        if plan["modules"]:
            lines.append("type module >/dev/null 2>&1 || . /etc/profile")
            lines.append(shlex.join(["module", "load", *plan["modules"]]))
        if plan.get("prologue"):
            lines.append(plan["prologue"])
        if "environmentPath" in plan and plan.get("addToPath", True):
            folder = at_home(plan["environmentPath"], home)
            lines.append(f'export PATH={shlex.quote(folder)}:"$PATH"')
    return "\n".join(lines)
