"""What the command does once its line is understood; each command loads what it needs alone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dashboard.loading import explain, load, say, warn_of
from dashboard.web.shipped import refuse_gaps
from geodata.build.build import build
from geodata.errors import AtlasError
from geodata.own import store

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Carry out the parsed command line and return the exit code."""
    try:
        refuse_gaps()
        return _done(arguments)
    except AtlasError as error:
        print(explain(error), file=sys.stderr)
        return 1


def _done(arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "build":
            manifest = build(force=arguments.force, progress=say)
            say(f"图层与数据表 Layers and tables: {manifest.folder}")
        case "check":
            from dashboard import checking

            return checking.check()
        case "import" | "own":
            from dashboard import owning

            return owning.run(arguments, say)
        case "mcp":
            from dashboard import stdio

            stdio.run(load, arguments.site)
        case "export" | "report":
            from dashboard import printing

            work = printing.run if arguments.command == "export" else printing.report
            atlas, manifest = load()
            atlas = atlas.with_own(store.names(), lambda _, error: warn_of(error))
            return work(arguments, atlas, manifest, say)
        case _:
            from dashboard import serving

            serving.run(arguments)
    return 0
