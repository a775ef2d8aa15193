"""`python -m beamtime_desktop`: the gateway. See `gateway.main` for its options."""

import sys
from pathlib import Path

# `-m` puts the current folder first: a user's own `json.py` there would be ours.
if sys.path[:1] in ([""], [str(Path.cwd())]):
    del sys.path[0]

from beamtime_desktop.gateway import main

sys.exit(main())
