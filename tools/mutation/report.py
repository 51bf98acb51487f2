"""What became of the mutants, as text; explanations of those that survive."""
from collections import Counter, defaultdict

from tree import ROOT

KILLED = ("failed", "crashed", "timed out")
EXPLANATIONS = ROOT / "tests/mutation/equivalent.txt"


def read_explanations(path=EXPLANATIONS):
    """{key: why}. One a line: file | kind | source text | why; the source text may hold bars, `why` none."""
    explained = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], 1):
        if not line.strip() or line.startswith("#"):
            continue
        parts = line.split(" | ", 2)
        text, bar, why = parts[-1].rpartition(" | ")
        if len(parts) != 3 or not bar or not why.strip():
            raise SystemExit(f"mutate: {path}:{number}: file | kind | source text | why is expected")
        key = f"{parts[0].strip()} | {parts[1].strip()} | {text.strip()}"
        if key in explained:
            raise SystemExit(f"mutate: {path}:{number}: explained twice")
        explained[key] = why.strip()
    return explained


class Summary:
    def __init__(self, tree, mutants, outcomes, explained):
        """mutants: those looked at; outcomes: key -> (outcome, by)."""
        self.tree, self.mutants, self.outcomes, self.explained = tree, mutants, outcomes, explained
        self.survivors = [m for m in mutants if self.of(m) not in KILLED]
        self.unexplained = [m for m in self.survivors if m.key not in explained]
        keys = {m.key for f in tree.finders.values() for m in f.mutants}
        killed = {m.key for m in mutants if self.of(m) in KILLED}
        files = set(tree.finders)  # of the rooms that this run mutates
        self.idle = [key for key in explained if key in killed]
        self.lost = [key for key in explained if key not in keys and key.split(" | ")[0] in files]
        self.lost += [key for key in explained if not (ROOT / key.split(" | ")[0]).exists()]

    def of(self, mutant):
        return self.outcomes[mutant.key][0]

    @property
    def killed(self):
        return len(self.mutants) - len(self.survivors)

    @property
    def score(self):
        return 100.0 * self.killed / len(self.mutants) if self.mutants else 100.0

    def fine(self, bar):
        return self.score >= bar and not self.unexplained and not self.idle and not self.lost

    def lines(self):
        per_file = defaultdict(Counter)
        for mutant in self.mutants:
            per_file[mutant.file][self.of(mutant)] += 1
            per_file[mutant.file]["all"] += 1
        width = max([len(name) for name in per_file] + [5])
        yield f"{'file':{width}}  killed / all        %   failed crashed timed-out   explained unexplained"
        rows = [(name, [name]) for name in sorted(per_file)] + [("total", list(per_file))]
        for title, names in rows:
            count = sum((per_file[name] for name in names), Counter())
            killed = sum(count[kind] for kind in KILLED)
            survivors = [m for m in self.survivors if m.file in names]
            left = sum(m.key not in self.explained for m in survivors)
            yield (f"{title:{width}}  {killed:6} / {count['all']:<6} {100.0 * killed / max(1, count['all']):6.1f}   "
                   f"{count['failed']:6} {count['crashed']:7} {count['timed out']:9}   {len(survivors) - left:9} {left:11}")
        yield ""
        by_kind = Counter(m.kind for m in self.mutants)
        left_by_kind = Counter(m.kind for m in self.survivors)
        for kind, number in sorted(by_kind.items()):
            yield f"{kind:20} {number - left_by_kind[kind]:5} / {number}"
        yield from self.left_out()
        yield from self.survivor_lines("Survivors without an explanation", self.unexplained)
        yield from self.survivor_lines("Survivors explained", [m for m in self.survivors if m.key in self.explained])
        for title, keys in (("Explained, but killed", self.idle), ("Explained, but not there", self.lost)):
            if keys:
                yield from ["", title, *keys]

    def left_out(self):
        skipped = sum((f.skipped for f in self.tree.finders.values()), Counter())
        if self.tree.refused:
            skipped["refused by the compiler"] = len(self.tree.refused)
        yield ""
        yield "Left out: " + (", ".join(f"{reason} {number}" for reason, number in sorted(skipped.items())) or "nothing")

    def survivor_lines(self, title, mutants):
        if not mutants:
            return
        yield ""
        yield title
        for mutant in sorted(mutants, key=lambda m: (m.file, m.line, m.id)):
            reached = "" if self.of(mutant) == "survived" else " (not reached)"
            yield f"{mutant.file}:{mutant.line}: {mutant.kind}{reached}: {mutant.source_text}"
            if mutant.key in self.explained:
                yield f"    {self.explained[mutant.key]}"
