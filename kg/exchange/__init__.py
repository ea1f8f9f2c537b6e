"""The graph on its way out: as RDF, or as a network for the programs of others."""
