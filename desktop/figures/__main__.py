"""`python -m desktop.figures`."""

import sys

from desktop.figures.command import main

if __name__ == "__main__":
    sys.exit(main())
