"""Who receives what vessels send, and what a provider delivers of it."""
