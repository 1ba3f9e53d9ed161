"""Regions, the layout and its schemes of circles, boundaries, and named sites."""
