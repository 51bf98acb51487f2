#pragma once

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "elic/crypto/sm2.h"

namespace elic::test {

/// A signature at an edge of SM2, with what exact arithmetic says of it (tests/vectors/make_sm2_vectors.py).
struct Sm2Vector {
    std::string what;
    Bytes point;  ///< x || y
    Digest e{};
    Sm2Signature signature{};
    std::string says;  ///< "yes", "no", "no key"
};

inline std::vector<Sm2Vector> sm2_vectors() {
    std::ifstream file(ELIC_SOURCE_DIR "/testdata/vectors/sm2.json");
    std::vector<Sm2Vector> vectors;
    for (const auto& each : nlohmann::json::parse(file)) {
        Sm2Vector vector{.what = each.at("what"),
                         .point = from_hex(each.at("point").get<std::string>()).value(),
                         .says = each.at("says")};
        const auto e = from_hex(each.at("e").get<std::string>()).value();
        const auto signature = from_hex(each.at("signature").get<std::string>()).value();
        std::copy_n(e.begin(), vector.e.size(), vector.e.begin());
        std::copy_n(signature.begin(), vector.signature.size(), vector.signature.begin());
        vectors.push_back(std::move(vector));
    }
    return vectors;
}

}  // namespace elic::test
