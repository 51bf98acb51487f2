#include "elic/issue/batch.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "elic/base/assert.h"
#include "issue/office_fixture.h"
#include "issue/plain_sql.h"

using namespace elic;

namespace {

Json row_json(int number) {
    auto json = sample("hazchem-operation");
    json["request"] = "row-" + std::to_string(number);
    json["number"] = "示例危化经字[2026]" + std::to_string(9000000 + number);
    return json;
}

std::string row_text(int number) { return write_json(row_json(number)); }

/// What a batch answered: "ID" or "!field rule" for each row, in order.
struct Told {
    std::vector<std::string> lines;
    std::vector<std::size_t> rows;
    std::vector<Issued> issued;
    BatchSummary summary;
};

/// Runs texts as a batch; `change` may alter the plan.
Told run_batch(TestOffice& desk, Issuer& issuer, const std::vector<std::string>& texts,
               const std::function<void(BatchPlan&)>& change = {}) {
    Told told;
    std::size_t at = 0;
    BatchPlan plan{
        .next = [&]() -> Result<std::optional<BatchRow>> {
            if (at == texts.size()) return std::optional<BatchRow>();
            ++at;
            return std::optional(BatchRow{.number = at, .text = texts[at - 1]});
        },
        .read = [](const BatchRow& row) { return read_license_draft(row.text); },
        .signer = [&]() -> Result<std::unique_ptr<Signer>> {
            return std::unique_ptr<Signer>(std::make_unique<PrivateKey>(desk.key()));
        },
        .answer = [&](BatchAnswer answer) -> Status {
            told.rows.push_back(answer.row.number);
            if (const auto* refused = std::get_if<Refused>(&answer.answer)) {
                told.lines.push_back("!" + refused->faults.front().field + " " + refused->faults.front().rule);
            } else {
                told.issued.push_back(std::get<Issued>(answer.answer));
                told.lines.push_back(told.issued.back().id.text());
            }
            return {};
        },
        .jobs = 3,
        .group = 16};
    if (change) change(plan);
    auto summary = issue_batch(issuer, plan);
    ELIC_ASSERT(summary);  // two threads may come here
    told.summary = *summary;
    return told;
}

std::vector<std::string> texts_of(int from, int to) {
    std::vector<std::string> texts;
    for (int n = from; n < to; ++n) texts.push_back(row_text(n));
    return texts;
}

class Refusing final : public Signer {
public:
    Refusing(const PrivateKey& key, std::atomic<int>& left) : key_(key), left_(left) {}
    const PublicKey& public_key() const override { return key_.public_key(); }
    Result<Sm2Signature> sign_digest(const Digest& e) override {
        if (left_-- <= 0) return fail(Errc::signer_failed, "the card was taken out");
        return key_.sign_digest(e);
    }

private:
    PrivateKey key_;
    std::atomic<int>& left_;
};

}  // namespace

TEST_CASE("A batch answers every row in its order, with the license that Issuer would have issued") {
    TestOffice desk;
    auto texts = texts_of(0, 120);
    auto bad = row_json(40);
    bad["issued_on"] = "2027-01-01";
    texts[40] = write_json(bad);
    texts[41] = "no json";
    auto issuer = desk.issuer();
    const auto told = run_batch(desk, issuer, texts);
    CHECK(told.summary.issued == 118);
    CHECK(told.summary.refused == 2);
    CHECK_FALSE(told.summary.stopped);
    REQUIRE(told.lines.size() == 120);
    for (std::size_t n = 0; n < 120; ++n) CHECK(told.rows[n] == n + 1);
    CHECK(told.lines[40] == "!issued_on future");
    CHECK(told.lines[41] == "! json");
    for (const auto& license : told.issued) REQUIRE(desk.verify(license.payload).verdict() == Verdict::valid);
    CHECK(desk.events() == 236);
    // One by one: the same licenses.
    for (const int n : {0, 7, 119}) {
        const auto again = issued(issuer.issue(draft_of(row_json(n))));
        CHECK(again.again);
        CHECK(again.id.text() == told.lines[static_cast<std::size_t>(n)]);
    }
    const auto twice = run_batch(desk, issuer, texts);
    CHECK(twice.lines == told.lines);
    CHECK(twice.summary.again == 118);
    CHECK(twice.summary.issued == 0);
    CHECK(desk.events() == 236);
}

TEST_CASE("Within a batch the same request is the same license, or a conflict") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto texts = texts_of(0, 20);
    texts.push_back(row_text(3));
    auto other = row_json(4);
    other["number"] = "示例危化经字[2026]9100000";
    texts.push_back(write_json(other));
    const auto told = run_batch(desk, issuer, texts);
    CHECK(told.lines[20] == told.lines[3]);
    CHECK(told.lines[21] == "!request request.conflict");
    CHECK(told.summary.issued + told.summary.again == 21);
    CHECK(desk.events() == 40);
}

TEST_CASE("A batch in another order gives every request the license that it had") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto texts = texts_of(0, 60);
    const auto first = run_batch(desk, issuer, {texts.begin(), texts.begin() + 30});
    std::shuffle(texts.begin(), texts.end(), std::mt19937(7));
    const auto second = run_batch(desk, issuer, texts);
    CHECK(second.summary.again == 30);
    CHECK(second.summary.issued == 30);
    std::map<std::string, std::string> ids;
    for (const auto& license : first.issued) ids[license.request] = license.id.text();
    for (const auto& license : second.issued) {
        if (ids.contains(license.request)) CHECK(ids[license.request] == license.id.text());
    }
    CHECK(desk.events() == 120);
}

