"""Limits of gunicorn, read when it is started beside this file."""

timeout = 30
"""Seconds after which a worker that answers nothing is started anew."""
graceful_timeout = 20
keepalive = 5
limit_request_line = 8190
limit_request_fields = 60
limit_request_field_size = 8190
forwarded_allow_ips = ""
"""Proxy headers are believed by the application, only where JJJ_ATLAS_TRUST_PROXY says so."""
