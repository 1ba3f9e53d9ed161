"""Studies: questions of regional science, answered with records from an atlas's readings."""
