"""What can go wrong on the data side; each message is one sentence for the reader."""


class AtlasError(Exception):
    """Something the reader can mend; the message says what, where and how."""


class FactsError(AtlasError, ValueError):
    """A table of facts breaks the rules it is read by."""


class BoundaryError(AtlasError, RuntimeError):
    """The boundary files are missing, altered or do not add up."""


class CacheError(AtlasError, RuntimeError):
    """The cache folder cannot be read or written, or holds something else."""


class UnknownNameError(AtlasError, KeyError):
    """A region, circle, indicator, year or benchmark that the atlas does not hold."""

    def __str__(self) -> str:
        """Show the sentence itself, where KeyError would show its quoted repr."""
        return str(self.args[0]) if self.args else ""
