"""The front door of a checkout: `python run.py` is the command `jjj-atlas` of an install."""

import sys

from dashboard.command import main

if __name__ == "__main__":
    sys.exit(main())
