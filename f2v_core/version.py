"""Which f2v this is."""

__version__ = "0.1.0"
