"""Run all comparisons, or those that are named: `python -m bench [NAME…]`."""

import sys
from importlib import import_module

NAMES = ("extract", "shapes", "start", "store", "memory", "scale", "analysis", "layout", "pages")

if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        import_module(f"bench.{name}").main()
