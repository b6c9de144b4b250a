"""Effects: files, clocks, network and users around the pure detectors."""

__version__ = "0.1.0"
