"""epubcheck, the validator of the W3C, as Debian packages it: what it has to say against a book."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from shutil import which

JAR = Path("/usr/share/java/epubcheck.jar")
"""Where Debian keeps it: its command needs the kernel's help to start a jar, which a container may not have."""


def command() -> list[str]:
    """What runs it; [] where it is not installed."""
    if JAR.exists() and which("java"):
        return ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(JAR)]  # half the time of a short run
    return ["epubcheck"] if which("epubcheck") else []


def complaints(book: Path) -> list[str]:
    """Its fatal errors, errors and warnings, each with where."""
    told = subprocess.run([*command(), str(book), "--json", "-"], capture_output=True, text=True, check=False)
    report = json.loads(told.stdout[told.stdout.index("{") :])
    return [
        f"{each['severity']} {each['ID']}: {each['message']} {[place['path'] for place in each['locations'][:3]]}"
        for each in report["messages"]
        if each["severity"] in ("FATAL", "ERROR", "WARNING")
    ]
