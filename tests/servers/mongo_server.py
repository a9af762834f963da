"""MongoDB: a mongod on the PATH, else SecantusDB, which speaks its protocol over the same WiredTiger."""
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

from .redis_server import free_port

START_SECONDS_MAX = 60
SECANTUS = pathlib.Path(sys.executable).parent / "secantusd-py"
VENV = pathlib.Path(__file__).resolve().parent.parent.parent / ".venv" / "bin" / "secantusd-py"


def secantus():
    """The program of the Python package, beside this interpreter or in the checkout's own environment."""
    return next((program for program in (SECANTUS, VENV) if program.exists()), None)


class MongoServer:
    name = "MongoDB"
    variable = "MONGODB_TEST_URL"
    install_hint = "a mongod on the PATH, or ./fit setup for SecantusDB"

    def __init__(self, folder, with_passwords=False, survives=False):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.with_passwords = with_passwords
        self.survives = survives  # what it acknowledged is there after a kill; mongod does so by itself, and is slower
        self.process = None

    @staticmethod
    def is_installed():
        return shutil.which("mongod") is not None or secantus() is not None

    @property
    def url(self):
        return f"mongodb://127.0.0.1:{self.port}/?directConnection=true"

    def command(self):
        data = self.folder / "data"
        data.mkdir(exist_ok=True)
        if shutil.which("mongod"):
            return ["mongod", "--bind_ip", "127.0.0.1", "--port", str(self.port), "--dbpath", str(data), "--replSet", "tests",
                    *(["--auth"] if self.with_passwords else [])]
        return [str(secantus()), "--host", "127.0.0.1", "--port", str(self.port), "--storage-path", str(data), "--log-level",
                "WARNING", "--cache-size", "256M", *(["--sync-on-commit"] if self.survives else []),
                *(["--auth"] if self.with_passwords else [])]

    def start(self):
        """Starts it on the port it had before, with what it kept."""
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START_SECONDS_MAX
        while not self.answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()[-4000:]
            assert time.monotonic() < deadline, "MongoDB does not answer"
            time.sleep(0.05)
        if shutil.which("mongod"):
            self.make_replica_set()
        return self

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return True
        except OSError:
            return False

    def make_replica_set(self):
        """Transactions and change streams need one, if only of one member."""
        import pymongo  # comes with the test tools

        with pymongo.MongoClient(self.url) as client:
            try:
                client.admin.command("replSetInitiate", {"_id": "tests", "members": [{"_id": 0, "host": f"127.0.0.1:{self.port}"}]})
            except pymongo.errors.OperationFailure as failure:
                if failure.code != 23:  # it is one already
                    raise
            deadline = time.monotonic() + START_SECONDS_MAX
            while not client.admin.command("hello").get("isWritablePrimary"):
                assert time.monotonic() < deadline, "MongoDB has no primary"
                time.sleep(0.05)

    def stop(self, keep=False):
        """At once, as a crash would; with `keep` so that everything is there when it starts again."""
        if self.process is None:
            return
        process, self.process = self.process, None
        process.send_signal(signal.SIGTERM if keep else signal.SIGKILL)
        process.wait()
