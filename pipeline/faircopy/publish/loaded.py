"""What typesetters need, loaded with this module: a forkserver loads it once for all workers."""

from __future__ import annotations

import contextlib
import gc

from faircopy.publish import jobs

gc.disable()  # loading makes much that lives for ever and nothing to collect
with contextlib.suppress(Exception):  # the job that needs it fails again, and says why
    jobs.load_typesetting()
gc.enable()
