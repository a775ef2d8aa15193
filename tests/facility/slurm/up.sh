#!/bin/bash
# Starts a real Slurm (Debian's or Ubuntu's slurm-wlm and munge) on this one machine, as
# root, without systemd. Run again, it starts what is missing and applies new options.
#
#   up.sh [--dir DIR] [--users "alice bob"] [--jobacct linux|none] [--private-data WORDS]
#         [--accounting] [--clean]
#     --dir           state, logs and pid files; or BEAMTIME_SLURM_DIR. At most 60 characters,
#                     and every user must be able to reach it.
#     --users         Unix accounts to make where they are missing
#     --jobacct       linux: jobs above the memory they asked for are killed (default: none)
#     --private-data  Slurm's PrivateData, e.g. jobs: users see only their own
#     --accounting    accounts and priority classes, by slurmdbd and a MariaDB of its own
#     --clean         cancel the jobs of an earlier run and forget its state
#   BEAMTIME_SLURM_PORT  first of 10 TCP ports (default 17800)
#
# Slurm's commands find the cluster through links in /etc/slurm; where these belong to
# another cluster, nothing is touched. down.sh stops it.
set -euo pipefail
umask 022
PROGRAM=up.sh
HERE=$(cd "$(dirname "$0")" && pwd)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$HERE/lib.sh"

DIR=${BEAMTIME_SLURM_DIR:-} PORT=${BEAMTIME_SLURM_PORT:-17800}
USERS=() JOBACCT=none PRIVATE_DATA='' CLEAN=0 ACCOUNTING=0
while [ $# -gt 0 ]; do
  case $1 in
    --clean) CLEAN=1 && shift && continue ;;
    --accounting) ACCOUNTING=1 && shift && continue ;;
    --dir | --users | --jobacct | --private-data) [ $# -ge 2 ] || refuse "$1 needs a value." ;;
    *) refuse "There is no option $1. See the head of $0." ;;
  esac
  case $1 in
    --dir) DIR=$2 ;;
    --users) read -ra USERS <<<"$2" ;;
    --jobacct) JOBACCT=$2 ;;
    --private-data) PRIVATE_DATA=$2 ;;
  esac
  shift 2
done

check_options() {
  [ "$(id -u)" = 0 ] || refuse 'Slurm starts jobs as other users, so this must run as root.'
  [ -n "$DIR" ] || refuse 'Say where it may keep its state: --dir DIR or BEAMTIME_SLURM_DIR.'
  [[ $DIR =~ ^/[A-Za-z0-9/._-]{1,59}$ ]] ||
    refuse "$DIR must be an absolute path of at most 60 plain characters: Unix sockets lie below it."
  [[ $JOBACCT =~ ^(linux|none)$ ]] || refuse "--jobacct $JOBACCT: give linux or none."
  [[ $PRIVATE_DATA =~ ^[a-z,]*$ ]] || refuse "--private-data $PRIVATE_DATA: give words of Slurm's PrivateData."
  [[ $PORT =~ ^[1-9][0-9]{3,4}$ && $PORT -ge 1024 && $PORT -le 65000 ]] ||
    refuse "BEAMTIME_SLURM_PORT=$PORT: give a port from 1024 to 65000."
  local user program
  for user in "${USERS[@]}"; do
    [[ $user =~ ^[a-z][a-z0-9_-]{0,30}$ ]] || refuse "--users: $user is not the name of an account."
  done
  for program in munged munge slurmctld slurmd scontrol runuser; do
    command -v "$program" >/dev/null ||
      refuse "$program is missing. On Debian or Ubuntu: apt-get install slurm-wlm munge"
  done
}

# A cluster that is not ours stays as it is, whatever was asked.
check_machine() {
  local pid port
  OTHER=$(configured_dir) ||
    refuse "/etc/slurm/slurm.conf belongs to another cluster: nothing was changed. Use a machine without Slurm, or move the file away if that cluster is gone."
  [ "$OTHER" != "$DIR" ] || OTHER=
  if [ -n "$OTHER" ] && [ -n "$(running_daemons "$OTHER")" ]; then
    refuse "The Slurm of another checkout runs on this machine. Stop it first: $HERE/down.sh --dir $OTHER"
  fi
  for pid in $(pgrep -x slurmctld || true); do
    [ "$pid" = "$(cat "$DIR/run/slurmctld.pid" 2>/dev/null)" ] ||
      refuse "A slurmctld that is not ours runs already (process $pid): nothing was changed."
  done
  [ -z "$(running_daemons "$DIR")" ] || return 0
  for port in $(seq "$PORT" $((PORT + 7))); do
    if (exec 3<>"/dev/tcp/$ADDRESS/$port") 2>/dev/null; then
      refuse "Port $port is taken. Set BEAMTIME_SLURM_PORT to the first of 10 free ports."
    fi
  done
}

# Slurm's daemons listen on every address, or on the one that the machine's name stands
# for: the latter is what we want where it is a loopback address, as Debian sets it up.
find_address() {
  ADDRESS=$({ getent ahostsv4 "$(hostname)" || true; } | awk 'NR == 1 { print $1 }')
  LOOPBACK_ONLY=1
  if [[ $ADDRESS != 127.* ]]; then
    ADDRESS=127.0.0.1 LOOPBACK_ONLY=0
  fi
}

