"""What is computed once and kept: steps, cache, and what an atlas is made of."""
