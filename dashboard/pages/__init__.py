"""Layouts and thin callbacks: View in, figures and panels out."""
