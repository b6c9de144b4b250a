"""Science: tracks in, findings out. No file, clock, network, web framework or database."""
