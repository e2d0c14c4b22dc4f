#!/usr/bin/env python3
"""Validate the knowledge base, or the links of any MkDocs project: `python scripts/validate.py --help`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from deepdive.cli import main

if __name__ == "__main__":
    sys.exit(main(["check", *sys.argv[1:]]))
