"""What each command does: pipeline to report to exit code; with cli.py the only modules that print.

Each command imports what it needs: a check of which nothing changed needs neither models nor MkDocs,
which take longer to import than it takes.
"""

CLEAN, FINDINGS, USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 130