TEST_CASE("A signer that fails in the middle stops the batch, and the next run finishes it") {
    TestOffice desk;
    const auto texts = texts_of(0, 100);
    std::atomic<int> left = 50;
    {
        auto issuer = desk.issuer();
        const auto told = run_batch(desk, issuer, texts, [&](BatchPlan& plan) {
            plan.signer = [&]() -> Result<std::unique_ptr<Signer>> {
                return std::unique_ptr<Signer>(std::make_unique<Refusing>(desk.key(), left));
            };
        });
        REQUIRE(told.summary.stopped);
        CHECK(told.summary.stopped->code == Errc::signer_failed);
        CHECK(told.summary.stopped_at);
        CHECK(told.summary.unfinished > 0);
        CHECK(told.summary.issued <= 50);
        CHECK(*issuer.ledger().issued_count() == static_cast<std::int64_t>(told.summary.issued));
        CHECK_FALSE(issuer.ledger().unfinished()->empty());
    }
    auto issuer = desk.issuer();
    const auto told = run_batch(desk, issuer, texts);
    CHECK_FALSE(told.summary.stopped);
    CHECK(told.summary.issued + told.summary.again == 100);
    CHECK(issuer.ledger().unfinished()->empty());
    CHECK(desk.events() == 200);
    for (const auto& license : told.issued) REQUIRE(desk.verify(license.payload).verdict() == Verdict::valid);
}

TEST_CASE("A disk that is full for the files stops the batch, and what was committed is told") {
    TestOffice desk;
    auto issuer = desk.issuer();
    std::atomic<int> room = 25;
    const auto told = run_batch(desk, issuer, texts_of(0, 100), [&](BatchPlan& plan) {
        plan.output = [&](const Issued&) -> Result<BatchOutput> {
            if (room-- <= 0) return fail(Errc::io, "no space left on device");
            return BatchOutput{};
        };
    });
    REQUIRE(told.summary.stopped);
    CHECK(told.summary.stopped->code == Errc::io);
    CHECK(told.summary.issued == 25);
    CHECK(told.summary.unwritten > 0);
    CHECK(told.issued.size() == static_cast<std::size_t>(*issuer.ledger().issued_count()));
}

TEST_CASE("A ledger that fails stops the batch and answers nothing that is not in it") {
    TestOffice desk;
    auto issuer = desk.issuer();
    auto plain = open_plain(desk.office().ledger());
    std::atomic<int> groups = 0;
    const auto told = run_batch(desk, issuer, texts_of(0, 100), [&](BatchPlan& plan) {
        plan.at = [&](std::string_view step) {
            // From the third group on nothing more can be recorded as issued.
            if (step == "committing" && ++groups == 3) {
                plain.run(
                    "CREATE TRIGGER broken BEFORE INSERT ON events WHEN NEW.kind = 'issued' BEGIN SELECT "
                    "RAISE(ABORT, 'broken'); END");
            }
        };
    });
    REQUIRE(told.summary.stopped);
    CHECK(told.summary.issued == static_cast<std::size_t>(*issuer.ledger().issued_count()));
    CHECK(told.summary.issued < 100);
    CHECK(told.summary.unfinished > 0);
}

TEST_CASE(
    "An input that fails ends the batch after the rows before it, and trouble of one input is told in its place") {
    TestOffice desk;
    auto issuer = desk.issuer();
    std::size_t at = 0;
    std::size_t troubles = 0;
    const auto told = run_batch(desk, issuer, {}, [&](BatchPlan& plan) {
        plan.next = [&]() -> Result<std::optional<BatchRow>> {
            if (++at == 40) return fail(Errc::io, "the cable was pulled");
            if (at == 10) return std::optional(BatchRow{.number = at, .trouble = Error{Errc::not_found, "no file"}});
            return std::optional(BatchRow{.number = at, .text = row_text(static_cast<int>(at))});
        };
        plan.answer = [&](const BatchAnswer& answer) -> Status {
            if (std::holds_alternative<Error>(answer.answer)) troubles += answer.row.number;
            return {};
        };
    });
    REQUIRE(told.summary.stopped);
    CHECK(told.summary.stopped->code == Errc::io);
    CHECK(told.summary.issued == 38);
    CHECK(troubles == 10);
    CHECK(told.summary.unfinished == 0);
}

TEST_CASE("A dry batch checks everything and writes nothing") {
    TestOffice desk;
    auto issuer = desk.issuer();
    run_batch(desk, issuer, texts_of(0, 5));
    auto texts = texts_of(0, 30);
    texts[20] = "{}";
    auto other = row_json(2);
    other["number"] = "示例危化经字[2026]9100000";
    texts[2] = write_json(other);
    const auto told = run_batch(desk, issuer, texts, [](BatchPlan& plan) { plan.dry = true; });
    CHECK(told.summary.refused == 2);
    CHECK(told.summary.again == 4);
    CHECK(told.summary.issued == 24);
    CHECK(told.lines[2] == "!request request.conflict");
    CHECK(desk.events() == 10);
}

TEST_CASE("Two batches at once on one ledger give one license a request") {
    TestOffice desk;
    Told told[2];
    std::thread threads[2];
    for (int which = 0; which < 2; ++which) {
        threads[which] = std::thread([&, which] {
            auto issuer = desk.issuer();
            auto texts = texts_of(0, 80);
            std::shuffle(texts.begin(), texts.end(), std::mt19937(static_cast<unsigned>(which)));
            told[which] = run_batch(desk, issuer, texts);
        });
    }
    for (auto& thread : threads) thread.join();
    std::map<std::string, std::string> payloads;
    for (const auto& each : told) {
        CHECK(each.summary.issued + each.summary.again == 80);
        for (const auto& license : each.issued) {
            const auto [at, first] = payloads.emplace(license.request, license.payload);
            CHECK(at->second == license.payload);
        }
    }
    CHECK(payloads.size() == 80);
    CHECK(desk.events() == 160);
}
