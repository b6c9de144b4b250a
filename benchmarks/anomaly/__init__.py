"""Which anomaly detector separates best, how fast, and how large: `python -m benchmarks.anomaly`."""
