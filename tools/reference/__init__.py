"""Builds the files of ontology/reference/ from the source tables and the curated tables beside this file."""
