"""The application object for WSGI servers and for ``flask`` commands in this folder."""

from pathlib import Path

from assembly_required import create_app
from assembly_required.cli.startup import announce
from assembly_required.workbench.mounting import mount

app = create_app(root=Path(__file__).parent)
announce(app)
mount(app)  # the pages at /workbench, under the development server
