"""`python -m dashboard` is the command `jjj-atlas`, also where scripts are not on the path."""

import sys

from dashboard.command import main

if __name__ == "__main__":
    sys.exit(main())
