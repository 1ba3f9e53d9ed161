"""Firms that a user brings along, by the million: read, placed, counted, and never sent away."""
