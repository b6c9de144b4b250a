"""From findings to events: context, history, score, sentence."""
