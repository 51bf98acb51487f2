#!/usr/bin/env python3
"""Holds tools/mutation against a small source: which mutants it finds, what it leaves alone, and that each of them, compiled
in and turned on, does what its kind says. Usage: self_test.py SOURCE_DIR C++-COMPILER"""
import os
import pathlib
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(sys.argv[1]) / "tools/mutation"))
from cpp_tokens import Tokens  # noqa: E402
from mutants import Finder, instrument  # noqa: E402
from report import read_explanations  # noqa: E402
from tree import HEADER, RUNTIME  # noqa: E402

SAMPLE = r'''#include <cstdio>
#include <string>
#include <utility>
#include <vector>
// if (comment && not_seen) return;
#define CHECK_THAT(x) ((x) ? 0 : 1)
namespace {
const char* raw = R"x(if (a && b) "return" )" )x";
constexpr bool constant(int a) { return a < 3; }
template <class T>
std::vector<T> pair_of(T&& a, T&& b) {
    std::vector<T> made;
    made.push_back(a);
    made.push_back(b);
    return made;
}
bool inside(int x, int low, int high) { return x >= low && x < high; }
int sign(int x) {
    if (x == 0) return 0;
    return x > 0 ? 1 : -1;
}
std::string name(int x) {
    switch (x) {
        case 0:
            return "zero";
        default:
            break;
    }
    if (const auto* found = x == 1 ? "one" : nullptr) return found;
    for (int i = 0; i < 2; ++i) {
        if (i + 2 == x) return std::to_string(i + 2);
    }
    return "many";
}
int count(const std::vector<int>& from) {
    int n = 0;
    const auto even = [](int x) { return x % 2 == 0; };
    for (const auto& x : from) n += even(x) || x == 7 ? 1 : 0;
    while (int rest = n - 100) {
        if (rest < 0) break;
        n = 100;
    }
    return n;
}
class Box {
public:
    explicit Box(int x) : x_{x}, big_(x > 10) {}
    void grow() { if (big_) return; x_ += 1; }
    int value() const { return x_; }
private:
    int x_;
    bool big_ = false;
};
}  // namespace
int main() {
    static_assert(constant(2) && sizeof(int) >= 2);
    CHECK_THAT(raw != nullptr && raw[0] == 'i');
    Box small(1), big(11);
    small.grow();
    big.grow();
    std::printf("%d%d%d %d%d%d ", inside(1, 1, 3), inside(3, 1, 3), inside(0, 1, 3), sign(0), sign(5), sign(-5));
    std::printf("%s %s %s %s %d ", name(0).c_str(), name(1).c_str(), name(2).c_str(), name(4).c_str(), count({2, 3, 7}));
    std::printf("%zu %d %d\n", pair_of(1, 2).size(), small.value(), big.value());
}
'''
AS_IT_IS = "100 01-1 zero one 2 many 2 2 2 11\n"
# what the program prints with the mutant on; None: it is not compared
EXPECTED = [
    ("call dropped", "pair_of: made.push_back(a);", "100 01-1 zero one 2 many 2 1 2 11\n"),
    ("call dropped", "pair_of: made.push_back(b);", "100 01-1 zero one 2 many 2 1 2 11\n"),
    ("return negated", "inside: x >= low && x < high", "011 01-1 zero one 2 many 2 2 2 11\n"),
    ("operand of && lost", "inside: x >= low", "101 01-1 zero one 2 many 2 2 2 11\n"),
    (">= to >", "inside: x >= low", "000 01-1 zero one 2 many 2 2 2 11\n"),
    ("operand of && lost", "inside: x < high", "110 01-1 zero one 2 many 2 2 2 11\n"),
    ("< to <=", "inside: x < high", "110 01-1 zero one 2 many 2 2 2 11\n"),
    ("condition negated", "sign: x == 0", "100 -100 zero one 2 many 2 2 2 11\n"),
    ("return dropped", "sign: return 0;", "100 -11-1 zero one 2 many 2 2 2 11\n"),
    ("condition negated", "sign: x > 0", "100 0-11 zero one 2 many 2 2 2 11\n"),
    ("> to >=", "sign: x > 0", AS_IT_IS),
    ("return dropped", 'name: return "zero";', "100 01-1 many one 2 many 2 2 2 11\n"),
    ("condition negated", 'name: const auto* found = x == 1 ? "one" : nullptr', None),
    ("condition negated", "name: x == 1", None),
    ("return dropped", "name: return found;", "100 01-1 zero many 2 many 2 2 2 11\n"),
    ("condition negated", "name: i < 2", "100 01-1 zero one many many 2 2 2 11\n"),
    ("< to <=", "name: i < 2", "100 01-1 zero one 2 4 2 2 2 11\n"),
    ("condition negated", "name: i + 2 == x", None),
    ("return dropped", "name: return std::to_string(i + 2);", "100 01-1 zero one many many 2 2 2 11\n"),
    ("return negated", "count: x % 2 == 0", "100 01-1 zero one 2 many 2 2 2 11\n"),
    ("condition negated", "count: even(x) || x == 7", "100 01-1 zero one 2 many 1 2 2 11\n"),
    ("operand of || lost", "count: even(x)", "100 01-1 zero one 2 many 1 2 2 11\n"),
    ("operand of || lost", "count: x == 7", "100 01-1 zero one 2 many 1 2 2 11\n"),
    ("condition negated", "count: rest < 0", "100 01-1 zero one 2 many 100 2 2 11\n"),
    ("< to <=", "count: rest < 0", AS_IT_IS),
    ("> to >=", "Box: x > 10", AS_IT_IS),
    ("condition negated", "grow: big_", "100 01-1 zero one 2 many 2 2 1 12\n"),
    ("return dropped", "grow: return;", "100 01-1 zero one 2 many 2 2 2 12\n"),
    ("call dropped", "main: small.grow();", "100 01-1 zero one 2 many 2 2 1 11\n"),
    ("call dropped", "main: big.grow();", AS_IT_IS),
]
SKIPPED = {"constexpr function": 1, "constant expression": 1, "macro": 1, "a declaration as the condition of a loop": 1}
failures = []


