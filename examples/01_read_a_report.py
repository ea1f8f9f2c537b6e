"""What does a report state? Read it, extract its facts, print the figures with their words."""

from kg import resources
from kg.extract import extract
from kg.read import read

facts = extract(read(resources.data() / "qingpu-2023h1" / "report.txt"))
print(facts.document.title, facts.document.period)
for figure in facts.observations[:5]:
    print(figure.about, figure.indicator, figure.value, figure.disclosure, "←", facts.document.quote(figure.span))
