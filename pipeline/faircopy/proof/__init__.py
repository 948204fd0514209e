"""Open artifacts again, with other libraries than wrote them, and say whether they are right.

``verify`` is quick and part of every build; ``check`` is thorough: every extractor, every judge.
"""

from __future__ import annotations

from faircopy.proof.fidelity import Proof, verify, verify_all
from faircopy.proof.verdict import Status, Verdict

__all__ = ["Proof", "Status", "Verdict", "verify", "verify_all"]
