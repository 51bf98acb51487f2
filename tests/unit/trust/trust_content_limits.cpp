#include <catch2/catch.hpp>
#include <limits>

#include "trust/trust_codec.h"
#include "unit/trust/trust_world.h"

using namespace elic;

namespace {

/// The content as it is read from what is written; `bytes` holds it.
Result<TrustListParts> content_back(const TrustListContent& content, Bytes& bytes) {
    auto written = write_trust_content(content);
    if (!written) return tl::unexpected(written.error());
    bytes = std::move(*written);
    return read_trust_content(bytes);
}

/// The good content with a map of so many bodies begun, and zeros after it.
Bytes content_with_bodies(std::uint32_t count) {
    auto world = make_world();
    world.source.content.bodies.clear();
    auto bytes = write_trust_content(world.source.content).value();
    REQUIRE(Bytes(bytes.end() - 4, bytes.end()) == Bytes{9, 0xA0, 10, 0x40});  // no bodies, no index
    bytes.resize(bytes.size() - 3);
    bytes.push_back(0xBA);
    for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<std::uint8_t>(count >> shift));
    bytes.resize(bytes.size() + 2 * std::size_t{count});
    return bytes;
}

}  // namespace

TEST_CASE("A trust list has the largest number, and is good at one instant if it says so") {
    auto content = make_world().source.content;
    content.number = std::numeric_limits<std::int64_t>::max();
    content.next_update = content.not_before;
    Bytes bytes;
    const auto parts = content_back(content, bytes).value();
    CHECK(parts.number == content.number);
    CHECK(parts.next_update == content.not_before);
    content.next_update = Timestamp::from_unix(content.not_before.unix_seconds() - 1).value();
    CHECK(content_back(content, bytes).error().context == "next_update lies before not_before");
}

TEST_CASE("Packs have versions up to 999 and word lists up to 99") {
    Bytes bytes;
    for (const auto& [version, words] : {std::pair{1, 1}, {999, 1}, {1, 99}, {999, 99}}) {
        auto content = make_world().source.content;
        content.packs[0].version = version;
        content.packs[0].words = words;
        CHECK(content_back(content, bytes).value().packs[0].version == version);
        CHECK(content_back(content, bytes).value().packs[0].words == words);
    }
    for (const auto& [version, words] : {std::pair{0, 1}, {1000, 1}, {1, 0}, {1, 100}, {-1, 1}, {1, -1}}) {
        auto content = make_world().source.content;
        content.packs[0].version = version;
        content.packs[0].words = words;
        CAPTURE(version, words);
        CHECK(content_back(content, bytes).error().context == "packs: version 1..999, words 1..99");
    }
}

TEST_CASE("Roots and intermediates are written in order and once, however they are given") {
    auto content = make_world().source.content;
    content.roots = {Digest{3}, Digest{1}, Digest{3}, Digest{2}};
    content.intermediates = {Digest{9}, Digest{7}, Digest{8}, Digest{7}};
    Bytes bytes;
    const auto parts = content_back(content, bytes).value();
    CHECK(parts.roots == std::vector<Digest>{Digest{1}, Digest{2}, Digest{3}});
    CHECK(parts.intermediates == std::vector<Digest>{Digest{7}, Digest{8}, Digest{9}});
}

TEST_CASE("Two packs of one type and version are one too many, whatever their digests") {
    auto content = make_world().source.content;
    content.packs[1].type = content.packs[0].type;
    Bytes bytes;
    CHECK(content_back(content, bytes).error().context == "packs: not in order of type and version, or listed twice");
    content.packs[1].version = content.packs[0].version + 1;
    CHECK(content_back(content, bytes).value().packs.size() == 2);
}

TEST_CASE("A body that is listed often is refused as listed twice") {
    for (const std::size_t often : {std::size_t{2}, std::size_t{100}}) {
        auto content = make_world().source.content;
        content.bodies.assign(often, content.bodies[0]);
        CHECK(write_trust_content(content).error().context == "body " + office_code().text() + " is listed twice");
    }
}

TEST_CASE("Two million bodies are counted, one more is over the limit") {
    CHECK(read_trust_content(content_with_bodies(2000000)).error().context ==
          "bodies: credit code -> bytes is expected");
    CHECK(read_trust_content(content_with_bodies(2000001)).error().code == Errc::limit_exceeded);
}

TEST_CASE("Content of 64 MiB is looked at, of one byte more it is not") {
    const Bytes bytes(max_trust_bytes + 1);
    CHECK(read_trust_content(bytes).error().code == Errc::limit_exceeded);
    CHECK(read_trust_content(BytesView(bytes).first(max_trust_bytes)).error().code == Errc::malformed_trust);
}
