#include "elic/issue/license_examiner.h"

#include <catch2/catch.hpp>

#include "elic/issue/batch.h"
#include "issue/office_fixture.h"

using namespace elic;

namespace {

/// Finds fault with every license of this number.
class Refuser final : public LicenseExaminer {
public:
    explicit Refuser(std::string number) : number_(std::move(number)) {}
    std::vector<DraftFault> examine(const Metadata& license, const TypePack& pack) const override {
        CHECK(pack.code == license.id.type());
        if (license.number != number_) return {};
        return {{"number", "unprintable", "another one"}};
    }

private:
    std::string number_;
};

Json numbered(int n) {
    auto json = sample("hazchem-operation");
    json["request"] = "row-" + std::to_string(n);
    json["number"] = "示例危化经字[2026]" + std::to_string(9000000 + n);
    return json;
}

}  // namespace

TEST_CASE("What the examiner finds fault with is refused and nothing is written, checked or issued") {
    TestOffice desk;
    auto issuer = desk.issuer();
    const auto draft = draft_of(numbered(1));
    issuer.examine_with(std::make_shared<Refuser>(draft.number));
    CHECK(refused(issuer.check(draft)) == Faults{"number unprintable"});
    CHECK(refused(issuer.issue(draft)) == Faults{"number unprintable"});
    CHECK(desk.events() == 0);
    CHECK_FALSE(issued(issuer.issue(draft_of(numbered(2)))).again);

    issuer.examine_with(nullptr);
    const auto license = issued(issuer.issue(draft));
    issuer.examine_with(std::make_shared<Refuser>(draft.number));
    CHECK(issued(issuer.issue(draft)).id == license.id);  // it was issued before: that is not undone
}

TEST_CASE("In a batch the examiner refuses its row, and the others go through") {
    TestOffice desk;
    auto issuer = desk.issuer();
    issuer.examine_with(std::make_shared<Refuser>("示例危化经字[2026]9000002"));
    std::size_t at = 0, through = 0;
    std::vector<std::string> faults;
    BatchPlan plan{.next = [&]() -> Result<std::optional<BatchRow>> {
                       if (at == 4) return std::optional<BatchRow>();
                       ++at;
                       return std::optional(BatchRow{.number = at, .text = write_json(numbered(static_cast<int>(at)))});
                   },
                   .read = [](const BatchRow& row) { return read_license_draft(row.text); },
                   .signer = [&]() -> Result<std::unique_ptr<Signer>> {
                       return std::unique_ptr<Signer>(std::make_unique<PrivateKey>(desk.key()));
                   },
                   .answer = [&](BatchAnswer answer) -> Status {
                       if (const auto* no = std::get_if<Refused>(&answer.answer)) {
                           faults.push_back(std::to_string(answer.row.number) + " " + no->faults.front().rule);
                       } else if (std::holds_alternative<Issued>(answer.answer)) {
                           ++through;
                       }
                       return {};
                   },
                   .jobs = 2};
    REQUIRE(issue_batch(issuer, plan));
    CHECK(through == 3);
    CHECK(faults == std::vector<std::string>{"2 unprintable"});
    CHECK(*issuer.ledger().issued_count() == 3);
    CHECK(issuer.ledger().unfinished()->empty());
}
