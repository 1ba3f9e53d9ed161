"""For a production server: `gunicorn --workers 2 --threads 4 dashboard.wsgi:server`."""

from dashboard.app import create_app
from dashboard.cli import load

server = create_app(*load()).server
