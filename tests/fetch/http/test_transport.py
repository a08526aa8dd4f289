"""The transport beside other libraries in one process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_no_module_is_hidden_from_other_libraries() -> None:
    program = "import sys, fetch.http.client; print(*[name for name, module in sys.modules.items() if module is None])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_what_httpcore_looks_for_at_every_lock_is_there() -> None:
    program = "import fetch.http.client, httpcore._synchronization as locks; import sniffio; print(locks.__name__)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["httpcore._synchronization"]
