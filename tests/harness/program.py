"""The FitView program as a process: settings, start, stop, kill, and what it logged."""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

import requests

from harness import mongo

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PATH = pathlib.Path(os.environ.get("FITVIEW_PROGRAM", ROOT / "build" / "debug" / "server" / "app" / "fitview"))
START_SECONDS_MAX = 60
STOP_SECONDS_MAX = 60
SECRET = "black-box-tests-only-0123456789abcdef"
ON_MONGODB = os.environ.get("FITVIEW_TEST_STORE") == "mongodb"  # every program of the run then keeps its documents there
NO_LIMITS = {"RATE_LIMIT_LOGIN": "off", "RATE_LIMIT_TRYON": "off", "RATE_LIMIT_DEFAULT": "off"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Program:
    """One data folder and the process on it. Settings are environment variables; nothing else of ours is inherited."""

    def __init__(self, folder, **settings):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.log_path = self.folder / "log"
        self.environment = {
            "PATH": os.environ.get("PATH", ""), "HOME": str(self.folder), "PORT": str(self.port), "BCRYPT_COST": "4",
            "DATA_DIR": str(self.folder / "data"), "UPLOAD_DIR": str(self.folder / "uploads"), "JWT_SECRET_KEY": SECRET,
            **NO_LIMITS, **settings}
        if ON_MONGODB and "STORE" not in settings:
            self.environment.update(mongo.settings())
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        self.process = None

    def neighbour(self):
        """Another process on the same shop."""
        other = Program(self.folder, STORE=self.environment.get("STORE", "auto"))
        other.environment = {**self.environment, "PORT": other.environment["PORT"]}
        return other

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments, text_in="", check=True):
        """A command that ends by itself; its standard output."""
        done = subprocess.run([str(PATH), *arguments], env=self.environment, input=text_in, capture_output=True, text=True,
                              timeout=300, check=False)
        if check:
            assert done.returncode == 0, done.stdout + done.stderr
        return done

    def copy_from(self, other):
        """Takes over the data and pictures another (stopped) program left."""
        for part in ("data", "uploads"):
            if (other.folder / part).exists():
                shutil.copytree(other.folder / part, self.folder / part)
        if "MONGODB_DB_NAME" in self.environment:
            mongo.copy_database(other.environment, self.environment)

    def spawn(self, command):
        log = open(self.log_path, "ab")
        self.process = subprocess.Popen([str(PATH), command], env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                                        stderr=subprocess.STDOUT)
        log.close()

    def start(self):
        already = len(self.messages("serving"))
        self.spawn("serve")
        self.wait_for(lambda: len(self.messages("serving")) > already, START_SECONDS_MAX)
        self.wait_for(self.has_read_its_catalogue, START_SECONDS_MAX)
        return self

    def has_read_its_catalogue(self):
        """A server answers before that, with lists that are empty; it is not ready then, although every back end is there."""
        health = requests.get(f"{self.address}/health", timeout=30).json()
        parts = [health[name]["status"] for name in ("database", "cache", "objects", "queue")]
        return health["status"] != "unhealthy" or "disconnected" in parts

    def wait_for(self, condition, seconds):
        deadline = time.monotonic() + seconds
        while not condition():
            assert self.process.poll() is None, f"the program ended with {self.process.returncode}:\n{self.log_tail()}"
            assert time.monotonic() < deadline, f"waited too long:\n{self.log_tail()}"
            time.sleep(0.05)

    def stop(self):
        """SIGTERM; the program finishes what it has and ends with 0."""
        if self.process is None:
            return
        process, self.process = self.process, None
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"SIGTERM did not end the program:\n{self.log_tail()}") from None
        assert code == 0, f"the program ended with {code}:\n{self.log_tail()}"

    def kill(self):
        """SIGKILL, as a power cut would."""
        process, self.process = self.process, None
        process.kill()
        process.wait()

    def log_lines(self):
        """Every log line as an object; a line that is not JSON fails."""
        if not self.log_path.exists():
            return []
        return [json.loads(line) for line in self.log_path.read_text().splitlines() if line.startswith("{")]

    def messages(self, message):
        return [line for line in self.log_lines() if line.get("message") == message]

    def log_tail(self):
        return "\n".join(self.log_path.read_text(errors="replace").splitlines()[-30:]) if self.log_path.exists() else ""
