"""How the report was made, and what its data cannot say."""

from dataclasses import asdict

from kg.analyse import projections, whole
from kg.report.content import Content, Row
from kg.report.material import Material
from kg.store import PartStore


def method(material: Material) -> Content | None:
    """Figures of the network as a whole, estimates with their errors, limits."""
    counted = material.rows("summary")[0]
    if not counted.documents:
        return None
    chosen = projections()["whole"]
    found = whole(material.network)
    betweenness = material.scores("betweenness") if material.network.m else None
    told = {key: value for key, value in asdict(found).items() if value is not None and key in material.words}
    rows = [Row({"figure": material.words[key], "value": value}, ()) for key, value in told.items()]
    values = {
        "projection": chosen.zh if material.lang == "zh" else chosen.en,
        "figures": int(counted.figures or 0),
        "withheld": int(counted.withheld or 0),
        "passages": int(counted.passages or 0),
        "documents": int(counted.documents or 0),
        "error": betweenness.error if betweenness else None,
        "confidence": betweenness.confidence if betweenness else None,
        "whole": found,
        "left_out": material.left_out,
        "things": material.network.n,
        "ties": material.network.m,
        "scoped": material.store.scoped if isinstance(material.store, PartStore) else None,
        "read": sum(bool(data.get("context")) for *_, data in material.graph.edges(data=True)),
    }
    return Content(values, {"whole": rows})
