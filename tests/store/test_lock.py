"""One writer at a time, in the words of who writes right after another."""

import threading
from pathlib import Path

import pytest

from kg.errors import WorkspaceBusyError
from kg.store.lock import WriterLock


def test_who_comes_while_another_lets_go_waits_for_it(tmp_path: Path):
    first = WriterLock(tmp_path)
    threading.Timer(0.2, first.release).start()
    WriterLock(tmp_path).release()


def test_who_comes_while_another_goes_on_is_told(tmp_path: Path):
    first = WriterLock(tmp_path)
    with pytest.raises(WorkspaceBusyError, match="is being written by another process"):
        WriterLock(tmp_path)
    first.release()
    WriterLock(tmp_path).release()
