"""Describe the machine on which something was measured."""

import os
import platform
import sqlite3
from pathlib import Path
from typing import Any


def describe_machine() -> dict[str, Any]:
    """Return what figures depend on: the processor, the memory, and the versions of the system and of Python."""
    return {
        "processor": read_processor(),
        "cores": os.cpu_count(),
        "memory_gib": read_memory(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": None,
    }


def read_processor() -> str:
    """Return the name of the processor, or its kind if the system does not tell the name."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def read_memory() -> float | None:
    """Return the memory of the machine in GiB, or ``None`` on systems that do not tell."""
    try:
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
    return round(size / 2**30, 1)
