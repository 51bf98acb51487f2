#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "base/hex.h"
#include "elic/verify/verify_payload.h"
#include "unit/base/temporary_folder.h"
#include "vectors/vector_support.h"

using namespace elic;

namespace {

const std::vector<std::string> known_keys = {"what", "at", "now", "pins", "seen", "allow", "expect", "finding", "text"};

/// Not synced: the disk's patience is not what is tested.
void put(const std::filesystem::path& path, BytesView bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!file.flush()) throw std::runtime_error(path.string() + ": not written");
}

/// The lines that stand in one, as a small file.
void put_lines(const std::filesystem::path& file, std::string first, std::string joined) {
    for (std::size_t bar = joined.find(" | "); bar != std::string::npos; bar = joined.find(" | ")) {
        first += joined.substr(0, bar) + "\n";
        joined.erase(0, bar + 3);
    }
    first += joined + "\n";
    put(file, as_bytes(first));
}

Timestamp instant(const std::string& text) { return Timestamp::parse(text).value(); }

/// What decides: the first finding with the report's verdict; where that is valid, whether the one sought is there.
std::string deciding(const Report& report, const std::string& sought) {
    std::string first;
    for (const auto& finding : report.findings()) {
        const auto& row = row_of(finding.code);
        if (report.verdict() == Verdict::valid && row.code == sought) return sought;
        if (row.verdict == report.verdict() && finding.code != FindingCode::not_run && first.empty()) first = row.code;
    }
    return first;
}

Report verify(const test::Vector& vector) {
    const TemporaryFolder place;
    const auto folder = place.path() / "trust";
    std::istringstream body(vector.body);
    for (std::string name, hex; body >> name >> hex;) {
        put(folder / "versions/000001" / name, from_hex(hex).value());
    }
    put(folder / "current", as_bytes(std::string_view("elic trust folder 1\nversion 000001\n")));
    put_lines(place.path() / "pins", "", vector.header.at("pins"));
    std::optional<SeenState> seen;
    if (vector.header.count("seen") != 0) {
        put_lines(place.path() / "seen", "elic seen 1\n", vector.header.at("seen"));
        seen = load_seen_state(place.path() / "seen").value();
    }
    const auto trust = TrustFolder::open(folder);
    VerifyContext context{.at = instant(vector.header.at("at"))};
    context.trust = trust ? &*trust : nullptr;
    if (!trust) context.trust_failure = trust.error();
    context.pins = load_root_pins(place.path() / "pins").value();
    if (vector.header.count("now") != 0) context.now = instant(vector.header.at("now"));
    context.policy.allow_missing_status = vector.header.count("allow") != 0;
    context.seen = seen ? &*seen : nullptr;
    return verify_payload(vector.header.at("text"), context);
}

}  // namespace

TEST_CASE("Every matrix vector has the verdict and the deciding finding that it says, and no cell is empty") {
    std::set<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata/vectors/matrix")) {
        const auto vector = test::read_vector(entry.path(), known_keys);
        INFO(vector.name);
        const auto report = verify(vector);
        CHECK(name_of(report.verdict()) == vector.header.at("expect"));
        CHECK(deciding(report, vector.header.at("finding")) == vector.header.at("finding"));
        names.insert(vector.name);
    }
    for (const std::string object : {"trust-list", "delegation", "certificate", "license", "status"}) {
        for (const std::string condition : {"before", "in", "after", "withdrawn", "compromised", "missing", "tampered",
                                            "rolled-back", "wrong-kind"}) {
            INFO(object + "-" + condition);
            CHECK(names.count(object + "-" + condition + ".txt") == 1);
        }
    }
    CHECK(names.size() >= 105);
}
