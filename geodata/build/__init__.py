"""What is computed once and kept: steps, cache, and the parts of an atlas."""
