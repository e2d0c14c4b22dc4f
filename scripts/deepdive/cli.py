"""Edge: arguments to a command, and what went wrong to an exit code.

Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 incomplete or internal, 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from deepdive.commands import CLEAN, INTERNAL, INTERRUPTED, USAGE, checking, site, upkeep
from deepdive.judge import UsageProblem
from deepdive.report import FORMATS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except EOFError:
        print("\ndeepdive: the answers ended; nothing was written.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (`… | head`): nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except UsageProblem as problem:
        print(f"deepdive: {problem}", file=sys.stderr)
        return USAGE
    except Exception:
        traceback.print_exc()
        print("deepdive: internal error; please report it with the lines above.", file=sys.stderr)
        return INTERNAL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="deepdive", description="Check and export the knowledge base.")
    known = parser.add_subparsers(required=True, metavar="command")
    check = known.add_parser("check", help="validate tables, pages and links")
    check.add_argument(
        "--config-file", type=Path, default=Path("mkdocs.yml"), help="the project to check (default: mkdocs.yml)"
    )
    check.add_argument(
        "--docs", type=Path, metavar="FOLDER", help="judge this docs folder under the configuration (a proposed change)"
    )
    check.add_argument("--format", choices=sorted(FORMATS), default="text", help="how findings are written")
    check.add_argument("--only", action="append", default=[], metavar="CODE", help="report this code only (repeatable)")
    check.add_argument("--fix", action="store_true", help="make the safe repairs, show the change")
    check.add_argument("--changed-since", metavar="REV", help="report what the change since a git revision touches")
    check.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    check.add_argument("--no-links", action="store_true", help="leave out what needs every page rendered")
    check.add_argument("--no-cache", action="store_true", help="judge everything anew")
    external = check.add_argument_group("external links (instead of the offline checks)")
    external.add_argument("--external", action="store_true", help="visit every external address; needs a network")
    external.add_argument("--shard", default="1/1", metavar="N/M", help="the N-th of M parts, by hash of the host")
    external.add_argument("--deadline", type=float, default=3600.0, metavar="SECONDS", help="end the run by then")
    external.add_argument("--report", type=Path, metavar="FILE", help="write the run as JSON, to be merged")
    external.add_argument("--summary", type=Path, metavar="FILE", help="write a Markdown summary")
    check.set_defaults(run=checking.run_check)
    building = known.add_parser("build", help="build the site; a failing build leaves the previous one")
    building.add_argument("--config-file", type=Path, default=Path("mkdocs.yml"))
    building.add_argument("--site-dir", type=Path, default=Path("site"))
    building.add_argument(
        "--generator", choices=["mkdocs", "properdocs"], help="have this program build it (default: all processors do)"
    )
    building.set_defaults(run=site.run_build)
    serving = known.add_parser("serve", help="show the site, each page as it is asked for; judge it after every change")
    serving.add_argument("--config-file", type=Path, default=Path("mkdocs.yml"))
    serving.add_argument("--address", type=_address, metavar="HOST:PORT", help="default: dev_addr of the configuration")
    serving.set_defaults(run=site.run_serve)
    packing = known.add_parser("offline", help="pack a built site into an archive that works without a server")
    packing.add_argument("--site-dir", type=Path, default=Path("site"))
    packing.add_argument("--archive", type=Path, metavar="FILE", help="default: ai-stack-deepdive.zip inside the site")
    packing.set_defaults(run=site.run_offline)
    pages = known.add_parser("pages", help="write every page, those from data included, for other generators")
    pages.add_argument("--config-file", type=Path, default=Path("mkdocs.yml"))
    pages.add_argument("out", type=Path, metavar="OUT", help="a new folder, or one this command wrote")
    pages.set_defaults(run=site.run_pages)
    new = known.add_parser("new", help="add a tool: answer questions, or read an issue form")
    new.add_argument("--docs", type=Path, default=Path("docs"))
    new.add_argument(
        "--from-issue", type=Path, metavar="FILE", help="the text of an issue form, or an event file with one"
    )
    new.add_argument("--answer", type=Path, metavar="FILE", help="write the id of the new row here")
    new.set_defaults(run=upkeep.run_new)
    changes = known.add_parser("changes", help="what a change does to the tables, as Markdown")
    changes.add_argument("before", type=Path, help="the docs folder as it was")
    changes.add_argument("after", type=Path, help="the docs folder as it shall be")
    changes.set_defaults(run=upkeep.run_changes)
    merging = known.add_parser("merge", help="merge the reports of sharded link runs")
    merging.add_argument("reports", type=Path, nargs="+", metavar="REPORT")
    merging.add_argument("--summary", type=Path, metavar="FILE", help="write a Markdown summary")
    merging.set_defaults(run=checking.run_merge)
    schema = known.add_parser("schema", help="write the JSON Schemas below docs/")
    schema.add_argument("--docs", type=Path, default=Path("docs"))
    schema.set_defaults(run=upkeep.run_schema)
    recording = known.add_parser("record", help="run the examples and record their output")
    recording.add_argument("--docs", type=Path, default=Path("docs"))
    recording.set_defaults(run=upkeep.run_record)
    return parser


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not (host and port.isdecimal() and int(port) < 65536):
        raise argparse.ArgumentTypeError(f"'{text}' is no address; write it like 127.0.0.1:8000.")
    return host, int(port)
