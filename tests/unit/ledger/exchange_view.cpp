#include "elic/ledger/exchange_view.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "codec/json.h"
#include "ledger/fixture.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

using enum ExchangeColumn;

ExchangeRow row_of(const std::string& id, const std::string& operation, const std::string& time,
                   const std::string& holders = "430199198502280019", const std::string& state_text = "") {
    ExchangeRow row;
    row[source_id] = id;
    row[name] = "证";
    row[type_code] = "T1";
    row[issue_dept_code] = "D1";
    row[holder] = "张样例";
    row[holder_code] = holders;
    row[number] = "N" + id;
    row[issue_date] = "2026-11-0" + id;
    row[ExchangeColumn::operation] = operation;
    row[ExchangeColumn::time] = "2026-11-26 10:00:" + time;
    row[state] = state_text;
    return row;
}

std::string text_of(Applied applied) {
    constexpr const char* names[] = {"added", "changed", "removed", "known", "older"};
    return names[static_cast<int>(applied)];
}

std::string apply(ExchangeView& view, const std::vector<ExchangeRow>& rows) {
    std::string text;
    REQUIRE(view.begin());
    for (const auto& row : rows) {
        auto applied = view.apply(row);
        if (!applied) FAIL(applied.error().context);
        text += (text.empty() ? "" : " ") + text_of(*applied);
    }
    REQUIRE(view.commit());
    return text;
}

std::string list(const ExchangeView& view, const ViewFilter& filter = {}) {
    std::string text;
    REQUIRE(view.select(filter, [&](const ExchangeRow& row) {
        text += (text.empty() ? "" : " ") + row[source_id] + "=" + shown_state(row);
        return true;
    }));
    return text;
}

}  // namespace

TEST_CASE("Rows come in in the order of their time, and coming twice changes nothing") {
    TemporaryFolder folder;
    auto view = ExchangeView::open_to_import(folder / "view.db");
    if (!view) FAIL(view.error().context);
    const std::vector<ExchangeRow> first = {row_of("1", "I", "01"), row_of("2", "I", "01"),
                                            row_of("1", "U", "02", "430199198502280019", "suspended")};
    const std::vector<ExchangeRow> second = {row_of("1", "U", "03", "430199198502280019", "valid"),
                                             row_of("2", "D", "04", "", "revoked"), row_of("3", "I", "05", "11,22x")};
    CHECK(apply(*view, first) == "added added changed");
    CHECK(apply(*view, second) == "changed removed added");
    const std::string after = "1=valid 2=revoked 3=listed";
    CHECK(list(*view) == after);
    CHECK(apply(*view, second) == "known known known");
    CHECK(apply(*view, first) == "older older older");  // a removed license does not come back
    CHECK(list(*view) == after);
}

TEST_CASE("What was given up halfway is not there") {
    TemporaryFolder folder;
    {
        auto view = ExchangeView::open_to_import(folder / "view.db");
        REQUIRE(view);
        REQUIRE(view->begin());
        REQUIRE(view->apply(row_of("1", "I", "01")));
    }
    auto view = ExchangeView::open(folder / "view.db");
    REQUIRE(view);
    CHECK(list(*view).empty());
}

TEST_CASE("A view is asked by holder, number, type, day and state") {
    TemporaryFolder folder;
    auto made = ExchangeView::open_to_import(folder / "view.db");
    REQUIRE(made);
    apply(*made, {row_of("1", "I", "01", "11,22X"), row_of("2", "I", "01", "22x"), row_of("3", "I", "01", "33")});
    apply(*made, {row_of("3", "D", "02", "")});
    auto view = ExchangeView::open(folder / "view.db");
    REQUIRE(view);
    CHECK(list(*view, {.holder = "22X"}) == "1=listed 2=listed");
    CHECK(list(*view, {.holder = "２２x"}) == "1=listed 2=listed");
    CHECK(list(*view, {.holder = "33"}) == "3=removed");  // a removal keeps what was known
    CHECK(list(*view, {.number = "N2"}) == "2=listed");
    CHECK(list(*view, {.type = "T2"}).empty());
    CHECK(list(*view, {.from = "2026-11-02", .until = "2026-11-02"}) == "2=listed");
    CHECK(list(*view, {.state = "removed"}) == "3=removed");
    CHECK(list(*view, {.limit = 1}) == "1=listed");
    // A change of holders is followed.
    apply(*made, {row_of("1", "U", "05", "44")});
    CHECK(list(*view, {.holder = "11"}).empty());
    CHECK(list(*view, {.holder = "44"}) == "1=listed");
}

TEST_CASE("A view is a file of its own: no ledger, nothing that others can write, 0600, and read-only for looking") {
    TemporaryFolder folder;
    namespace fs = std::filesystem;
    REQUIRE(Ledger::create(folder / "ledger.db", 1));
    const auto no_view = ExchangeView::open_to_import(folder / "ledger.db");
    REQUIRE_FALSE(no_view);
    CHECK(no_view.error().code == Errc::ledger_unusable);
    CHECK(ExchangeView::open(folder / "nowhere").error().code == Errc::not_found);
    CHECK_FALSE(fs::exists(folder / "nowhere"));
    std::ofstream(folder / "text") << "nonsense, and more of it";
    CHECK(ExchangeView::open(folder / "text").error().code == Errc::ledger_unusable);
    REQUIRE(ExchangeView::open_to_import(folder / "view.db"));
    CHECK(fs::status(folder / "view.db").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    auto view = ExchangeView::open(folder / "view.db");
    REQUIRE(view);
    CHECK_FALSE((view->begin() && view->apply(row_of("1", "I", "01")) && view->commit()));
    fs::permissions(folder / "view.db", fs::perms::group_write, fs::perm_options::add);
    CHECK(ExchangeView::open(folder / "view.db").error().code == Errc::unsafe_file);
    CHECK(ExchangeView::open_to_import(folder / "view.db").error().code == Errc::unsafe_file);
}

TEST_CASE("A line of an exchange file is a row, the end mark, or named faults") {
    const auto faults = [](const std::string& line) {
        std::string text;
        const auto reading = read_exchange_line(line);
        CHECK_FALSE(reading.row);
        for (const auto& fault : reading.faults) text += (text.empty() ? "" : ", ") + fault.field + " " + fault.rule;
        return text;
    };
    Json json = Json::object();
    const auto row = row_of("1", "I", "01");
    for (std::size_t i = 0; i < exchange_column_count; ++i) json[exchange_columns()[i].name] = row.cells[i];
    const auto reading = read_exchange_line(write_json(json));
    REQUIRE(reading.row);
    CHECK(reading.row->cells == row.cells);
    CHECK(read_exchange_line(R"({"go_on":{"after":"1","rows":0}})").end_mark);
    auto with = [&](const char* key, const Json& value) {
        auto changed = json;
        changed[key] = value;
        return faults(write_json(changed));
    };
    CHECK(with("colour", "red") == "colour unknown");
    CHECK(with("certificate_number", 430199198502280019) == "certificate_number text");
    CHECK(with("cd_operation", "X") == "cd_operation operation");
    CHECK(with("go_on", Json::object()) == "go_on unknown");
    CHECK(faults("") == " json");
    CHECK(faults("[]") == " json");
    CHECK(faults(R"({"cd_batch":"1","cd_batch":"2"})") == " json");
    CHECK(faults(std::string(max_exchange_line + 1, ' ')) == " json");
}
