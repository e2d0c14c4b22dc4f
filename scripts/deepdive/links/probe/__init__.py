"""External addresses: asked politely, within limits, and judged dead, alive or undecided.

``collect`` finds the addresses of a corpus, ``spelling`` and ``addresses`` refuse those that no packet
may go to, ``run`` asks the others side by side (``settle`` one page, ``request`` one attempt, ``hosts``
the manners), ``classify`` turns answers into verdicts, ``cache`` keeps them, ``diagnose`` and
``summary`` speak of them; ``policy`` holds every limit,
and ``external`` is the way through.
"""

from __future__ import annotations

from deepdive.links.probe.collect import Shard
from deepdive.links.probe.external import Options, run_external
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.report import Report, merge
from deepdive.links.probe.summary import needs_issue, summarise

__all__ = ["Options", "Policy", "Report", "Shard", "merge", "needs_issue", "run_external", "summarise"]
