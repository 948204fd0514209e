"""What the codes of findings mean: an index made from the package's own source."""

from faircopy.explain.index import Entry as Entry
from faircopy.explain.index import index as index
from faircopy.explain.index import look_up as look_up
