#include <catch2/catch.hpp>
#include <random>

#include "elic/crypto/sm3.h"

using namespace elic;

TEST_CASE("SM3 of many messages at once is SM3 of each, whatever their lengths and number") {
    std::mt19937 random(20261126);
    for (std::size_t count : {0, 1, 3, 4, 7, 8, 15, 16, 17, 64, 300}) {
        std::vector<Bytes> messages(count);
        for (auto& message : messages) {
            message.resize(random() % 700);
            for (auto& byte : message) byte = static_cast<std::uint8_t>(random());
        }
        std::vector<BytesView> views(messages.begin(), messages.end());
        std::vector<Digest> digests(count);
        sm3_many(views, digests);
        for (std::size_t i = 0; i < count; ++i) CHECK(digests[i] == sm3(messages[i]));
    }
    // Every length around the ends of blocks.
    std::vector<Bytes> messages;
    for (std::size_t size = 0; size < 260; ++size) messages.emplace_back(size, static_cast<std::uint8_t>(size));
    std::vector<BytesView> views(messages.begin(), messages.end());
    std::vector<Digest> digests(views.size());
    sm3_many(views, digests);
    for (std::size_t i = 0; i < views.size(); ++i) CHECK(digests[i] == sm3(messages[i]));
}
