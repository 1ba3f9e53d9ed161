"""For a production server: `gunicorn --workers 2 --threads 4 dashboard.wsgi:server`.

The file gunicorn.conf.py beside run.py holds its limits; the environment variables that
`run.py --help` lists say how the server stands towards strangers.
"""

from dashboard import journal
from dashboard.app import create_app
from dashboard.cli import load
from dashboard.limits import Policy

journal.write_lines()
server = create_app(*load(), Policy.from_environment()).server
