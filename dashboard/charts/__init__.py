"""Pure functions from records to Plotly figures, for the screen and for print."""
