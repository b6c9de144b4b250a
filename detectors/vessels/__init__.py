"""Identity of vessels: static data, flags, watch lists."""
