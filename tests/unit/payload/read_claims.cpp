#include "payload_fixture.h"

using namespace elic;
using test::changed;
using test::drop;
using test::put;

namespace {

Bytes sample() { return write_claims(test::sample_license(), test::sample_pack()).value(); }

/// The error of the sample's claims after a change.
Error refusal(const std::function<void(cbor::Map&)>& change) {
    const auto claims = read_claims(changed(sample(), change));
    REQUIRE_FALSE(claims.has_value());
    return claims.error();
}

void check_names_key(std::int64_t key, cbor::Value value) {
    const auto error = refusal([&](cbor::Map& map) { put(map, key, value); });
    INFO(key << ": " << error.context);
    CHECK(error.code == Errc::malformed_payload);
    CHECK(error.context.find("key " + std::to_string(key)) != std::string::npos);
}

}  // namespace

TEST_CASE("Base claims are read without their pack") {
    const auto claims = read_claims(sample()).value();
    CHECK(claims.pack == test::sample_pack().prefix());
    CHECK(claims.issuer.text() == "11430199MB00TX017C");
    CHECK(claims.serial == "20260001");
    CHECK(claims.packed_number == 1 * 1000 + 7);  // 乙 is choice 1
    CHECK_FALSE(claims.number.has_value());
    CHECK(claims.revision == 1);
    CHECK(claims.holders == test::sample_license().holders);
    CHECK(claims.validity == test::sample_license().validity);
    CHECK(claims.signed_at == test::sample_license().signed_at);
    CHECK(claims.status == StatusReference{.list = 1, .index = 77});
    CHECK(claims.face.size() == 1);
    CHECK_FALSE(claims.critical_unknown);
}

TEST_CASE("Each required claim is missed by its key") {
    for (std::int64_t key : {1, 2, 3, 6, 7, 10, 11, 12}) {
        const auto error = refusal([&](cbor::Map& map) { drop(map, key); });
        CHECK(error.code == Errc::malformed_payload);
        CHECK(error.context.find("key " + std::to_string(key)) != std::string::npos);
    }
}

TEST_CASE("A claim of another form is refused with its key") {
    check_names_key(1, Bytes(5));
    check_names_key(1, std::string("abcd"));
    check_names_key(2, Bytes(8));
    check_names_key(2, std::string("11430199MB00TX017C"));
    check_names_key(2, std::string("11430199MB00TX017A"));
    check_names_key(3, Bytes(15));
    check_names_key(3, std::int64_t{-1});
    check_names_key(3, std::string("ab"));
    check_names_key(3, std::string(65, 'Z'));
    check_names_key(3, std::string());
    check_names_key(4, std::int64_t{-1});
    check_names_key(4, cbor::Value());
    check_names_key(5, std::int64_t{1});
    check_names_key(5, std::int64_t{1000});
    check_names_key(6, cbor::Array{});
    check_names_key(6, std::int64_t{1});
    check_names_key(7, std::int64_t{73050});
    check_names_key(7, std::int64_t{-36525});
    check_names_key(9, std::string("长期"));
    check_names_key(10, std::string("2026"));
    check_names_key(10, std::int64_t{1} << 40);
    check_names_key(11, std::int64_t{-1});
    check_names_key(12, Bytes(1));
}

TEST_CASE("What packs is not read as text") {
    for (const std::string serial : {"5", "9223372036854775807", "0A1B2C3D4E5F60718293A4B5C6D7E8F9"}) {
        CHECK(refusal([&](cbor::Map& map) { put(map, 3, serial); }).code == Errc::malformed_payload);
    }
    const auto holder = [&](std::int64_t kind, const std::string& code) {
        return refusal([&](cbor::Map& map) {
                   put(map, 6, cbor::Array{std::string("Q"), cbor::Array{kind, code}});
               })
            .code;
    };
    CHECK(holder(111, "430199198502280019") == Errc::malformed_payload);
    CHECK(holder(1, "91430199MA00EX011J") == Errc::malformed_payload);
    CHECK(holder(777, "1") == Errc::malformed_payload);
    CHECK(holder(-1, "1") == Errc::malformed_payload);
    CHECK(holder(414, std::string(65, 'Q')) == Errc::malformed_payload);
    CHECK(holder(111, std::string(65, '*')) == Errc::malformed_payload);
}

