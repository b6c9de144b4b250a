"""Events in the formats that other tools open, and one vessel at a glance."""
