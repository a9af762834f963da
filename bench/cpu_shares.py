"""A fixed share of a core for each of several processes, by control groups; whatever else the machine does."""
import contextlib
import os
import pathlib

ROOT = pathlib.Path("/sys/fs/cgroup")
PERIOD_MICROSECONDS = 20_000
NAME = f"fitview-bench-{os.getpid()}"


class CpuShares:
    """A group of the caller and all processes it starts, before which others on the machine stand back, and in it one with a limit
    for each process that is `limited`. A context manager; needs root. Version 1 (tried) and 2 of control groups."""

    def __init__(self):
        self.is_v1 = (ROOT / "cpu" / "cpu.shares").exists()
        self.base = ROOT / "cpu" if self.is_v1 else ROOT
        self.group = self.base / NAME
        self.made = []

    def __enter__(self):
        try:
            self._make(self.group)
            if not self.is_v1:
                (self.group / "cgroup.subtree_control").write_text("+cpu")
            (self.group / ("cpu.shares" if self.is_v1 else "cpu.weight")).write_text("100000" if self.is_v1 else "10000")
            self._move(os.getpid(), self._make(self.group / "unlimited"))
        except OSError as fault:
            self._remove()
            raise SystemExit(f"--share and --first need root and the cpu control group below {ROOT}: {fault}") from fault
        return self

    def __exit__(self, *_):
        self._remove()

    def first(self, process):
        """From now on `process`, too, goes before others on the machine."""
        self._move(process, self.group / "unlimited")

    def limited(self, process, share):
        """From now on `process`, and what it starts, gets `share` of one core."""
        group = self._make(self.group / f"process-{process}")
        quota = int(share * PERIOD_MICROSECONDS)
        if self.is_v1:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_MICROSECONDS))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        else:
            (group / "cpu.max").write_text(f"{quota} {PERIOD_MICROSECONDS}")
        self._move(process, group)

    def _make(self, group):
        group.mkdir()
        self.made.append(group)
        return group

    @staticmethod
    def _move(process, group):
        (group / "cgroup.procs").write_text(str(process))

    def _remove(self):
        for group in reversed(self.made):
            members = group / "cgroup.procs"
            for process in members.read_text().split() if members.exists() else []:
                with contextlib.suppress(OSError):  # it has just ended
                    self._move(int(process), self.base)
            with contextlib.suppress(OSError):
                group.rmdir()
