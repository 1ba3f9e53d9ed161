"""The map: traces, layers, fill, classes, labels, legend; pure functions to Plotly figures."""
