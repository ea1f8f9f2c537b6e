"""The description of the service, in the vocabulary of SPARQL 1.1 Service Description."""

import pyoxigraph as ox

from kg.serve.formats import GRAPHS, RESULTS, with_charset
from kg.serve.http import Refused, Scope, own_iri
from kg.serve.settings import Settings
from kg.serve.tasks import Reply

_TEMPLATE = """
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix formats: <http://www.w3.org/ns/formats/> .
[] a sd:Service ;
  sd:endpoint <{endpoint}> ;
  sd:supportedLanguage {languages} ;
  sd:feature sd:BasicFederatedQuery ;
  sd:resultFormat {results} ;
  sd:inputFormat formats:Turtle, formats:N-Triples, formats:RDF_XML, formats:JSON-LD ;
  sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
"""


def describe(scope: Scope, media_type: str | None, settings: Settings) -> Reply:
    """What a GET without a query gives.

    Raises:
        Refused: 406, the client takes no graph.
    """
    if media_type is None:
        raise Refused(406, f"The description comes as {', '.join(GRAPHS)}. Accept one of them, or send a query.")
    endpoint = own_iri(scope)
    languages = ["sd:SPARQL10Query", "sd:SPARQL11Query", *(["sd:SPARQL11Update"] if settings.token else [])]
    results = [f"<{iri}>" for iri in (*(kind.iri for kind in RESULTS.values()), *(kind.iri for kind in GRAPHS.values()))]
    text = _TEMPLATE.format(endpoint=endpoint, languages=", ".join(languages), results=", ".join(results))
    if not settings.services:
        text = text.replace("  sd:feature sd:BasicFederatedQuery ;\n", "")
    data = ox.serialize(ox.parse(text.encode(), ox.RdfFormat.TURTLE), format=GRAPHS[media_type], prefixes=_PREFIXES)
    return Reply(200, with_charset(media_type), data or b"")


_PREFIXES = {"sd": "http://www.w3.org/ns/sparql-service-description#", "formats": "http://www.w3.org/ns/formats/"}
