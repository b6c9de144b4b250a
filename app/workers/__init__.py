"""Worker processes that do the runs of the service, and how they are started."""
