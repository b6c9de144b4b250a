"""What users and operators supply besides tracks: areas, watch lists, models, reception files."""
