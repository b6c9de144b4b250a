"""The commands of `darkwake`, a file each."""
