"""What leaves the screen: print-ready figures with their data, sources and link."""
