"""Scripts that make the layers, from registry packages or from cited facts."""
