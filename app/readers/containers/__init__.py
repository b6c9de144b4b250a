"""Packed files, encodings, and files that hold no track."""
