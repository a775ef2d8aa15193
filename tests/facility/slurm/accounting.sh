# shellcheck shell=bash
# Accounts and priority classes: slurmdbd on a MariaDB of its own, by a socket below DIR.
# Sourced by up.sh and down.sh; expects DIR, PORT, ADDRESS, ACCOUNTING.

SOCKET=$DIR/run/mariadb/socket

# Lines for slurm.conf: jobs need an account that their owner has, and keep to its limits.
accounting_settings() {
  cat <<CONF
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=$ADDRESS
AccountingStoragePort=$((PORT + 9))
AccountingStorageTRES=gres/gpu
AccountingStorageEnforce=associations,limits,qos
CONF
}

start_accounting() {
  local program
  for program in slurmdbd mariadbd mariadb mariadb-install-db sacctmgr; do
    command -v "$program" >/dev/null ||
      refuse "$program is missing. On Debian or Ubuntu: apt-get install slurmdbd mariadb-server-core mariadb-client-core"
  done
  id mysql >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin mysql
  install -d -o mysql -g mysql -m 700 "$DIR/mariadb"
  install -d -o mysql -g mysql -m 755 "$DIR/run/mariadb"
  start_database
  write_slurmdbd_conf
  if ! alive "$DIR/run/slurmdbd.pid" slurmdbd; then
    MYSQL_UNIX_PORT=$SOCKET slurmdbd </dev/null >>"$DIR/log/start.log" 2>&1 ||
      refuse "slurmdbd did not start: $(tail -n 5 "$DIR/log/slurmdbd.log")"
  fi
  wait_for 60 sacctmgr --noheader show cluster || refuse "slurmdbd does not answer. See $DIR/log/slurmdbd.log."
  name_accounts >>"$DIR/log/start.log" 2>&1 || refuse "No accounts could be made. See $DIR/log/start.log."
}

start_database() {
  if [ ! -d "$DIR/mariadb/mysql" ]; then
    mariadb-install-db --no-defaults --user=mysql --datadir="$DIR/mariadb" --skip-test-db \
      --auth-root-authentication-method=socket >"$DIR/log/mariadb-install.log" 2>&1 ||
      refuse "The database could not be made: $(tail -n 5 "$DIR/log/mariadb-install.log")"
  fi
  if ! alive "$DIR/run/mariadb/pid" mariadbd; then
    setsid mariadbd --no-defaults --user=mysql --datadir="$DIR/mariadb" --skip-networking \
      --socket="$SOCKET" --pid-file="$DIR/run/mariadb/pid" --innodb-buffer-pool-size=64M \
      --innodb-flush-log-at-trx-commit=0 --innodb-lock-wait-timeout=900 \
      </dev/null >>"$DIR/log/mariadb.log" 2>&1 &
  fi
  wait_for 60 database 'select 1' || refuse "The database does not answer. See $DIR/log/mariadb.log."
  database 'create database if not exists slurm_acct_db'
}

database() { mariadb --no-defaults --socket="$SOCKET" -e "$1"; }

# It holds no password, but slurmdbd wants it closed all the same.
write_slurmdbd_conf() {
  (umask 077 && cat >"$DIR/etc/slurmdbd.conf") <<CONF
AuthType=auth/munge
DbdHost=localhost
DbdAddr=$ADDRESS
DbdPort=$((PORT + 9))
SlurmUser=root
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=root
StorageLoc=slurm_acct_db
LogFile=$DIR/log/slurmdbd.log
PidFile=$DIR/run/slurmdbd.pid
CONF
  ln -sfn "$DIR/etc/slurmdbd.conf" /etc/slurm/slurmdbd.conf
}

# physics is everybody's usual account, beamline is bob's besides; express is short and small.
name_accounts() {
  local user
  [ -z "$(sacctmgr --noheader --parsable2 show cluster format=Cluster)" ] || return 0
  sacctmgr -i add cluster beamtime
  sacctmgr -i add qos express set Description='Starts soon' MaxWall=01:00:00 MaxTRESPerJob=cpu=8
  sacctmgr -i add account physics,beamline cluster=beamtime
  for user in root "${USERS[@]}"; do
    sacctmgr -i add user "$user" account=physics defaultaccount=physics qos=normal,express defaultqos=normal
  done
  if id bob >/dev/null 2>&1; then
    sacctmgr -i add user bob account=beamline partition=gpu qos=normal defaultqos=normal
  fi
}

stop_accounting() {
  stop "$DIR/run/slurmdbd.pid" slurmdbd
  stop "$DIR/run/mariadb/pid" mariadbd
}
