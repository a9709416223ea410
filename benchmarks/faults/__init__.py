"""The kinds of faults that the benchmark of known faults puts into clean documents, one module a family."""

from benchmarks.faults import citations, floats, footnotes, sections, terms, typography
from benchmarks.faults.kinds import KINDS, Fault, FaultKind

__all__ = ["KINDS", "Fault", "FaultKind", "citations", "floats", "footnotes", "sections", "terms", "typography"]
