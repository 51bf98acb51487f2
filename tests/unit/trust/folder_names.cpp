#include "trust/folder_names.h"

#include <catch2/catch.hpp>

#include "elic/crypto/sm3.h"

using namespace elic;

namespace {

const std::string code = "11430199MB00TX017C";
const std::string digits(64, 'a');

}  // namespace

TEST_CASE("Every name that is made reads as what it is") {
    const auto uscc = Uscc::parse(code).value();
    const auto digest = sm3(as_bytes("x"));
    const auto type = LicenseTypeCode::parse("11100000000013338W011").value();
    CHECK(read_folder_name(list_name(digest))->part == FolderPart::list);
    CHECK(read_folder_name(delegation_name(uscc, uscc))->part == FolderPart::delegation);
    CHECK(read_folder_name(rollover_name(key_hint(digest)))->part == FolderPart::rollover);
    CHECK(read_folder_name(certificate_name(digest))->part == FolderPart::certificate);
    CHECK(read_folder_name(pack_name(type, 12))->number == 12);
    CHECK(read_folder_name(revocation_name(digest))->part == FolderPart::revocation);
    CHECK(read_folder_name(genuine_name(uscc, digest))->part == FolderPart::genuine);
    const auto list = read_folder_name(status_list_name(uscc, 3, 7));
    REQUIRE(list);
    CHECK(list->part == FolderPart::status_list);
    CHECK(list->list == 3);
    CHECK(list->number == 7);
    CHECK(read_folder_name(status_delta_name(uscc, 3, 8))->part == FolderPart::status_delta);
}

TEST_CASE("A pack has a version of up to three digits, a status list numbers of up to eighteen") {
    const auto version = [](const std::string& digits_of_it) {
        return read_folder_name("types/11100000000013338W011/" + digits_of_it + ".json").value().number;
    };
    CHECK(version("1") == 1);
    CHECK(version("10") == 10);
    CHECK(version("999") == 999);
    const auto list = read_folder_name("status/" + code + "/999999999999999999/987654321098765432.elic").value();
    CHECK(list.list == 999999999999999999);
    CHECK(list.number == 987654321098765432);
}

TEST_CASE("A name that is not exactly of one of the forms is none") {
    const std::vector<std::string> names = {
        "",
        "/",
        "current",
        "index/keys",
        "lists/" + digits,
        "lists/" + digits.substr(1) + ".elic",
        "lists/" + std::string(64, 'A') + ".elic",
        "/lists/" + digits + ".elic",
        "lists//" + digits + ".elic",
        "lists/../" + digits + ".elic",
        "../lists/" + digits + ".elic",
        "lists/" + digits + ".elic/",
        "lists/" + digits + ".elic\n",
        "lists/" + digits.substr(1) + "g.elic",
        "lists/" + digits.substr(1) + "!.elic",
        "lists/" + digits.substr(1) + ":.elic",
        "lists/" + digits.substr(1) + "`.elic",
        "other/" + digits + ".elic",
        "rollovers/" + digits + ".elic",
        "delegations/" + code + ".elic",
        "delegations/../" + code + ".elic",
        "delegations/" + code + "/..elic",
        "delegations/" + code + "/11430199MB00TX0170.elic",
        "delegations/" + code + "/" + code,
        "delegations/x/" + code + ".elic",
        "types/11100000000013338W011/1",
        "types/11100000000013338W011/.json",
        "types/11100000000013338W011/1a.json",
        "types/11100000000013338W011/1:.json",
        "types/11100000000013338W011/1/.json",
        "types/11100000000013338W011/0.json",
        "types/11100000000013338W011/01.json",
        "types/11100000000013338W011/1000.json",
        "types/../1.json",
        "genuine/" + code + "/" + digits + ".elic/x",
        "genuine/" + code + "/" + digits,
        "genuine/" + code + "/" + digits.substr(1) + ".elic",
        "genuine/" + code + "/" + code + ".elic",
        "other/" + code + "/" + digits + ".elic",
        "other/" + code + "/1/1.elic",
        "status/x/1/1.elic",
        "status/" + code + "/1/1!.elic",
        "status/" + code + "/1/1000000000000000000.elic",
        "status/" + code + "/1/1",
        "status/" + code + "/0/1.elic",
        "status/" + code + "/1/01.elic",
        "status/" + code + "/1/-1.elic",
        "status/" + code + "/1/9999999999999999999.elic",
        "status/" + code + "/../1.elic",
        "status/" + code + "/1/1.delta.delta.elic",
        "status\\" + code + "\\1\\1.elic",
    };
    for (const auto& name : names) {
        CAPTURE(name);
        CHECK_FALSE(read_folder_name(name));
    }
}
