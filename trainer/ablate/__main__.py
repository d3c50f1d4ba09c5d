"""`python -m trainer.ablate`."""

import sys

from trainer.ablate.command import main

if __name__ == "__main__":
    sys.exit(main())
