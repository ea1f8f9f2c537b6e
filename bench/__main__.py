"""Run all comparisons."""

from bench.extract import main as extract
from bench.start import main as start

extract()
start()
