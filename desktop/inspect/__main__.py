"""`python -m desktop.inspect`."""

import sys

from desktop.inspect.commands.command import main

if __name__ == "__main__":
    sys.exit(main())
