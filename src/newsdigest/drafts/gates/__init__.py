"""The twelve gates: they check a draft's text against its evidence, whoever wrote it."""

from newsdigest.drafts.gates.run import GATES, run_gates

__all__ = ["GATES", "run_gates"]
