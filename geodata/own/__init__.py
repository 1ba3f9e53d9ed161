"""Tables that a user brings along: read, placed, kept on this machine and never sent away."""
