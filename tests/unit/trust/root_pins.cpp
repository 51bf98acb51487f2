#include "elic/trust/root_pins.h"

#include <catch2/catch.hpp>

#include "base/file.h"
#include "base/hex.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

const std::string digits = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

Digest a_digest() { return parse_fingerprint(digits).value(); }

}  // namespace

TEST_CASE("A fingerprint is read with and without prefix and with colons, and written in one form") {
    std::string colons;
    for (std::size_t i = 0; i < digits.size(); i += 2) colons += (i != 0 ? ":" : "") + digits.substr(i, 2);
    CHECK(a_digest()[1] == 0x11);
    CHECK(parse_fingerprint("sm3:" + digits).value() == a_digest());
    CHECK(parse_fingerprint(colons).value() == a_digest());
    CHECK(parse_fingerprint("sm3:00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF").value() ==
          a_digest());
    CHECK(format_fingerprint(a_digest()) == "sm3:" + digits);
}

TEST_CASE("What is no fingerprint is refused") {
    for (const auto& text : {std::string(), std::string("sm3:"), digits.substr(1), digits + "00", "sha256:" + digits,
                             digits.substr(0, 63) + "g", std::string(95, ':'), " " + digits}) {
        CAPTURE(text);
        const auto read = parse_fingerprint(text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == Errc::bad_argument);
    }
}

TEST_CASE("A pin file that is missing pins nothing") {
    const TemporaryFolder folder;
    const auto pins = load_root_pins(folder / "trust.pin");
    REQUIRE(pins);
    CHECK(pins->pins.empty());
    CHECK_FALSE(pins->holds(a_digest()));
}

TEST_CASE("A pin file has a fingerprint a line; comments, blanks and carriage returns are passed over") {
    const TemporaryFolder folder;
    const std::string text = "# roots\r\n\r\n  sm3:" + digits + "  # ours\r\n" + std::string(64, 'f');
    REQUIRE(write_file_durably(folder / "trust.pin", as_bytes(text)));
    const auto pins = load_root_pins(folder / "trust.pin");
    REQUIRE(pins);
    CHECK(pins->pins.size() == 2);
    CHECK(pins->holds(a_digest()));
    Digest unknown = a_digest();
    unknown[31] ^= 1;
    CHECK_FALSE(pins->holds(unknown));
}

TEST_CASE("A bad line of a pin file is an error that names it: a pin is never lost silently") {
    const TemporaryFolder folder;
    REQUIRE(write_file_durably(folder / "trust.pin", as_bytes("# fine\nsm3:12\n")));
    const auto pins = load_root_pins(folder / "trust.pin");
    REQUIRE_FALSE(pins);
    CHECK(pins.error().code == Errc::bad_argument);
    CHECK_THAT(pins.error().context, Catch::Contains("line 2"));
}

TEST_CASE("Adding a pin creates the folder, keeps what is there and happens once") {
    const TemporaryFolder folder;
    const auto file = folder / "elic/trust.pin";
    Digest second = a_digest();
    second[0] = 0xAB;
    REQUIRE(add_root_pin(file, {.fingerprint = a_digest()}, "first\nsm3:0"));
    REQUIRE(add_root_pin(file, {.fingerprint = second}, "second"));
    const auto before = read_file(file, 4096).value();
    REQUIRE(add_root_pin(file, {.fingerprint = a_digest()}, "again"));
    CHECK(read_file(file, 4096).value() == before);
    const auto pins = load_root_pins(file);
    REQUIRE(pins);  // the line break in the comment was escaped
    CHECK(pins->pins == RootPins::of({a_digest(), second}).pins);
}

TEST_CASE("A pin is added after a last line without its end") {
    const TemporaryFolder folder;
    const auto file = folder / "trust.pin";
    REQUIRE(write_file_durably(file, as_bytes(std::string(64, 'f'))));
    REQUIRE(add_root_pin(file, {.fingerprint = a_digest()}, ""));
    CHECK(load_root_pins(file).value().pins.size() == 2);
}

