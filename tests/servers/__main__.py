"""Runs a command with the servers of the tests: python3 tests/servers build/debug/server/storage/fitview_storage_test"""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import servers  # noqa: E402  found by the line above

with servers.running() as addresses:
    sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, **addresses}).returncode)
