"""Versity's S3 gateway over an empty folder: it checks the signatures of requests and of presigned addresses."""
import os
import pathlib
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request

from .redis_server import free_port

START_SECONDS_MAX = 20
ACCESS_KEY = "AKIDFITVIEWTEST"
SECRET_KEY = "not-a-secret-of-anybody"
REGION = "ap-south-1"
BUCKET = "fitview-test"
PROGRAMS = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "fitview" / "bin"


class S3Server:
    name = "s3"
    variable = "S3_TEST_URL"
    install_hint = "./fit setup builds versitygw"

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        (self.folder / "buckets" / BUCKET).mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.process = None

    @staticmethod
    def program():
        """The one `./fit setup` built, of the newest version, or one on the PATH."""
        built = sorted(PROGRAMS.glob("versitygw-*"))
        return str(built[-1]) if built else shutil.which("versitygw")

    @classmethod
    def is_installed(cls):
        return cls.program() is not None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self):
        """Keys, address, bucket and region in one."""
        return f"http://{ACCESS_KEY}:{SECRET_KEY}@127.0.0.1:{self.port}/{BUCKET}?region={REGION}"

    def start(self):
        command = [self.program(), "--port", f"127.0.0.1:{self.port}", "--access", ACCESS_KEY, "--secret", SECRET_KEY, "--region",
                   REGION, "--quiet", "--keep-alive", "posix", *self.place_of_metadata(), str(self.folder / "buckets")]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + START_SECONDS_MAX
        while not self.answers():
            assert self.process.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < deadline, "the S3 server does not answer"
            time.sleep(0.02)
        return self

    def place_of_metadata(self):
        """Attributes of the files, which change with their bytes in one step; beside them where the file system has none."""
        try:
            os.setxattr(self.folder, "user.fitview", b"1")
            return []
        except OSError:
            (self.folder / "sidecar").mkdir(exist_ok=True)
            return ["--sidecar", str(self.folder / "sidecar")]

    def answers(self):
        try:
            with urllib.request.urlopen(self.address + "/", timeout=1):
                return True
        except urllib.error.HTTPError:
            return True  # it refuses who brings no signature
        except OSError:
            return False

    def stop(self):
        if self.process is None:
            return
        process, self.process = self.process, None
        process.send_signal(signal.SIGKILL)
        process.wait()
