"""Who is who once all files of a run are read: own names across files, and clocks that are wrong."""
