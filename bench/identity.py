"""How long it takes to compare names: 200,000 with each other, and 200 new ones with 100,000 known.  `python -m bench.identity`."""

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.resolve.features import Named, rows
from kg.resolve.identity import resolve
from kg.resolve.linkage import score_rows, uncrowded
from kg.workspace.known_names import KnownNames

PLACES = ("上海", "深圳市", "江苏", "", "", "杭州", "武汉市", "广东省")
TRADES = ("科技", "生物医药", "机械", "电子", "新材料", "汽车零部件", "软件", "环保", "光电", "半导体", "智能装备", "医疗器械")
FORMS = ("有限公司", "股份有限公司", "", "集团有限公司", "")


def made(count: int, seed: int = 3) -> list[Named]:
    """Invented names of firms, each once; a stem of two or three characters of 3,000."""
    chance = random.Random(seed)  # noqa: S311  # names, no secrets
    found: dict[str, None] = {}
    while len(found) < count:
        stem = "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(chance.choice((2, 2, 3))))
        found[chance.choice(PLACES) + stem + chance.choice(TRADES) + chance.choice(FORMS)] = None
    return [Named(f"id:{name}", name, "Enterprise") for name in found]


def main() -> None:
    """Print a line for each."""
    names = made(200_000)
    began = time.perf_counter()
    columns = uncrowded(list(rows(names)))
    taken = time.perf_counter() - began
    pairs = score_rows(columns, 0.1)
    print(f"200,000 names: features {taken:.1f} s, in all {time.perf_counter() - began:.1f} s, {len(pairs):,} pairs")
    with TemporaryDirectory() as folder:
        with KnownNames.of(Path(folder)) as known:
            known.take(names[:100_000], [], {"known": ""}, anew=True)
        began = time.perf_counter()
        with KnownNames.of(Path(folder)) as known:
            fresh = known.take(names[100_000:100_200], [], {"new": ""}, anew=False)
            concerned = known.concerned(fresh)
            read = time.perf_counter() - began
            resolve(concerned, looked_at=fresh)
            done = time.perf_counter() - began
        print(f"200 new names to 100,000: {len(concerned):,} looked at, {read:.2f} s to find them, {done:.2f} s in all")


if __name__ == "__main__":
    main()