make_users() {
  local user
  for user in "${USERS[@]}"; do
    id "$user" >/dev/null 2>&1 || useradd -m -K HOME_MODE=0700 -s /bin/bash "$user"
  done
}

make_folders() {
  mkdir -p "$DIR"/{etc,state,spool,run,log,dev}
  chmod 755 "$DIR" "$DIR"/{etc,spool,run,log,dev}
  chmod 700 "$DIR/state"
  touch "$DIR"/dev/nvidia{0,1,2,3}
  runuser -u nobody -- test -x "$DIR/spool" ||
    refuse "Users cannot reach $DIR, where their jobs' scripts lie. Give a folder outside private ones such as /root."
}

start_munge() {
  if munge -n >/dev/null 2>&1; then
    # Left behind by a checkout whose Slurm is gone: now ours to stop.
    [ -z "$OTHER" ] || [ ! -e "$OTHER/run/started-munged" ] ||
      mv "$OTHER/run/started-munged" "$DIR/run/started-munged"
    return 0
  fi
  # munged refuses folders that others could write to: they stay where the package has them.
  install -d -o munge -g munge -m 755 /run/munge
  install -d -o munge -g munge -m 700 /etc/munge /var/log/munge
  install -d -o munge -g munge -m 711 /var/lib/munge
  if [ ! -s /etc/munge/munge.key ]; then
    (umask 077 && head -c 128 /dev/urandom >/etc/munge/munge.key)
    chown munge: /etc/munge/munge.key
  fi
  rm -f /run/munge/munge.socket.2*
  runuser -u munge -- munged --num-threads 4 </dev/null >>"$DIR/log/munged.log" 2>&1 ||
    refuse "munged did not start: $(tail -n 3 "$DIR/log/munged.log")"
  wait_for 5 munge -n || refuse 'munged does not answer. See /var/log/munge/munged.log.'
  touch "$DIR/run/started-munged"
}

# Writes the configuration; CHANGED says whether it differs from the one that runs.
configure() {
  local version name
  version=$(slurmctld -V)
  [[ $version =~ ([0-9]+)\.([0-9]+) ]] || refuse "Cannot read Slurm's version from: $version"
  RELEASE=$((10#${BASH_REMATCH[1]} * 100 + 10#${BASH_REMATCH[2]}))
  # shellcheck source-path=SCRIPTDIR source=conf.sh
  . "$HERE/conf.sh"
  for name in "${FILES[@]}"; do
    "${name}_conf" >"$DIR/etc/$name.conf.new"
  done
  CHANGED=0
  mkdir -p /etc/slurm
  for name in "${FILES[@]}"; do
    cmp -s "$DIR/etc/$name.conf.new" "$DIR/etc/$name.conf" || CHANGED=1
    mv "$DIR/etc/$name.conf.new" "$DIR/etc/$name.conf"
    ln -sfn "$DIR/etc/$name.conf" "/etc/slurm/$name.conf"
  done
}

nodes_answer() {
  local up
  up=$(sinfo -h -N -n "$(IFS=, && echo "${NODES[*]}")" -o '%N %T' | sort -u |
    grep -Evc 'down|unknown|inval|\*')
  [ "$up" -ge "${#NODES[@]}" ]
}

start_daemons() {
  local node pids=()
  if ! alive "$DIR/run/slurmctld.pid" slurmctld; then
    slurmctld </dev/null >>"$DIR/log/start.log" 2>&1 ||
      refuse "slurmctld did not start: $(tail -n 5 "$DIR/log/start.log")"
  fi
  wait_for 10 scontrol ping || refuse "slurmctld does not answer. See $DIR/log/slurmctld.log."
  for node in "${NODES[@]}"; do
    mkdir -p "$DIR/spool/$node"
    if ! alive "$DIR/run/slurmd-$node.pid" slurmd; then
      slurmd -N "$node" </dev/null >>"$DIR/log/start.log" 2>&1 &
      pids+=($!)
    fi
  done
  [ ${#pids[@]} = 0 ] || wait "${pids[@]}" ||
    refuse "A slurmd did not start:
$(grep -h error "$DIR"/log/slurmd-*.log | tail -n 3)"
  wait_for 20 nodes_answer || refuse "Not all machines came up. See $DIR/log.
$(sinfo -N)"
}

# One machine that was taken out of use, and a reservation: what real clusters have.
dress() {
  scontrol update NodeName=cpu04 State=DRAIN Reason='drained on purpose'
  if id alice >/dev/null 2>&1 && ! scontrol show reservation beamtime >/dev/null 2>&1; then
    scontrol create reservation ReservationName=beamtime StartTime=now Duration=7-00:00:00 \
      Users=alice Nodes=cpu03 Flags=IGNORE_JOBS,FLEX >/dev/null
  fi
}

unset SLURM_CONF
check_options
find_address
# shellcheck source-path=SCRIPTDIR source=accounting.sh
. "$HERE/accounting.sh"
check_machine
if [ "$CLEAN" = 1 ]; then
  cancel_jobs
  stop_daemons
  stop_accounting
  rm -rf "$DIR/state" "$DIR/spool" "$DIR/log" "$DIR/mariadb"
fi
make_users
make_folders
start_munge
configure
if [ "$CHANGED" = 1 ]; then
  # Some settings are read at start only; running jobs live through a restart.
  stop_daemons
fi
if [ "$ACCOUNTING" = 1 ]; then
  start_accounting
fi
start_daemons
dress
