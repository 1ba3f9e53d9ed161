"""The data side of the atlas: facts, boundaries, layout, catalogue and measures.

Knows geography and economics; imports neither Dash nor Plotly.
"""
