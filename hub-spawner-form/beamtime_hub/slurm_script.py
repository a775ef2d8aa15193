"""The script of a session's job."""

import shlex

from .service import AcceptedPlan

BATCH_SCRIPT = """#!/bin/bash
#SBATCH --job-name=beamtime
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
{% endif %}{% if options    %}#SBATCH {{options}}
{% endif %}
set -eo pipefail
trap 'echo "Slurm ends this session."' TERM
# srun does not take this from the job any more (Slurm 22.05).
export SRUN_CPUS_PER_TASK="${SLURM_CPUS_PER_TASK:-1}"
{{prologue}}
status=0
{% if srun %}{{srun}} {% endif %}{{cmd}} || status=$?
{{epilogue}}
exit "$status"
"""


def prologue(site: str, plan: AcceptedPlan | None) -> str:
    """Write what the script does before it starts the session.

    Parameters
    ----------
    site
        The site's own lines (`req_prologue`): first, as they may define `module`.
    plan
        Names the modules to load, and the environment whose programs come first.
    """
    lines = [site] if site else []
    if plan is not None:
        if plan["modules"]:
            lines.append("type module >/dev/null 2>&1 || . /etc/profile")
            lines.append(shlex.join(["module", "load", *plan["modules"]]))
        if "environmentPath" in plan:
            lines.append(f'export PATH={shlex.quote(plan["environmentPath"])}:"$PATH"')
    return "\n".join(lines)
