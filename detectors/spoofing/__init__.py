"""Spoofing: positions that no vessel can have sent from."""
