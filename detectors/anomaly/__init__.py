"""Anomalies: behaviour unlike the training traffic that no rule explains."""
