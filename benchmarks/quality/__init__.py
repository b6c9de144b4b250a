"""How good the detectors are, on theatres whose truth is known: `python -m benchmarks.quality`."""
