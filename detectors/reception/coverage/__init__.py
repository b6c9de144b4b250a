"""What was received, by place and by hour."""
