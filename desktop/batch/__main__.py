"""`python -m desktop.batch`."""

import sys

from desktop.batch.command import main

if __name__ == "__main__":
    sys.exit(main())
