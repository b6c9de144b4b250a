"""Parameters of ship-to-ship transfers, a group per file."""
