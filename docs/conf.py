"""Configuration of the documentation (Sphinx with MyST)."""

project = "Beamtime"
author = "The Beamtime founders"
release = "0.1.0"
extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_theme_options = {
    "description": "JupyterHub for synchrotron, neutron and laser facilities",
    "fixed_sidebar": True,
    # No badge, no font and no script from elsewhere.
    "github_button": False,
}
html_sidebars = {"**": ["about.html", "navigation.html", "searchbox.html"]}
