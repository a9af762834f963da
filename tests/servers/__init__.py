"""The real back ends that tests meet, each started once for a run on a free loopback port.

A server is one class in a file beside this one, listed in SERVERS. Its tests find it by its environment variable; where that is
set already (a service of the CI workflow, a server of one's own) nothing is started. A server that is not installed leaves its
variable unset: its tests are then skipped and say so, or fail where FITVIEW_REQUIRE_BACKENDS=1.
"""
import contextlib
import os
import pathlib
import tempfile

from .mongo_server import MongoServer
from .redis_server import RedisServer
from .s3_server import S3Server

SERVERS = [RedisServer, MongoServer, S3Server]


@contextlib.contextmanager
def running(say=print):
    """Starts every server that is installed; gives their environment variables; stops and removes them at the end."""
    addresses = {}
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fitview-servers-")))
        for kind in SERVERS:
            if os.environ.get(kind.variable):
                continue
            if not kind.is_installed():
                say(f"   {kind.name} is not installed: its tests are skipped, or fail in CI ({kind.install_hint})")
                continue
            server = kind(folder / kind.name)
            stack.callback(server.stop)
            server.start()
            addresses[kind.variable] = server.url
        yield addresses
