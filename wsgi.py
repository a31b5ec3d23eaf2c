"""The application object for WSGI servers and for ``flask`` commands in this folder."""

from pathlib import Path

from assembly_required import create_app
from assembly_required.cli.startup import announce

app = create_app(root=Path(__file__).parent)
announce(app)
