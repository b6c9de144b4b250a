"""Ship-to-ship transfers: two vessels close together for long enough."""
