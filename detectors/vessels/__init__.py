"""Who a vessel says it is: static data, flags, watch lists."""
