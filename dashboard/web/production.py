"""Limits of gunicorn: `gunicorn --config python:dashboard.web.production … dashboard.wsgi:server`.

Each name is a setting of gunicorn; being a module, it is found from any folder.

They do not guard against half-sent requests. A thread that has begun to read one waits for the rest
of it without a limit, and as many such connections as there are threads stop a server. So strangers
reach it only through a proxy that hands on whole requests: deploy/ has one, tests/deploy runs it.
"""

import sys as _sys
from typing import TYPE_CHECKING as _TYPING

from geodata import scarce as _scarce

if _TYPING:
    from gunicorn.arbiter import Arbiter

worker_class = "dashboard.web.worker.Worker"
logger_class = "dashboard.web.worker.Lines"
"""Threads, and answers and lines of the server's own in the form of all others."""
timeout = 30
"""Seconds after which a worker whose main loop stands still is started anew. Threads that wait for
a reader do not make it stand still."""
graceful_timeout = 20
_MOST = 1000
worker_connections = _scarce.connections(_MOST, _scarce.most_files())
"""Of a worker: fewer than files may be open. Those beyond wait until one ends."""
keepalive = 15 if worker_connections == _MOST else 5
"""Seconds a connection waits for the next question; a reader looks for a few before asking."""
control_socket_disable = True
"""No socket for commands: nobody uses it, and its place, the home folder, need not be there."""
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
forwarded_allow_ips = ""
"""Proxy headers are believed by the application, only where JJJ_ATLAS_TRUST_PROXY says so."""


def on_starting(server: "Arbiter") -> None:
    """Say what the machine gives too little of, and end where nothing would run."""
    if wanting := _scarce.of(_scarce.PROGRAM):
        server.log.critical("scarce", extra={"fields": {"fault": str(wanting)}})
        _sys.exit(1)
    if wanting := _scarce.of(_scarce.CHROME):
        server.log.warning("draws no figures", extra={"fields": {"fault": str(wanting)}})
