"""What this machine has and lacks for building and checking, and how to mend it."""

from faircopy.doctor.console import consult
from faircopy.doctor.examination import examine
from faircopy.doctor.findings import Finding, State, as_json, describe
from faircopy.doctor.mending import install, install_fonts

__all__ = [
    "Finding",
    "State",
    "as_json",
    "consult",
    "describe",
    "examine",
    "install",
    "install_fonts",
]
