"""Encounters that satellites received only at single passes."""
