"""The world without vessels: shore, zones, ports."""
