"""What the tests of the wall share."""

from tests.no_proxies import no_proxies  # noqa: F401 - a fixture
