"""Load over HTTP by wrk."""
import json
import os
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


def one_core_each():
    """The cores of the server and of wrk; the same one on a machine with a single core."""
    cores = sorted(os.sched_getaffinity(0))
    return cores[0], cores[-1]


def run_wrk(server, requests, connections, seconds, core):
    command = ["taskset", "-c", str(core), "wrk", "--threads", "1", "--connections", str(connections), "--duration",
               f"{seconds}s", "--timeout", "10s", "--latency", "--script", str(HERE / "requests.lua"),
               f"http://127.0.0.1:{server.port}", "--", str(requests)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=seconds + 60)
    if done.returncode != 0:
        raise SystemExit(f"wrk failed:\n{done.stdout}")
    run = json.loads(done.stdout.strip().splitlines()[-1])
    run["per_second"] = round(run["requests"] / run["seconds"], 1)
    return run
