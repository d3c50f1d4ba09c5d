"""`python -m desktop.gate`."""

import sys

from desktop.gate.command import main

if __name__ == "__main__":
    sys.exit(main())
