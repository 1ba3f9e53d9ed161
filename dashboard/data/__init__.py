"""The figures at stable addresses, for programs: tables, map layers, and what describes them."""
