"""The checks of ``flask check``, which look for mistakes in the configuration of a running site.

*In Django* these are the system checks: functions with ``@register``, which ``manage.py check --deploy`` runs.

Each module here is one topic. Its name is the first part of the codes of its findings.
"""

from collections.abc import Collection

from flask import Flask

from . import accounts, config, cookies, cors, files, key, mail, server, site, storage
from .registry import CHECKS, Finding

TOPICS = tuple(
    module.__name__.rpartition(".")[2]
    for module in (accounts, config, cookies, cors, files, key, mail, server, site, storage)
)


def run_checks(app: Flask, *, deploy: bool = False, topics: Collection[str] = TOPICS) -> list[Finding]:
    """Run the checks on an app, and return what they found, the worst first.

    :param deploy: also run the checks that only matter on a public server.
    :param topics: the topics to check.
    """
    with app.app_context():
        found = [
            finding
            for check in CHECKS
            if check.topic in topics and (deploy or not check.deploy)
            for finding in check.run(app)
        ]
    return sorted(found, key=lambda finding: (-finding.level, finding.code))
