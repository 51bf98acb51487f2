"""The mutated copy of the source tree, and its build."""
import json
import os
import pathlib
import re
import subprocess

from mutants import Finder, instrument

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ROOMS = ("payload", "trust", "verify")
IDS_OF_A_FILE = 1000  # a change in one file leaves the numbers of the others, and what is compiled of them, as they are

HEADER = r"""#pragma once
namespace elic_mutation {
extern int mode;  // 0: ready, 1: the environment is not read yet, 2: trace
extern unsigned active;
bool look(unsigned id) noexcept;  // reads the environment, traces
void test_begins(const char* name) noexcept;
inline bool on(unsigned id) noexcept { return __builtin_expect(mode != 0, 0) ? look(id) : active == id; }
template <class A, class B>
bool less(unsigned id, const A& a, const B& b) { return on(id) ? a <= b : a < b; }
template <class A, class B>
bool less_equal(unsigned id, const A& a, const B& b) { return on(id) ? a < b : a <= b; }
template <class A, class B>
bool greater(unsigned id, const A& a, const B& b) { return on(id) ? a >= b : a > b; }
template <class A, class B>
bool greater_equal(unsigned id, const A& a, const B& b) { return on(id) ? a > b : a >= b; }
}  // namespace elic_mutation
"""

# The trace: "T <CPU microseconds so far> <test>" and "<id>" lines, each written at once, so that a program that is
# killed, or that forks, leaves what it has reached.
RUNTIME = r"""#include "mutation_schemata.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace elic_mutation {

constinit int mode = 1;
constinit unsigned active = 0;

namespace {

constexpr unsigned known = 1u << 20;
std::atomic<unsigned> reached[known];
std::atomic<unsigned> test = 1;
int trace = -1;

void read_environment() noexcept {
    if (const char* path = std::getenv("ELIC_MUTANT_TRACE")) {
        trace = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        mode = 2;
        return;
    }
    if (const char* number = std::getenv("ELIC_MUTANT")) active = static_cast<unsigned>(std::strtoul(number, nullptr, 10));
    mode = 0;
}

}  // namespace

bool look(unsigned id) noexcept {
    if (mode == 1) read_environment();
    if (mode == 0) return active == id;
    if (id < known && reached[id].exchange(test) != test) {
        char line[16];
        const int size = std::snprintf(line, sizeof line, "%u\n", id);
        if (write(trace, line, static_cast<std::size_t>(size)) != size) std::abort();
    }
    return false;
}

void test_begins(const char* name) noexcept {
    if (mode == 1) read_environment();
    if (mode != 2) return;
    ++test;
    dprintf(trace, "T %ld %s\n", static_cast<long>(std::clock() * 1000000.0 / CLOCKS_PER_SEC), name);
}

}  // namespace elic_mutation
"""

# A mutated file: no warnings, short compiling; the assertions of the standard library and of tl::expected are on. A room
# that is mutated whole is still compiled eight files at a time; files with options of their own are compiled alone.
OPTIONS = r"""
set(mutated -O1 -g0 -w -D_GLIBCXX_ASSERTIONS -I${PROJECT_SOURCE_DIR}/mutation_include
            "SHELL:-include ${PROJECT_SOURCE_DIR}/lib/mutation_schemata.h")
foreach(room %s)
  target_compile_options(elic_${room} PRIVATE ${mutated})
endforeach()
string(REPLACE "SHELL:-include " "-include;" mutated "${mutated}")
foreach(file %s)
  set_source_files_properties(${PROJECT_SOURCE_DIR}/${file} PROPERTIES COMPILE_OPTIONS "${mutated}")
endforeach()
"""

LISTENER = r"""
#include "mutation_schemata.h"
namespace {
struct MutationListener : Catch::TestEventListenerBase {
    using TestEventListenerBase::TestEventListenerBase;
    void testCaseStarting(const Catch::TestCaseInfo& test) override { elic_mutation::test_begins(test.name.c_str()); }
};
CATCH_REGISTER_LISTENER(MutationListener)
}  // namespace
"""


def sources():
    return sorted(path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / "lib" / room).glob("*.cpp"))


