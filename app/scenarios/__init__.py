"""Stories: vessels as waypoints in readable files, turned into reports with a seed."""
