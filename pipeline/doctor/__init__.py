"""What this machine has and lacks for building and checking, and how to mend it."""

from pipeline.doctor.console import consult
from pipeline.doctor.examination import examine
from pipeline.doctor.findings import Finding, State, as_json, describe
from pipeline.doctor.mending import install

__all__ = ["Finding", "State", "as_json", "consult", "describe", "examine", "install"]
