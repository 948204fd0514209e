"""Open artifacts again, with other libraries than wrote them, and say whether they are right."""

from __future__ import annotations

from pipeline.proof.fidelity import Proof, verify, verify_all
from pipeline.proof.verdict import Status, Verdict

__all__ = ["Proof", "Status", "Verdict", "verify", "verify_all"]
