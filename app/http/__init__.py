"""The web service: routes, schemas, problem documents, and the pages that it serves."""
