"""Loops that look for positions no receiver measured."""
