"""The screen side of the atlas. Asks the Atlas; computes no economics."""