TEST_CASE("Keys 13 to 15 tell of a newer version, 16 to 23 are kept to be shown") {
    for (std::int64_t key : {13, 14, 15}) {
        CHECK(
            read_claims(changed(sample(), [&](cbor::Map& map) { put(map, key, std::int64_t{1}); }))->critical_unknown);
    }
    const auto claims = read_claims(changed(sample(), [](cbor::Map& map) {
                            put(map, 16, std::string("later"));
                            put(map, 23, cbor::Array{std::int64_t{1}, Bytes{2}});
                        })).value();
    REQUIRE(claims.shown_unknown.size() == 2);
    CHECK(claims.shown_unknown[0].first == 16);
    CHECK(*claims.shown_unknown[0].second.text() == "later");
    CHECK(claims.shown_unknown[1].first == 23);
}

TEST_CASE("Unclean texts and nulls of unknown keys are not shown") {
    const std::string hidden = "a\xE2\x80\x8B";
    for (const cbor::Value& value : {cbor::Value(), cbor::Value(hidden), cbor::Value(cbor::Array{cbor::Value(hidden)}),
                                     cbor::Value(cbor::Map{{cbor::Value(hidden), cbor::Value(std::int64_t{1})}})}) {
        CHECK(refusal([&](cbor::Map& map) { put(map, 17, value); }).code == Errc::malformed_payload);
    }
}

TEST_CASE("Keys outside -24..23 and keys of another type are refused") {
    for (std::int64_t key : {0, 24, 1000, -25, -1000}) {
        CHECK(refusal([&](cbor::Map& map) { put(map, key, std::int64_t{1}); }).code == Errc::malformed_payload);
    }
    CHECK(refusal([](cbor::Map& map) { map.emplace_back(Bytes{1}, std::int64_t{1}); }).code == Errc::malformed_payload);
    CHECK(refusal([](cbor::Map& map) { map.emplace_back(cbor::Value(), std::int64_t{1}); }).code ==
          Errc::malformed_payload);
}

TEST_CASE("A field by label is read; its label and text are clean") {
    const auto claims = read_claims(changed(sample(), [](cbor::Map& map) {
                            map.emplace_back(std::string("附页"), std::string("Q2"));
                        })).value();
    CHECK(claims.extra_face == std::vector<std::pair<std::string, std::string>>{{"附页", "Q2"}});
    for (const std::string label : {"", "a\nb", "a\xE2\x80\x8B"}) {
        CHECK(refusal([&](cbor::Map& map) { map.emplace_back(label, std::string("Q2")); }).code ==
              Errc::malformed_payload);
    }
    CHECK(refusal([&](cbor::Map& map) { map.emplace_back(std::string("附页"), std::int64_t{1}); }).code ==
          Errc::malformed_payload);
}

TEST_CASE("Size, depth and number of entries are limited") {
    CHECK(refusal([](cbor::Map& map) { put(map, 20, Bytes(2200)); }).code == Errc::limit_exceeded);
    // Sizes are given, not braces: the compilers differ on whether Array{Array{...}} nests or copies.
    const cbor::Array inner(1, cbor::Value(cbor::Array{}));
    // A name by words that has far more text than bytes (line 243 of word list 1).
    Bytes words;
    for (int i = 0; i < 1000; ++i) words.insert(words.end(), {200, 43});
    const auto holder = cbor::Array{words, cbor::Array{std::int64_t{414}, std::string("E1")}};
    CHECK(refusal([&](cbor::Map& map) { put(map, 6, holder); }).code == Errc::limit_exceeded);
    CHECK(refusal([&](cbor::Map& map) { put(map, 20, cbor::Array(1, cbor::Value(inner))); }).code ==
          Errc::limit_exceeded);
    CHECK(refusal([](cbor::Map& map) { put(map, 20, cbor::Array(64, std::int64_t{1})); }).code == Errc::limit_exceeded);
}

TEST_CASE("What is no map of claims is refused") {
    CHECK(read_claims({}).error().code == Errc::malformed_payload);
    CHECK(read_claims(Bytes{0x80}).error().context == "the claims are a map");
    CHECK(read_claims(Bytes{0xA0}).error().code == Errc::malformed_payload);
    CHECK(read_claims(Bytes{0xBF, 0xFF}).error().code == Errc::malformed_payload);
}

