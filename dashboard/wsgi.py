"""For a production server, started from any folder.

::

    gunicorn --config python:dashboard.web.production --workers 2 --threads 4 dashboard.wsgi:server

The module `dashboard.web.production` holds its limits; the environment variables that
`jjj-atlas --help` lists say how the server stands towards strangers.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from dashboard.app import create_app
from dashboard.loading import explain, load_or_last
from dashboard.web import journal
from dashboard.web.bare import refuse_in_words
from dashboard.web.limits import Policy
from dashboard.web.shipped import refuse_gaps
from geodata import scarce
from geodata.errors import AtlasError

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.web.stale import Stale

NOT_LOADED = 4
"""The exit code by which gunicorn knows that starting the worker again would not help."""


def note(stale: Stale) -> None:
    """Log the fault and what is shown in spite of it, a line each time a worker starts."""
    fields = {"fault": explain(stale.fault), "zh": stale.line("zh"), "en": stale.line("en")}
    journal.faults.error("stale data", extra={"fields": fields})


def start() -> Flask:
    """Return the application; end with the sentence where nothing can be shown."""
    journal.write_lines()
    refuse_in_words()
    try:
        refuse_gaps()
        policy = Policy.from_environment()
        atlas, manifest, stale = load_or_last(note)
        application: Flask = create_app(atlas, manifest, policy, stale).server
    except Exception as error:
        known = scarce.told(error) or error
        if not isinstance(known, AtlasError):
            raise
        journal.faults.critical("no data", extra={"fields": {"fault": explain(known)}})
        sys.exit(NOT_LOADED)
    return application


server = start()
