"""What users and operators bring beside tracks: areas, watch lists, models, reception files."""
