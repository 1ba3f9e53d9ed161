"""Reads and checks the tables of facts: files, cells, places, sources."""
