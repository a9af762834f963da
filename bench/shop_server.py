"""A running `fitview serve` on a data folder, and what the scenarios ask of it."""
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import time

START_SECONDS_MAX = 300
STOP_SECONDS_MAX = 40


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def settings_for(folder, port=0, back_ends=None):
    """The environment of the program: its own folders, no rate limits, everything else as it comes; `back_ends` more."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "DATA_DIR": str(folder / "data"), "UPLOAD_DIR": str(folder / "uploads"), "HOST": "127.0.0.1",
            "PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}", "RATE_LIMIT_LOGIN": "off",
            "RATE_LIMIT_TRYON": "off", "RATE_LIMIT_DEFAULT": "off", **(back_ends or {})}


def seed(program, folder, *arguments, back_ends=None):
    done = subprocess.run([str(program), "seed", *arguments], env=settings_for(folder, back_ends=back_ends), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise SystemExit(f"fitview seed {' '.join(arguments)} failed:\n{done.stdout[-2000:]}")


def memory_of(process):
    """Resident megabytes of a process, by kind."""
    status = pathlib.Path(f"/proc/{process}/status")
    lines = dict(re.findall(r"^(VmRSS|RssAnon|RssFile|RssShmem):\s+(\d+) kB", status.read_text(), re.M))
    return {name: round(int(value) / 1024, 1) for name, value in lines.items()}


class ShopServer:
    """Starts the program and waits until it is healthy; the access log goes to a file in the folder. A context manager."""

    def __init__(self, program, folder, core=None, **settings):
        self.port = free_port()
        pinned = [] if core is None else ["taskset", "-c", str(core)]
        self.log = open(folder / "access.log", "wb")
        environment = {**settings_for(folder, self.port), **{name.upper(): str(value) for name, value in settings.items()}}
        started = time.monotonic()
        self.process = subprocess.Popen([*pinned, str(program), "serve"], env=environment, stdout=self.log,
                                        stderr=subprocess.STDOUT)
        try:
            self._wait_until_healthy(started)
        except BaseException:
            self.stop()
            raise
        self.start_ms = round((time.monotonic() - started) * 1000)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _wait_until_healthy(self, started):
        while time.monotonic() - started < START_SECONDS_MAX:
            if self.process.poll() is not None:
                raise SystemExit(f"fitview serve ended with {self.process.returncode}; see {self.log.name}")
            try:
                if self.call("GET", "/health")[0] == 200:
                    return
            except (ConnectionError, http.client.HTTPException):
                pass
            time.sleep(0.003)
        raise SystemExit(f"fitview serve was not healthy after {START_SECONDS_MAX} s")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def call(self, method, path, body=None, token=None):
        """(status, parsed body) of one request on a connection of its own."""
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            text = answer.read()
            is_json = "json" in (answer.getheader("Content-Type") or "")
            return answer.status, json.loads(text) if is_json else text.decode()
        finally:
            connection.close()

    def expect(self, status, method, path, body=None, token=None):
        got, answer = self.call(method, path, body, token)
        if got != status:
            raise SystemExit(f"{method} {path}: expected {status}, got {got}: {json.dumps(answer)[:500]}")
        return answer

    def memory(self):
        """Of the server, and `Decoders`: what its decoder processes hold for themselves (the libraries they share)."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").glob("*/children")
        decoders = [int(child) for task in tasks for child in task.read_text().split()]
        own = sum(memory_of(decoder)["RssAnon"] for decoder in decoders)
        return {**memory_of(self.process.pid), "Decoders": round(own, 1)}

    def request(self, method, path, body=None, token=None):
        """The bytes of a request for wrk, with the headers of a client that keeps its connection."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept: application/json"]
        text = json.dumps(body) if body is not None else ""
        if token:
            lines.append(f"Authorization: Bearer {token}")
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(text.encode())}"]
        return ("\r\n".join(lines) + "\r\n\r\n" + text).encode()

    def stage_seconds(self):
        """Seconds the engine has spent in its stages so far, and try-ons it has drawn."""
        text = self.call("GET", "/metrics")[1]
        sums = re.findall(r"^fitview_engine_stage_seconds_sum\{[^}]*\} (\S+)", text, re.M)
        counts = re.findall(r"^fitview_engine_stage_seconds_count\{[^}]*\} (\S+)", text, re.M)
        return sum(map(float, sums)), max(map(float, counts), default=0)
