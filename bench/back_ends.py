"""MongoDB and Redis for a benchmark: the servers the tests meet."""
import contextlib
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))
from servers.mongo_server import MongoServer  # noqa: E402  found by the line above
from servers.redis_server import RedisServer  # noqa: E402

SECRET = "benchmarks-only-0123456789abcdef01"


@contextlib.contextmanager
def mongodb_and_redis(folder):
    """The settings that lead to a MongoDB and a Redis, which are stopped at the end."""
    for server in (MongoServer, RedisServer):
        if not server.is_installed():
            raise SystemExit(f"{server.name} is not installed: {server.install_hint}")
    mongodb, redis = MongoServer(folder / "mongodb"), RedisServer(folder / "redis")
    try:
        mongodb.start()
        redis.start()
        yield {"STORE": "mongodb", "MONGODB_URL": mongodb.url, "MONGODB_DB_NAME": "bench", "REDIS_URL": redis.url,
               "JWT_SECRET_KEY": SECRET}
    finally:
        mongodb.stop()
        redis.stop()
