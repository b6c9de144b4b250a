"""The world without vessels: shore, zones, ports, distances at sea, day and night."""
