"""JSON in the shapes that providers and users write."""
