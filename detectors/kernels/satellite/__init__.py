"""Loops over what satellites heard at single passes."""
