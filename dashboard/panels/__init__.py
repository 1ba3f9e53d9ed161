"""Pure functions from records to Dash components: what stands beside the map."""
