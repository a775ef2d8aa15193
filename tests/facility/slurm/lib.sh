# shellcheck shell=bash
# What up.sh and down.sh share. Sourced, not run; expects PROGRAM (for messages) and DIR.
# shellcheck disable=SC2034 # Constants for those who source it.

# The first line of every slurm.conf that up.sh writes: how we know what is ours.
MARK='# Made by tests/facility/slurm/up.sh of Beamtime: a throwaway cluster, this machine only.'
FILES=(slurm gres cgroup)

refuse() {
  printf '%s: %s\n' "$PROGRAM" "$*" >&2
  exit 1
}

# alive PIDFILE NAME: whether the process of the pid file is there and is what it should be.
alive() {
  local pid
  [ -s "$1" ] && pid=$(cat "$1") && [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = "$2" ]
}

# wait_for SECONDS COMMAND...: until the command succeeds.
wait_for() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -le "$end" ] || return 1
    sleep 0.05
  done
}

gone() { ! kill -0 "$1" 2>/dev/null; }

# stop PIDFILE NAME: ends a daemon, by force after 5 s.
stop() {
  local pid
  if alive "$1" "$2"; then
    pid=$(cat "$1")
    kill "$pid" 2>/dev/null || true
    wait_for 5 gone "$pid" || kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$1"
}

# Pid files of the daemons of a state folder that run, one a line.
running_daemons() {
  local file
  for file in "$1"/run/slurmd-*.pid; do
    if alive "$file" slurmd; then echo "$file"; fi
  done
  if alive "$1/run/slurmctld.pid" slurmctld; then echo "$1/run/slurmctld.pid"; fi
}

stop_daemons() {
  local file
  # The controller last: it hears of the nodes' last jobs.
  for file in "$DIR"/run/slurmd-*.pid; do
    [ ! -e "$file" ] || stop "$file" slurmd &
  done
  wait
  stop "$DIR/run/slurmctld.pid" slurmctld
}

no_jobs() {
  local jobs
  jobs=$(timeout 5 squeue -h -o %A) && [ -z "$jobs" ]
}

# Cancels everything and waits for it: a node's daemon that goes first leaves its jobs behind.
cancel_jobs() {
  alive "$DIR/run/slurmctld.pid" slurmctld || return 0
  timeout 10 squeue -h -o %A 2>/dev/null | sort -u | xargs -r timeout 20 scancel 2>/dev/null || true
  wait_for 15 no_jobs || echo "$PROGRAM: some jobs did not end within 15 s; see $DIR/log" >&2
}

# The state folder whose configuration /etc/slurm holds: empty if there is none.
# Fails if what is there was not made by up.sh.
configured_dir() {
  local conf=/etc/slurm/slurm.conf first=
  [ -e "$conf" ] || [ -L "$conf" ] || return 0
  [ -L "$conf" ] || return 1
  [ ! -e "$conf" ] || read -r first <"$conf"
  # A link of ours outlives its folder when the folder is deleted by hand.
  if [ "$first" = "$MARK" ] || [ "$(readlink "$conf")" = "$DIR/etc/slurm.conf" ]; then
    dirname "$(dirname "$(readlink "$conf")")"
  else
    return 1
  fi
}
