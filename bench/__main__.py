"""Run all comparisons."""

from bench.analysis import main as analysis
from bench.extract import main as extract
from bench.pages import main as pages
from bench.start import main as start
from bench.store import main as store

extract()
start()
store()
analysis()
pages()
