"""How the pages of docs/ become a site: `python -m sphinx --fail-on-warning docs build/docs`."""

import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

project = "京津冀产业协同图谱"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
language = "zh_CN"
html_title = f"{project} · The atlas"
exclude_patterns = ["notebooks", "_static", "screenshots"]

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "docs.pages",
    "docs.links",
]
myst_enable_extensions = ["deflist", "tasklist"]
myst_heading_anchors = 3

# Docstrings are numpydoc with `code` between single marks, as the rules of the house have it.
default_role = "literal"
napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_member_order = "bysource"
autodoc_default_options = {"exclude-members": "__init__"}
toc_object_entries_show_parents = "hide"
autodoc_class_signature = "separated"
python_maximum_signature_line_length = 80

html_theme = "furo"
html_static_path = ["_static", "screenshots"]
html_css_files = ["docs.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"source_edit_link": "", "top_of_page_buttons": []}
