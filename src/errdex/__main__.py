"""`python -m errdex`."""

import sys

from errdex.cli import main

sys.exit(main())
