"""One thin file per resource: words of HTTP in, a job out."""
