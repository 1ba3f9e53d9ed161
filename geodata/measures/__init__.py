"""Measures: one module per question, pure functions over counts and figures."""
