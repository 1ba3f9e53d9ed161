"""What surrounds the pages on the wire: headers, limits, requests, files."""
