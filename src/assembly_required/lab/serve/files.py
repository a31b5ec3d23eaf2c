"""Allow this process, and those it starts, to open a file for each connection."""

import resource

from .servers import ServeError

SPARE = 200
"""Files that a server opens besides its connections."""


def allow_connections(connections: int) -> None:
    """Raise the limit of open files for a server that has so many clients, and as many connections to the upstream.

    :raises ServeError: the system does not allow so many.
    """
    needed = 2 * connections + SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    if hard != resource.RLIM_INFINITY and hard < needed:
        raise ServeError(
            f"{connections:,} connections need {needed:,} open files in a process, "
            f"but the system allows {hard:,} here.\n"
            f"Raise the limit, for example with: sudo prlimit --pid $$ --nofile={needed}"
        )
    resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
