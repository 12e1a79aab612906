"""A Slurm cluster of one node: munged, slurmctld and slurmd in a folder and on ports of their own."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel")
START_S = 30

CONF = """ClusterName=saggar
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmdPort={node}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire={expire}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
# Short jobs: without these a scheduler wakes every 30 s, and a job that was queued again waits 120 s.
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
KillWait=2
ReturnToService=2
{hardware} NodeAddr=127.0.0.1 State=UNKNOWN
PartitionName=all Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def why_not():
    """What stands in the way of a cluster here; "" for nothing."""
    absent = [name for name in PROGRAMS if shutil.which(name, path=_path()) is None]
    if absent:
        return f"{', '.join(absent)} absent: ./dev setup test installs slurm-wlm and munge"
    return "" if os.geteuid() == 0 else "not root: slurmd starts jobs as their users"


def _path():
    return os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def _free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Cluster:
    """`with Cluster() as cluster:` starts it, and ends every process of it afterwards."""

    def __init__(self, credential_s=5):
        self.credential_s = credential_s
        self.folder, self.daemons = None, []
        self.env = {**os.environ, "PATH": _path()}

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="saggar-slurm-"))
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self._answers():
            self.call("scancel", "--user=root", check=False)
            self.wait_for_no_jobs(20)
        for daemon in reversed(self.daemons):
            daemon.send_signal(signal.SIGTERM)
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons = []
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        hardware = subprocess.run(["slurmd", "-C"], env=self.env, capture_output=True, text=True,
                                  check=True).stdout.splitlines()[0]
        controller, node = _free_ports(2)
        conf = self.folder / "slurm.conf"
        conf.write_text(CONF.format(host=socket.gethostname().split(".")[0], folder=self.folder,
                                    controller=controller, node=node, hardware=hardware,
                                    expire=self.credential_s), encoding="utf-8")
        self.env["SLURM_CONF"] = str(conf)
        self._daemon("munged", "--foreground", "--force", f"--key-file={key}",
                     *(f"--{what}={self.folder}/munge.{what.split('-')[0]}"
                       for what in ("socket", "pid-file", "log-file", "seed-file")))
        self._until((self.folder / "munge.socket").exists, "munged")
        self._daemon("slurmctld", "-D", "-i")
        self._daemon("slurmd", "-D")
        self._until(lambda: "idle" in self.call("sinfo", "--noheader", check=False), "the node")

    def _daemon(self, *command):
        with open(self.folder / f"{command[0]}.out", "wb") as out:
            self.daemons.append(subprocess.Popen(command, env=self.env, stdout=out, stderr=out))

    def _until(self, holds, what):
        ends = time.time() + START_S
        while not holds():
            gone = [str(d.args[0]) for d in self.daemons if d.poll() is not None]
            if gone or time.time() > ends:
                raise RuntimeError(f"{what} did not come up; ended: {gone}; {self.last_words()}")
            time.sleep(0.05)

    def _answers(self):
        done = subprocess.run(["scontrol", "ping"], env=self.env, capture_output=True, check=False)
        return "SLURM_CONF" in self.env and done.returncode == 0

    def last_words(self):
        """The ends of the daemons' logs."""
        text = ""
        for path in sorted(self.folder.glob("*.log")) + sorted(self.folder.glob("*.out")):
            text += f"\n{path.name}: " + path.read_text(errors="replace")[-600:]
        return text

    def call(self, *command, check=True):
        """A command of Slurm, or anything that calls one; its output."""
        done = subprocess.run(command, env=self.env, capture_output=True, text=True, check=False)
        if check and done.returncode != 0:
            raise RuntimeError(f"{' '.join(map(str, command))}: exit {done.returncode}: {done.stdout}"
                               f"{done.stderr}")
        return done.stdout + done.stderr

    def jobs(self):
        """[(id such as 3_17, state)] of all that are queued or run, elements of arrays apart."""
        rows = self.call("squeue", "--noheader", "--array", "--format=%i %T").splitlines()
        return [tuple(row.split()) for row in rows]

    def wait_for_no_jobs(self, limit_s):
        """True if all have ended in time."""
        ends = time.time() + limit_s
        while self.jobs():
            if time.time() > ends:
                return False
            time.sleep(0.2)
        return True
