"""One thin file per resource: query parameters in, a job out."""
