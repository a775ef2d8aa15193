"""Programs that sites and users describe: `.desktop` files and small YAML files."""
