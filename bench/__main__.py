"""Run all comparisons."""

from bench.analysis import main as analysis
from bench.extract import main as extract
from bench.start import main as start
from bench.store import main as store

extract()
start()
store()
analysis()