def check(what, got, expected):
    if got != expected:
        failures.append(f"{what}: {got!r}, not {expected!r}")


def main():
    finder = Finder("sample.cpp", SAMPLE).run()
    found = [(m.kind, m.source_text) for m in finder.mutants if not m.text.startswith("std::printf")]
    for missing in [row[:2] for row in EXPECTED if row[:2] not in found]:
        failures.append(f"not found: {missing}")
    for odd in [row for row in found if row not in [e[:2] for e in EXPECTED]]:
        failures.append(f"not expected: {odd}")
    check("left out", dict(finder.skipped), SKIPPED)
    for number, mutant in enumerate(finder.mutants, 1):
        mutant.id = number
    written = instrument(SAMPLE, finder.mutants)
    check("lines", written.count("\n"), SAMPLE.count("\n"))
    check("nothing to do", instrument(SAMPLE, []), SAMPLE)
    check("one token", [t.text for t in Tokens("1'000 u8R\"(a)\" <=> '\\''").list], ["1'000", 'u8R"(a)"', "<=>", "'\\''"])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, text in {"sample.cpp": written, "runtime.cpp": RUNTIME, "mutation_schemata.h": HEADER}.items():
            (folder / name).write_text(text, encoding="utf-8")
        subprocess.run([sys.argv[2], "-std=c++20", "-w", "-include", "mutation_schemata.h", "sample.cpp", "runtime.cpp", "-o",
                        "sample"], cwd=folder, check=True)

        def run(**environment):
            return subprocess.run([folder / "sample"], env={**os.environ, **environment}, capture_output=True,
                                  text=True).stdout
        check("as it is", run(), AS_IT_IS)
        printed = {(m.kind, m.source_text): run(ELIC_MUTANT=str(m.id)) for m in finder.mutants}
        for kind, text, expected in EXPECTED:
            if expected is not None:
                check(f"{kind}: {text}", printed.get((kind, text)), expected)
        trace = folder / "trace"
        check("traced", run(ELIC_MUTANT_TRACE=str(trace)), AS_IT_IS)
        check("reached", {int(line) for line in trace.read_text().split()}, {m.id for m in finder.mutants})
        explained = folder / "explained.txt"
        explained.write_text("# a remark\n\na.cpp | < to <= | f: a | b || c | why it is so\n")
        check("explanations", read_explanations(explained), {"a.cpp | < to <= | f: a | b || c": "why it is so"})
    read_explanations()
    print(f"{len(finder.mutants)} mutants of the sample")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


sys.exit(main())
