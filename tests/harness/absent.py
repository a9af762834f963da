"""What a test needs and the machine lacks."""
import os

import pytest


def absent(reason):
    """Skips the test with the reason and how to get what is missing; fails it where back ends are required, as in CI."""
    if os.environ.get("FITVIEW_REQUIRE_BACKENDS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
