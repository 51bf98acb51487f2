#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "elic/license/citizen_id.h"
#include "elic/license/diagnosis.h"
#include "elic/license/license_id.h"

using namespace elic;

namespace {

std::vector<std::vector<std::string>> read_table(const std::string& name) {
    std::ifstream stream(std::string(ELIC_SOURCE_DIR) + "/testdata/" + name);
    std::vector<std::vector<std::string>> rows;
    for (std::string line; std::getline(stream, line);) {
        std::vector<std::string> cells;
        std::istringstream cell_stream(line);
        for (std::string cell; std::getline(cell_stream, cell, '\t');) cells.push_back(cell);
        rows.push_back(cells);
    }
    REQUIRE(rows.size() > 1);
    rows.erase(rows.begin());
    return rows;
}

bool has_rule(const Diagnosis& diagnosis, const std::string& rule) {
    for (const auto& remark : diagnosis.remarks) {
        if (remark.rule == rule) return true;
    }
    return false;
}

}  // namespace

// Real identifiers found in public systems: testdata/SOURCE.md
TEST_CASE("Real license identifiers are explained as their notes say") {
    for (const auto& row : read_table("identifiers.tsv")) {
        INFO(row[0]);
        const auto diagnosis = diagnose(row[0]);
        if (row[1] == "ok") {
            CHECK(diagnosis.well_formed);
            REQUIRE(LicenseId::parse(row[0]));
            CHECK(LicenseId::parse(row[0])->text() == row[0]);
        } else {
            CHECK_FALSE(diagnosis.well_formed);
            CHECK_FALSE(LicenseId::parse(row[0]));
            CHECK_FALSE(diagnosis.remarks.empty());
        }
        if (row[1] == "ok, issuer malformed") {
            CHECK(has_rule(diagnosis, "issuer.division_code"));
            CHECK(has_rule(diagnosis, "check.holds"));
        }
        if (row[1] == "wrong: 2 expected") {
            CHECK(has_rule(diagnosis, "check.placeholder"));
            CHECK(diagnosis.suggestion.ends_with(".2"));
        }
    }
}

// Codes of public bodies: testdata/SOURCE.md
TEST_CASE("Real unified social credit codes pass both their checks") {
    for (const auto& row : read_table("uscc.tsv")) {
        INFO(row[0]);
        const auto code = Uscc::parse(row[0]);
        REQUIRE(code);
        CHECK(code->organisation_check_holds());
        CHECK(Uscc::from_packed(code->packed())->text() == row[0]);
        CHECK(diagnose(row[0]).well_formed);
    }
}

// Examples printed in GB 32100-2015 and GB 11643-1999, and codes known to be wrong
TEST_CASE("Codes of the standards are right, their wrong forms are not") {
    CHECK(Uscc::parse("91350100M000100Y43"));
    for (const char* wrong :
         {"91350100M000100Y44", "911100001000013428", "11100000717801811Q", "91350100M000100Y4", "91350100m000100Y43"})
        CHECK_FALSE(Uscc::parse(wrong));
    CHECK(CitizenId::parse("11010519491231002X"));
    CHECK(CitizenId::parse("440524188001010014").error().code ==
          Errc::malformed_value);  // born 1880: before the range of dates
    CHECK_FALSE(CitizenId::parse("110105194912310021"));
    CHECK_FALSE(CitizenId::parse("11010519491231002x"));
    CHECK(CitizenId::parse("11010519491231002X")->birth_date().format() == "1949-12-31");
    CHECK_FALSE(CitizenId::parse("11010519491231002X")->male());
}
