#!/bin/bash
# Stops what up.sh started, and nothing else: jobs, daemons, the links in /etc/slurm, and
# munged if it was not there before. Accounts and logs stay.
#
#   down.sh [--dir DIR] [--purge]
#     --dir    the folder given to up.sh; or BEAMTIME_SLURM_DIR
#     --purge  delete the folder too
set -euo pipefail
PROGRAM=down.sh
HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$HERE/lib.sh"

DIR=${BEAMTIME_SLURM_DIR:-} PURGE=0
while [ $# -gt 0 ]; do
  case $1 in
    --purge) PURGE=1 && shift ;;
    --dir) [ $# -ge 2 ] || refuse '--dir needs a value.' && DIR=$2 && shift 2 ;;
    *) refuse "There is no option $1. See the head of $0." ;;
  esac
done
[ "$(id -u)" = 0 ] || refuse 'This must run as root, as up.sh did.'
[ -n "$DIR" ] || refuse 'Say which: --dir DIR or BEAMTIME_SLURM_DIR.'

unset SLURM_CONF
# Asked only if the commands would reach this very cluster.
if [ "$(configured_dir || true)" = "$DIR" ]; then
  cancel_jobs
fi
stop_daemons
# shellcheck source-path=SCRIPTDIR source=accounting.sh
. "$HERE/accounting.sh"
stop_accounting
for name in "${FILES[@]}" slurmdbd; do
  if [ "$(readlink "/etc/slurm/$name.conf" || true)" = "$DIR/etc/$name.conf" ]; then
    rm -f "/etc/slurm/$name.conf"
  fi
done
if [ -e "$DIR/run/started-munged" ]; then
  stop /run/munge/munged.pid munged
  rm -f "$DIR/run/started-munged"
fi
if [ "$PURGE" = 1 ]; then
  rm -rf "$DIR"
fi
