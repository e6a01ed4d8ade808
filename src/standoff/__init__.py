"""standoff: the record of a contested, unfolding event, tied word for word to its reports."""

__version__ = "0.1.0"