TEST_CASE("A refused holder says what is wrong with it") {
    const auto context = [](cbor::Value name, cbor::Value code) {
        return refusal([&](cbor::Map& map) { put(map, 6, cbor::Array{std::move(name), std::move(code)}); }).context;
    };
    const cbor::Value q(std::string("Q"));
    const auto pair = [](std::int64_t kind, const std::string& code) { return cbor::Value(cbor::Array{kind, code}); };
    const std::string form = "key 6 (holders): a holder code is 6 bytes, 9 bytes or [kind, text]";
    CHECK(context(q, std::int64_t{5}) == form);
    CHECK(context(q, cbor::Value(cbor::Array(1, std::int64_t{414}))) == form);
    CHECK(context(q, cbor::Value(cbor::Array{std::int64_t{414}, std::string("E"), std::string("E")})) == form);
    CHECK(context(q, cbor::Value(cbor::Array{std::string("414"), std::string("E")})) == form);
    for (const std::int64_t kind : {-1, 777, 1000}) {
        CHECK(context(q, pair(kind, "1")) == "key 6 (holders): unknown kind of holder code");
    }
    CHECK(context(q, pair(414, std::string(65, 'Q'))) == "key 6 (holders): a holder code has 1 to 64 characters");
    CHECK(context(q, pair(111, "430199198502280019")) == "key 6 (holders): text for a citizen number that packs");
    CHECK(context(q, pair(1, "91430199MA00EX011J")) == "key 6 (holders): text for a USCC that packs");
    for (const auto& code :
         {pair(111, "430199198502280018"), pair(1, "91430199MA00EX011A"), cbor::Value(Bytes(6, 0xFF)),
          cbor::Value(Bytes(9, 0xFF)), cbor::Value(Bytes(8)), pair(414, "a\nb")}) {
        CHECK_THAT(context(q, code), Catch::StartsWith("key 6 (holders): "));
    }
    CHECK_THAT(context(std::int64_t{1}, pair(414, "E1")), Catch::StartsWith("key 6 (holders): "));
}

TEST_CASE("A holder's text is read where nothing packs") {
    const auto code = [](std::int64_t kind, const std::string& text) {
        return read_claims(changed(sample(),
                                   [&](cbor::Map& map) {
                                       put(map, 6, cbor::Array{std::string("Q"), cbor::Array{kind, text}});
                                   }))
            .value()
            .holders[0]
            .code;
    };
    CHECK(code(414, std::string(64, 'Q')) == std::string(64, 'Q'));
    CHECK(code(1, "91430199MA00EX020G") == "91430199MA00EX020G");
    CHECK(code(111, "430199208001010017") == "430199208001010017");
    CHECK(code(111, "430199********0019") == "430199********0019");
    CHECK(code(1, "9143**********011J") == "9143**********011J");
    CHECK(code(999, "E1") == "E1");
}

TEST_CASE("A holder's packed code is read by its size") {
    const auto holder = [](Bytes packed) {
        return read_claims(changed(sample(),
                                   [&](cbor::Map& map) {
                                       put(map, 6, cbor::Array{std::string("Q"), packed});
                                   }))
            .value()
            .holders[0];
    };
    const auto body = Uscc::parse("91430199MA00EX011J")->packed();
    CHECK(holder(Bytes(body.begin(), body.end())) ==
          Holder{.name = "Q", .code_type = HolderCodeType::parse("001").value(), .code = "91430199MA00EX011J"});
    CHECK(holder(*(*cbor::Value(test::map_of(sample())).find(6)->array())[1].bytes()).code == "430199198502280019");
}

TEST_CASE("One to eight holders are read") {
    const auto holders = [](std::size_t values) {
        return changed(sample(), [&](cbor::Map& map) {
            cbor::Array list;
            for (std::size_t i = 0; i < values; ++i) {
                if (i % 2 == 0) list.emplace_back(std::string("Q"));
                if (i % 2 == 1) list.emplace_back(cbor::Array{std::int64_t{414}, std::string("E1")});
            }
            put(map, 6, std::move(list));
        });
    };
    CHECK(read_claims(holders(16))->holders.size() == 8);
    for (const std::size_t values : {0, 1, 3, 18}) {
        CHECK(read_claims(holders(values)).error().context ==
              "key 6 (holders): name, code, name, code, ... of 1 to 8 holders is expected");
    }
}

