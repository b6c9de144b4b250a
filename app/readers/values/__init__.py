"""Single values as files write them: times, numbers, vessel identifiers, words for AIS codes."""