class Tree:
    """build/mutation: source/ (the copy, and its build as the preset "release" has it), results. Only files asked for are
    mutated, and only they are compiled otherwise than in a release: all else may come from a compiler cache."""

    def __init__(self, base):
        self.base = base
        self.source = base / "source"
        self.build_dir = self.source / "build/release"
        self.finders = {}
        for name in sources():
            self.finders[name] = Finder(name, (ROOT / name).read_text(encoding="utf-8")).run()
        for number, finder in enumerate(self.finders.values()):
            assert len(finder.mutants) < IDS_OF_A_FILE
            for ordinal, mutant in enumerate(finder.mutants, 1):
                mutant.id = number * IDS_OF_A_FILE + ordinal
        self.refused_file = base / "refused.json"  # what the compiler did not take, by key
        self.refused = set(json.loads(self.refused_file.read_text())) if self.refused_file.exists() else set()

    @property
    def mutants(self):
        return [mutant for finder in self.finders.values() for mutant in finder.mutants if mutant.key not in self.refused]

    def limit(self, files):
        """Mutates these alone."""
        self.finders = {name: finder for name, finder in self.finders.items() if name in files}

    def copy(self):
        """Copies what git knows of; only what has changed is written, so that a second build is short."""
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True,
                                text=True).stdout.splitlines()
        kept = {name for name in listed if (ROOT / name).is_file()}
        made = {"lib/base/mutation_schemata.cpp": RUNTIME.encode(), "lib/mutation_schemata.h": HEADER.encode(),
                **self.checked_expected()}
        for name in kept:
            data = (ROOT / name).read_bytes()
            if name in self.finders:
                finder = self.finders[name]
                data = instrument(finder.source, [m for m in finder.mutants if m.key not in self.refused]).encode()
            elif name == "lib/CMakeLists.txt":  # the last word
                data += self.options().encode()
            elif name == "tests/unit/main.cpp":
                data += LISTENER.encode()
            elif name == "tests/CMakeLists.txt":
                # The tests' own copies of inline functions must not stand in for the library's, which assert.
                data += (b"\ntarget_include_directories(elic_test_main PRIVATE ${PROJECT_SOURCE_DIR}/lib)\n"
                         b"target_compile_definitions(elic_test_main PUBLIC _GLIBCXX_ASSERTIONS)\n")
            self.put(name, data, (ROOT / name).stat().st_mode)
        for name, data in made.items():
            self.put(name, data, 0o644)
        for path in sorted(self.source.rglob("*")):
            name = path.relative_to(self.source).as_posix()
            if not name.startswith("build/") and name not in kept | set(made) and path.is_file():
                path.unlink()

    def options(self):
        whole = [room for room in ROOMS if all(n in self.finders for n in sources() if n.startswith(f"lib/{room}/"))]
        alone = [name for name in self.finders if name.split("/")[1] not in whole]
        return OPTIONS % (" ".join(whole), " ".join(alone))

    def put(self, name, data, mode):
        path = self.source / name
        if not path.exists() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(mode & 0o777)

    @staticmethod
    def checked_expected():
        """tl::expected with its preconditions checked: a value that is not there is a crash, not chance."""
        found = subprocess.run([os.environ.get("CXX", "c++"), "-E", "-x", "c++", "-"], input="#include <tl/expected.hpp>\n",
                               capture_output=True, text=True)
        path = re.search(r'^# \d+ "([^"]*tl/expected\.hpp)"', found.stdout, re.M)
        if not path:
            return {}
        text = pathlib.Path(path.group(1)).read_text(encoding="utf-8")
        head, mark, body = text.partition("class expected :")
        yes, no = "if (!this->m_has_val) __builtin_abort();", "if (this->m_has_val) __builtin_abort();"
        body = body.replace("{ return valptr(); }", f"{{ {yes} return valptr(); }}")
        body = re.sub(r"(operator\*\(\) (?:const )?&&? \{)(\s*return)", rf"\1 {yes}\2", body)
        body = re.sub(r"(E &&?error\(\) (?:const )?&&? \{)", rf"\1 {no}", body)
        return {"mutation_include/tl/expected.hpp": (head + mark + body).encode()}

    def build(self, targets, jobs, say):
        """Configures and builds; mutants that the compiler does not take are left out, and it is tried again. The targets
        that there are."""
        launcher = ["-DCMAKE_CXX_COMPILER_LAUNCHER=ccache"] if "ccache" in os.environ.get("CMAKE_CXX_COMPILER_LAUNCHER", "") else []
        for attempt in range(12):
            self.copy()
            if not (self.build_dir / "build.ninja").exists():  # ninja configures again when a CMakeLists.txt has changed
                subprocess.run(["cmake", "--preset", "release", "-DELIC_BENCH=OFF", *launcher], cwd=self.source, check=True,
                               stdout=subprocess.DEVNULL)
            subprocess.run(["ninja", "-C", self.build_dir, "build.ninja"], check=True, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
            there = subprocess.run(["ninja", "-C", self.build_dir, "-t", "targets", "all"], check=True, capture_output=True,
                                   text=True).stdout
            known = [t for t in targets if re.search(rf"^{re.escape(t)}: phony", there, re.M)]
            done = subprocess.run(["ninja", "-C", self.build_dir, "-k", "0", "-j", str(jobs), *known], capture_output=True,
                                  text=True)
            if done.returncode == 0:
                return known
            refused = self.blamed(done.stdout)
            if not refused:
                raise SystemExit("mutate: the mutated tree does not compile, and no mutant is at fault:\n" + done.stdout[-6000:])
            say(f"the compiler refuses {len(refused)} mutants; without them again")
            self.refused |= refused
            self.refused_file.write_text(json.dumps(sorted(self.refused), ensure_ascii=False, indent=0))
        raise SystemExit("mutate: the mutated tree does not compile")

    def blamed(self, output):
        """The mutants on the lines that the compiler's errors name."""
        blamed = set()
        for name, line in re.findall(r"([^\s:]+\.cpp):(\d+):\d+: (?:error|  *required from)", output):
            path = pathlib.Path(name)
            relative = path.relative_to(self.source).as_posix() if path.is_relative_to(self.source) else name
            finder = self.finders.get(relative)
            for mutant in finder.mutants if finder else []:
                if mutant.line <= int(line) <= mutant.last_line and mutant.key not in self.refused:
                    blamed.add(mutant.key)
        return blamed
