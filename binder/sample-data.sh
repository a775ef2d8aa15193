# shellcheck shell=bash
# The sample data of a session. Sourced by postBuild and start in the checkout.

DATA=${BEAMTIME_DATA:-$HOME/.local/share/beamtime}
# Beside the data: the session may only be led to what lies below this file's folder.
EXPERIMENTS_FILE=$DATA/experiments.json

# Makes what is missing (half a second when all is there) and writes the experiments anew,
# so that the running measurement and the coming one are dated from today.
make_sample_data() {
  mkdir -p "$DATA"
  python tests/facility/data/make_data.py "$DATA" --offline-file "$EXPERIMENTS_FILE"
}
