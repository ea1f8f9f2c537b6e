"""Run all comparisons."""

from bench.analysis import main as analysis
from bench.extract import main as extract
from bench.layout import main as layout
from bench.memory import main as memory
from bench.pages import main as pages
from bench.scale import main as scale
from bench.shapes import main as shapes
from bench.start import main as start
from bench.store import main as store

extract()
shapes()
start()
store()
memory()
scale()
analysis()
layout()
pages()
