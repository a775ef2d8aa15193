# shellcheck shell=bash
# The cluster: eight machines that are all this one. Sourced by up.sh, which sets
# DIR, PORT, ADDRESS, LOOPBACK_ONLY, JOBACCT, PRIVATE_DATA, ACCOUNTING and RELEASE (Slurm's release as one number: 2205 or 2311).

# shellcheck disable=SC2034 # For up.sh. Machines with a slurmd; dead01 is configured but never there.
NODES=(cpu01 cpu02 cpu03 cpu04 gpu01 gpu02 big01)

# Plugins that are the default in every release (task, switch, accounting: none) are left
# out: newer releases do not know the word `none` any more.
slurm_conf() {
  cat <<CONF
$MARK
ClusterName=beamtime
SlurmctldHost=localhost($ADDRESS)
SlurmctldPort=$PORT
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
StateSaveLocation=$DIR/state
SlurmdSpoolDir=$DIR/spool/%n
SlurmctldPidFile=$DIR/run/slurmctld.pid
SlurmdPidFile=$DIR/run/slurmd-%n.pid
SlurmctldLogFile=$DIR/log/slurmctld.log
SlurmdLogFile=$DIR/log/slurmd-%n.log
JobCompType=jobcomp/filetxt
JobCompLoc=$DIR/log/jobcomp.txt
# No cgroups and no task binding: nothing here needs a real host.
ProctrackType=proctrack/linuxproc
MpiDefault=none
# Machines are as large as we say they are.
SlurmdParameters=config_overrides
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
GresTypes=gpu
DefMemPerCPU=100
# Seconds for which a user's groups are remembered, 600 by default: the sample data makes
# groups while this runs.
GroupUpdateTime=1
# Quick turn-around.
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=2,sched_interval=2,batch_sched_delay=0,default_queue_depth=1000
SlurmdTimeout=60
SlurmctldTimeout=30
KillWait=5
UnkillableStepTimeout=30
MinJobAge=300
CompleteWait=0
InactiveLimit=0
MessageTimeout=10
PropagateResourceLimits=NONE
CONF
  if [ "$JOBACCT" = linux ]; then
    # Memory is sampled every second; a job above what it asked for is killed.
    printf '%s\n' JobAcctGatherType=jobacct_gather/linux JobAcctGatherFrequency=1 \
      JobAcctGatherParams=OverMemoryKill
  fi
  [ -z "$PRIVATE_DATA" ] || echo "PrivateData=$PRIVATE_DATA"
  [ "$ACCOUNTING" = 0 ] || accounting_settings
  [ "$LOOPBACK_ONLY" = 0 ] || echo CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
  machines
  partitions
}

# Each machine has a name of its own, which need not resolve, and a port of its own: so
# `slurmd -N` works where Slurm was built without --enable-multiple-slurmd, as Debian's is.
machines() {
  cat <<CONF
NodeName=DEFAULT State=UNKNOWN
NodeName=cpu01 NodeAddr=$ADDRESS Port=$((PORT + 1)) CPUs=32 RealMemory=128000 Feature=cascadelake,ib
NodeName=cpu02 NodeAddr=$ADDRESS Port=$((PORT + 2)) CPUs=32 RealMemory=128000 Feature=cascadelake,ib
NodeName=cpu03 NodeAddr=$ADDRESS Port=$((PORT + 3)) CPUs=64 RealMemory=256000 Feature=milan,ib
NodeName=cpu04 NodeAddr=$ADDRESS Port=$((PORT + 4)) CPUs=64 RealMemory=256000 Feature=milan
NodeName=gpu01 NodeAddr=$ADDRESS Port=$((PORT + 5)) CPUs=32 RealMemory=256000 Gres=gpu:a100:2 Feature=a100
NodeName=gpu02 NodeAddr=$ADDRESS Port=$((PORT + 6)) CPUs=16 RealMemory=128000 Gres=gpu:v100:4 Feature=v100
NodeName=big01 NodeAddr=$ADDRESS Port=$((PORT + 7)) CPUs=96 RealMemory=2000000 Feature=bigmem
NodeName=dead01 NodeAddr=$ADDRESS Port=$((PORT + 8)) CPUs=32 RealMemory=128000 State=DOWN Reason=no-such-machine
CONF
}

partitions() {
  cat <<'CONF'
PartitionName=DEFAULT State=UP DefaultTime=01:00:00
PartitionName=cpu    Nodes=cpu[01-04],dead01 Default=YES MaxTime=1-00:00:00
PartitionName=gpu    Nodes=gpu[01-02] MaxTime=12:00:00
PartitionName=bigmem Nodes=big01 MaxTime=7-00:00:00 DefMemPerCPU=8000
PartitionName=short  Nodes=cpu[01-02] MaxTime=00:01:00 DefaultTime=00:01:00 PriorityJobFactor=10
PartitionName=tiny   Nodes=cpu01 MaxTime=00:30:00 DefaultTime=00:10:00 MaxMemPerNode=2000 MaxCPUsPerNode=2
PartitionName=beam   Nodes=cpu03 MaxTime=1-00:00:00 AllowGroups=bob
PartitionName=closed Nodes=cpu02 State=DOWN
CONF
}

# GPUs need a file each, or Slurm drops them; any plain file will do.
gres_conf() {
  cat <<CONF
NodeName=gpu01 Name=gpu Type=a100 File=$DIR/dev/nvidia[0-1]
NodeName=gpu02 Name=gpu Type=v100 File=$DIR/dev/nvidia[0-3]
CONF
}

# Slurm loads a cgroup plugin even where none is used. v2 asks systemd over dbus, which is
# not there; v1 touches nothing until it is used; 24.05 and later can be told to load none.
cgroup_conf() {
  if [ "$RELEASE" -ge 2405 ]; then
    echo CgroupPlugin=disabled
  else
    echo CgroupPlugin=cgroup/v1
  fi
  printf '%s\n' ConstrainCores=no ConstrainRAMSpace=no
}
