"""``python -m deepdive`` is the command line."""

import sys

from deepdive.cli import main

if __name__ == "__main__":
    sys.exit(main())
