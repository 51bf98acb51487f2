#include <catch2/catch.hpp>
#include <map>

#include "base/hex.h"
#include "elic/trust/delegation.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/rollover.h"
#include "elic/trust/trust_list.h"
#include "vectors/vector_support.h"

using namespace elic;

namespace {

const std::vector<std::string> known_keys = {"comment", "expect", "signer", "certificate", "meaning"};

std::string outcome_of(const Error& error) {
    return error.code == Errc::newer_format      ? "newer"
           : error.code == Errc::malformed_trust ? "malformed"
                                                 : "other: " + error.context;
}

template <class T>
std::string outcome_of(const Result<T>& read) {
    return read ? "ok" : outcome_of(read.error());
}

std::string list_outcome(const Bytes& file) {
    const auto list = TrustList::open(file);
    return list ? outcome_of(list->content()) : outcome_of(list.error());
}

std::string object_outcome(const Bytes& file, const Certificate& signer) {
    const auto object = read_signed_object(file, 1 << 20);
    if (!object) return outcome_of(object.error());
    if (object->signer != signer.fingerprint() || !object->holds(signer.public_key())) return "malformed";
    if (object->kind == SignatureKind::delegation) return outcome_of(read_delegation(object->content));
    if (object->kind == SignatureKind::rollover) return outcome_of(read_rollover(*object));
    if (object->kind == SignatureKind::genuine_list) return outcome_of(read_genuine_list(object->content));
    return "other kind";
}

}  // namespace

TEST_CASE("Every vector of trust lists, delegations, roll-overs and genuine issues is read as it says") {
    std::map<std::string, int> right;
    int count = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata/vectors/trust")) {
        const auto vector = test::read_vector(entry.path(), known_keys);
        INFO(vector.name);
        const auto file = from_hex(vector.body).value();
        const auto certificate = vector.header.find("certificate");
        const auto outcome =
            certificate == vector.header.end()
                ? list_outcome(file)
                : object_outcome(file, Certificate::parse(from_hex(certificate->second).value()).value());
        CHECK(outcome == vector.header.at("expect"));
        if (outcome == "ok") ++right[vector.name];
        ++count;
    }
    CHECK(right.size() == 4);  // one of each kind
    CHECK(count >= 90);
}
