"""Encounters that satellites heard only at single passes."""
