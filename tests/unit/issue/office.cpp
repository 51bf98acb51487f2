#include "elic/issue/office.h"

#include <catch2/catch.hpp>

#include "issue/office_fixture.h"

using namespace elic;

namespace {

OfficePlan plan_of(TestOffice& desk, const std::string& name) {
    return {.folder = desk.folder / name,
            .issuer = desk.office().issuer,
            .name = "示例局",
            .number = 7,
            .key_pem = desk.key().to_plain_pem().value(),
            .certificate = desk.office().certificate,
            .trust = desk.folder / "trust",
            .signer_command = {},
            .test = false};
}

Errc error_of(const Result<Office>& office) {
    REQUIRE_FALSE(office);
    return office.error().code;
}

void rewrite(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::trunc) << text;
}

}  // namespace

TEST_CASE("An office opens as it was made, and may be moved") {
    TestOffice desk;
    auto made = create_office(plan_of(desk, "second"));
    REQUIRE(made);
    CHECK_FALSE(readable_by_others(made->key()));
    CHECK_FALSE(readable_by_others(made->ledger()));
    std::filesystem::create_directory(desk.folder / "moved");
    std::filesystem::rename(desk.folder / "second", desk.folder / "moved" / "office");
    std::filesystem::rename(desk.folder / "trust", desk.folder / "moved" / "trust");
    auto office = open_office(desk.folder / "moved" / "office");
    REQUIRE(office);
    CHECK(office->issuer == desk.office().issuer);
    CHECK(office->name == "示例局");
    CHECK(office->number == 7);
    CHECK_FALSE(office->test);
    CHECK_FALSE(office->signer_command);
    CHECK(office->certificate == desk.office().certificate);
    CHECK(TrustFolder::open(office->trust));
    CHECK(Ledger::open(office->ledger())->office() == 7);
}

TEST_CASE("An office is never made over another") {
    TestOffice desk;
    REQUIRE(create_office(plan_of(desk, "second")));
    CHECK(error_of(create_office(plan_of(desk, "second"))) == Errc::already_exists);
}

TEST_CASE("A plan that cannot work is refused and nothing is made") {
    TestOffice desk;
    auto plan = plan_of(desk, "second");
    SECTION("number") { plan.number = 0; }
    SECTION("name") { plan.name = ""; }
    SECTION("key and command") { plan.signer_command = "true"; }
    SECTION("neither key nor command") { plan.key_pem.clear(); }
    SECTION("an empty command") {
        plan.key_pem.clear();
        plan.signer_command = "";
    }
    SECTION("another key") { plan.key_pem = PrivateKey::generate().value().to_plain_pem().value(); }
    CHECK(error_of(create_office(plan)) == Errc::bad_argument);
    CHECK_FALSE(std::filesystem::exists(desk.folder / "second"));
}

TEST_CASE("An office without its trust folder is not made; with it, the second try works") {
    TestOffice desk;
    auto plan = plan_of(desk, "second");
    plan.trust = desk.folder / "nowhere";
    CHECK(error_of(create_office(plan)) == Errc::not_found);
    CHECK_FALSE(std::filesystem::exists(desk.folder / "second"));
    plan.trust = desk.folder / "trust";
    plan.pins = RootPins::of({Digest{1, 2, 3}});
    // A try that was cut off after the key.
    std::filesystem::create_directory(desk.folder / "second");
    REQUIRE(create_file_durably(desk.folder / "second" / "key.pem", plan.key_pem, FileAccess::owner_only));
    auto office = create_office(plan);
    REQUIRE(office);
    CHECK(load_root_pins(office->pins())->pins == plan.pins.pins);
}

TEST_CASE("A key that is there already and another is not replaced") {
    TestOffice desk;
    const auto plan = plan_of(desk, "second");
    std::filesystem::create_directory(desk.folder / "second");
    REQUIRE(create_file_durably(desk.folder / "second" / "key.pem", as_bytes("another"), FileAccess::owner_only));
    CHECK(error_of(create_office(plan)) == Errc::already_exists);
    CHECK_FALSE(std::filesystem::exists(desk.folder / "second" / "office.json"));
}

