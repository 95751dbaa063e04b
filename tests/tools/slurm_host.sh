#!/bin/bash
# slurm_host.sh start|stop FOLDER: Debian's slurm-wlm on this host alone, all its state in FOLDER, without root's configuration and
# without munge (auth/none is not built in Debian: a munge of our own runs on a socket in FOLDER). Ends with 1 and a reason when it
# cannot run here.
set -u
folder=$2
if [ "$1" = stop ]; then
  for name in slurmd slurmctld munged; do [ -f "$folder/$name.pid" ] && kill "$(cat "$folder/$name.pid")" 2>/dev/null; done
  exit 0
fi
for tool in slurmctld slurmd sbatch munged; do command -v $tool >/dev/null || PATH=$PATH:/usr/sbin; command -v $tool >/dev/null || { echo "$tool is not installed"; exit 1; }; done
[ "$(id -u)" = 0 ] || { echo "slurmd wants root"; exit 1; }
mkdir -p "$folder/state" "$folder/spool"; chmod 755 "$folder"
host=$(hostname -s) port=$((20000 + $$ % 20000))
head -c 1024 /dev/urandom >"$folder/munge.key"; chmod 600 "$folder/munge.key"
chmod 755 "$(dirname "$folder")"
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munge.seed" || { echo "munged does not start"; exit 1; }
cat >"$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
MpiDefault=none
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=10 State=UP
CONF
export SLURM_CONF=$folder/slurm.conf
slurmctld && slurmd || { echo "slurm does not start: $(tail -1 "$folder/slurmd.log" 2>/dev/null)"; exit 1; }
for _ in $(seq 50); do sinfo -h -o %t 2>/dev/null | grep -q idle && exit 0; sleep 0.2; done
echo "the node does not come up: $(tail -1 "$folder/slurmd.log" 2>/dev/null)"
exit 1