TEST_CASE("A refused claim says what is expected of it") {
    const auto context = [](std::int64_t key, cbor::Value value) {
        return refusal([&](cbor::Map& map) { put(map, key, std::move(value)); }).context;
    };
    const std::int64_t issued = read_claims(sample())->issued_on.days_since_2000();
    CHECK(context(2, std::string("11430199MB00TX017C")) == "key 2 (issuer): text for a code that packs");
    CHECK_THAT(context(2, std::int64_t{1}), Catch::StartsWith("key 2 (issuer): "));
    CHECK(context(3, std::int64_t{-1}) == "key 3 (serial): negative");
    CHECK(context(3, Bytes(17)) == "key 3 (serial): 16 bytes are expected");
    CHECK(context(3, std::string(65, 'Z')) == "key 3 (serial): 1 to 64 characters of 0-9 and A-Z are expected");
    CHECK(context(3, std::string("5")) == "a claim is not in its one form");
    CHECK(context(4, std::int64_t{-1}) == "key 4 (number): negative");
    CHECK_THAT(context(4, std::string("a\nb")), Catch::StartsWith("key 4 (number): "));
    CHECK(context(5, std::int64_t{1}) == "key 5 (revision): 2..999");
    CHECK(context(5, std::int64_t{1000}) == "key 5 (revision): 2..999");
    CHECK(context(5, std::string("2")) == "key 5 (revision): an unsigned integer is expected");
    CHECK(context(7, std::string("x")) == "key 7 (issued on): days are expected");
    CHECK(context(7, std::int64_t{73050}) == "key 7 (issued on): outside 1900..2199");
    CHECK(context(8, std::string("x")) == "key 8 (valid from): days are expected");
    CHECK(context(8, issued) == "key 8 (valid from): the default is written");
    CHECK(context(9, std::string("x")) == "key 9 (valid until): days are expected");
    CHECK(context(9, issued - 1) == "key 9 (valid until): before valid from");
    CHECK(context(10, std::string("x")) == "key 10 (signed at): seconds are expected");
    CHECK(context(10, std::int64_t{1} << 40) == "key 10 (signed at): outside 1900..2199");
    CHECK(context(11, std::int64_t{-1}) == "key 11 (status list): an unsigned integer is expected");
    CHECK(context(17, cbor::Value()) == "key 17: null or an unclean text");
    CHECK(context(16, cbor::Value()) == "key 16: null or an unclean text");
    for (const std::int64_t key : {0, 24, -25}) {
        CHECK(context(key, std::int64_t{1}) == "a key is outside -24..23 or no text");
    }
    const auto labelled = [](cbor::Value label, cbor::Value value) {
        return refusal([&](cbor::Map& map) { map.emplace_back(std::move(label), std::move(value)); }).context;
    };
    CHECK(labelled(Bytes{1}, std::int64_t{1}) == "a key is outside -24..23 or no text");
    CHECK(labelled(std::string(), std::string("Q")) == "a face field's label is not clean text");
    CHECK(labelled(std::string("a\nb"), std::string("Q")) == "a face field's label is not clean text");
    CHECK_THAT(labelled(std::string("附页"), std::int64_t{1}), Catch::StartsWith("face field '附页': "));
}

TEST_CASE("The first and the last of what is allowed is read") {
    const auto with = [](std::int64_t key, cbor::Value value) {
        return read_claims(changed(sample(), [&](cbor::Map& map) { put(map, key, std::move(value)); })).value();
    };
    const auto issued_on = read_claims(sample())->issued_on;
    const std::int64_t issued = issued_on.days_since_2000();
    CHECK(with(2, std::string("91430199MA00EX020G")).issuer.text() == "91430199MA00EX020G");
    CHECK(with(3, std::string(64, 'Z')).serial == std::string(64, 'Z'));
    CHECK(with(3, std::int64_t{0}).serial == "0");
    CHECK(with(3, Bytes(16, 0xAF)).serial == "AFAFAFAFAFAFAFAFAFAFAFAFAFAFAFAF");
    CHECK(with(4, std::int64_t{0}).packed_number == 0);
    CHECK(with(4, std::string("Q7")).number == "Q7");
    CHECK(with(5, std::int64_t{2}).revision == 2);
    CHECK(with(5, std::int64_t{999}).revision == 999);
    CHECK(with(9, issued).validity.valid_until == issued_on);
    CHECK(with(9, cbor::Value()).validity.form == ValidityForm::long_term);
    CHECK(with(8, issued + 1).validity.valid_from > issued_on);
    CHECK(with(11, std::int64_t{0}).status.list == 0);
    CHECK(with(-24, std::int64_t{1}).face.size() == 2);
    CHECK(with(15, std::int64_t{1}).shown_unknown.empty());
    CHECK_FALSE(with(16, std::int64_t{1}).critical_unknown);
    CHECK(with(23, std::int64_t{1}).shown_unknown.size() == 1);
    CHECK(with(17, cbor::Map{{cbor::Value(std::int64_t{1}), cbor::Value(std::string("Q"))}}).shown_unknown.size() == 1);
    CHECK(refusal([](cbor::Map& map) {
              put(map, 17, cbor::Map{{cbor::Value(std::int64_t{1}), cbor::Value(std::string("a\nb"))}});
          }).context == "key 17: null or an unclean text");
}
