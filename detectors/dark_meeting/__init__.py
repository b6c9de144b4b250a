"""Dark meetings: who may have met a vessel while it was not observed."""
