"""Files on their way into a graph: which, read in processes of their own, prepared as what one transaction puts in."""