TEST_CASE("A folder that is no office says how to make one") {
    TestOffice desk;
    auto office = open_office(desk.folder.path());
    CHECK(error_of(office) == Errc::not_found);
    CHECK_THAT(office.error().context, Catch::Contains("elic office new"));
}

TEST_CASE("A changed office.json is held against its form") {
    TestOffice desk;
    const auto file = desk.office().folder / "office.json";
    auto json = read_json(as_text(*read_file(file, 1 << 16))).value();
    const auto with = [&](const char* key, const Json& value) {
        auto changed = json;
        changed[key] = value;
        rewrite(file, write_json(changed));
        return error_of(open_office(desk.office().folder));
    };
    CHECK(with("format", "elic office 2") == Errc::newer_format);
    CHECK(with("number", 1000) == Errc::bad_argument);
    CHECK(with("number", "1") == Errc::malformed_json);
    CHECK(with("issuer", "11430199MB00TX017D") == Errc::malformed_value);
    CHECK(with("signer", "run:x") == Errc::bad_argument);
    CHECK(with("signer", "exec:") == Errc::bad_argument);
    CHECK(with("colour", "red") == Errc::malformed_json);
    rewrite(file, "{");
    CHECK(error_of(open_office(desk.office().folder)) == Errc::malformed_json);
    rewrite(file, write_json(json));
    rewrite(desk.office().folder / "certificate.pem", "x");
    CHECK(error_of(open_office(desk.office().folder)) == Errc::malformed_certificate);
}

TEST_CASE("A key file that others can read is not used") {
    TestOffice desk;
    std::filesystem::permissions(desk.office().key(), std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    auto signer = open_signer(desk.office(), {});
    REQUIRE_FALSE(signer);
    CHECK(signer.error().code == Errc::unsafe_file);
    CHECK_THAT(signer.error().context, Catch::Contains("chmod 600"));
}

TEST_CASE("An office whose files others could change is not opened") {
    TestOffice desk;
    namespace fs = std::filesystem;
    const auto folder = desk.office().folder;
    CHECK(fs::status(folder).permissions() == fs::perms::owner_all);
    for (const char* name : {"ledger.db", "key.pem"}) {
        CHECK(fs::status(folder / name).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    }
    rewrite(folder / "trust.pin", "");
    for (const char* name : {"office.json", "certificate.pem", "ledger.db", "key.pem", "trust.pin", "."}) {
        const auto file = name == std::string(".") ? folder : folder / name;
        fs::permissions(file, fs::perms::group_write, fs::perm_options::add);
        auto office = open_office(folder);
        REQUIRE_FALSE(office);
        CHECK(office.error().code == Errc::unsafe_file);
        CHECK_THAT(office.error().context, Catch::Contains("chmod go-w " + file.string()));
        fs::permissions(file, fs::perms::group_write, fs::perm_options::remove);
    }
    CHECK(open_office(folder));
}

TEST_CASE("An encrypted key opens with its passphrase only, and must be the certificate's") {
    TestOffice desk;
    const std::string passphrase = "长口令 1";
    auto plan = plan_of(desk, "second");
    plan.key_pem = desk.key().to_encrypted_pem(as_bytes(passphrase)).value();
    auto office = create_office(plan);
    REQUIRE(office);
    CHECK(open_signer(*office, as_bytes(passphrase)));
    auto wrong = open_signer(*office, as_bytes(std::string_view("x")));
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().code == Errc::wrong_passphrase);
    CHECK(open_signer(*office, {}).error().code == Errc::wrong_passphrase);

    plan.folder = desk.folder / "third";
    plan.key_pem = PrivateKey::generate().value().to_encrypted_pem(as_bytes(passphrase)).value();
    auto other = create_office(plan);  // cannot be known before it is opened
    REQUIRE(other);
    auto stranger = open_signer(*other, as_bytes(passphrase));
    REQUIRE_FALSE(stranger);
    CHECK(stranger.error().code == Errc::bad_argument);
}
