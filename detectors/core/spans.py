"""Spans of time."""

from __future__ import annotations

Span = tuple[float, float]
"""Start and end, epoch seconds."""
