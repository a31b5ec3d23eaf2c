"""The application for any WSGI server, and for ``flask run`` in this folder."""

from pathlib import Path

from assembly_required import create_app

app = create_app(root=Path(__file__).parent)
