"""How good the detectors are, on simulated traffic whose truth is known: `python -m benchmarks.quality`."""