TEST_CASE("A root may be pinned for some divisions and types only") {
    const TemporaryFolder folder;
    const auto file = folder / "trust.pin";
    const std::string type = "11100000000013338W011";
    const RootPin pin{.fingerprint = a_digest(),
                      .areas = {AreaCode::parse("430000").value(), AreaCode::parse("330000").value()},
                      .types = {LicenseTypeCode::parse(type).value()}};
    REQUIRE(add_root_pin(file, pin, "ours"));
    CHECK(as_text(read_file(file, 4096).value()) ==
          "sm3:" + digits + " area=430000,330000 type=" + type + "  # ours\n");
    const auto pins = load_root_pins(file).value();
    REQUIRE(pins.pins.size() == 1);
    CHECK(pins.pins[0] == pin);
    CHECK(pins.find(a_digest()) == pins.pins.data());
    CHECK(pins.find(Digest{}) == nullptr);
    REQUIRE(add_root_pin(file, pin, "again"));
    const auto other = add_root_pin(file, {.fingerprint = a_digest()}, "wider");
    REQUIRE_FALSE(other);
    CHECK(other.error().code == Errc::already_exists);
    CHECK_THAT(other.error().context, Catch::Contains("edit the file"));
}

TEST_CASE("A pin's constraint that is not understood is an error: the root is not relied on for more than was meant") {
    const TemporaryFolder folder;
    const auto file = folder / "trust.pin";
    const std::string root = "sm3:" + digits;
    const auto load = [&](const std::string& line) {
        REQUIRE(write_file_durably(file, as_bytes(line + "\n")));
        return load_root_pins(file);
    };
    CHECK(load(root + "\tarea=430000   type=11100000000013338W011 # x").value().pins[0].types.size() == 1);
    CHECK(load(root + " type=11100000000013338W011").value().pins[0].areas.empty());
    CHECK(load(root + " area=430000\n" + root + " area=430000").value().pins.size() == 1);
    for (const auto& line :
         {root + " area=", root + " area=43", root + " area=430000,", root + " area=430000,430000",
          root + " type=", root + " type=W011", root + " area= 430000", root + " area=430000 area=330000",
          root + " type=11100000000013338W011 area=430000", root + " days=3", root + " x", root + "area=430000",
          "area=430000 " + root, root + "\n" + root + " area=430000"}) {
        CAPTURE(line);
        const auto pins = load(line);
        REQUIRE_FALSE(pins);
        CHECK(pins.error().code == Errc::bad_argument);
        CHECK_THAT(pins.error().context, Catch::Contains("line "));
    }
}

TEST_CASE("Blanks and carriage returns at the end of a line are passed over in any order") {
    const TemporaryFolder folder;
    for (const std::string end : {" ", "\t", "\r", " \r", "\t\r", "\r ", "\r\t", " \r\t \r"}) {
        CAPTURE(end.size(), to_hex(as_bytes(end)));
        for (const auto& line :
             {"sm3:" + digits + end, "sm3:" + digits + end + "# ours", "sm3:" + digits + "\n" + end}) {
            REQUIRE(write_file_durably(folder / "trust.pin", as_bytes(line + "\n")));
            CHECK(load_root_pins(folder / "trust.pin").value().pins == RootPins::of({a_digest()}).pins);
        }
    }
}

TEST_CASE("Nothing is added to a pin file that does not read") {
    const TemporaryFolder folder;
    const std::string text = "sm3:12\n";
    REQUIRE(write_file_durably(folder / "trust.pin", as_bytes(text)));
    const auto added = add_root_pin(folder / "trust.pin", {.fingerprint = a_digest()}, "ours");
    REQUIRE_FALSE(added);
    CHECK(added.error().code == Errc::bad_argument);
    CHECK_THAT(added.error().context, Catch::Contains("line 1"));
    CHECK(as_text(read_file(folder / "trust.pin", 4096).value()) == text);
}

TEST_CASE("A pin is added on the line after the last, without an empty one between") {
    const TemporaryFolder folder;
    const std::string before = std::string(64, 'f') + "\n";
    REQUIRE(write_file_durably(folder / "trust.pin", as_bytes(before)));
    REQUIRE(add_root_pin(folder / "trust.pin", {.fingerprint = a_digest()}, "ours"));
    CHECK(as_text(read_file(folder / "trust.pin", 4096).value()) == before + "sm3:" + digits + "  # ours\n");
}

TEST_CASE("Where the folder of the pin file cannot be made, that is the error") {
    const TemporaryFolder folder;
    REQUIRE(write_file_durably(folder / "taken", {}));
    const auto added = add_root_pin(folder / "taken/trust.pin", {.fingerprint = a_digest()}, "ours");
    REQUIRE_FALSE(added);
    CHECK(added.error().code == Errc::io);
    CHECK_THAT(added.error().context, Catch::Contains("the folder cannot be made"));
}
