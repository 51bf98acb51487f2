#include "elic/issue/ledger_export.h"

#include "codec/csv_write.h"
#include "elic/packs/type_packs.h"
#include "issue/export_rows.h"
#include "issue/ledger_json.h"

namespace elic {

namespace {

/// Writes rows in one of the two manners, and keeps the first error.
class Rows {
public:
    Rows(const ExportSink& sink, bool csv) : sink_(&sink), csv_(csv) {}

    bool csv() const { return csv_; }
    std::size_t count() const { return count_; }
    const Status& status() const { return status_; }

    void begin(std::vector<std::string> headings) {
        headings_ = std::move(headings);
        if (!csv_) return;
        put(csv_mark);
        put(csv_line(headings_));
    }
    void row(std::span<const std::string> cells) {
        if (csv_) {
            put(csv_line(cells));
        } else {
            Json json = Json::object();
            for (std::size_t i = 0; i < cells.size(); ++i) json[headings_[i]] = cells[i];
            put(write_json(json) + "\n");
        }
        ++count_;
    }
    void object(const Json& json) {
        put(write_json(json) + "\n");
        ++count_;
    }
    void end(const ExportMark& mark) {
        if (csv_) return;
        put(write_json(Json{{"go_on", {{"after", mark.format()}, {"rows", count_}}}}) + "\n");
    }
    bool take(const Status& done) {
        if (!done && status_) status_ = done;
        return status_.has_value();
    }

private:
    void put(std::string_view text) {
        if (status_) take((*sink_)(text));
    }
    const ExportSink* sink_;
    bool csv_;
    std::vector<std::string> headings_;
    std::size_t count_ = 0;
    Status status_;
};

std::vector<std::string> names_of(std::span<const WireColumn> columns) {
    std::vector<std::string> names;
    for (const auto& column : columns) names.emplace_back(column.name);
    return names;
}

/// The licenses of which something came to count, each once, as it is now.
bool license_row(const LedgerChange& change, Rows& rows) {
    if (!change.latest) return true;
    if (rows.csv()) {
        auto cells = license_cells(change.license);
        if (!cells) return rows.take(tl::unexpected(cells.error()));
        rows.row(*cells);
    } else {
        auto json = entry_json(change.license.entry);
        if (!json) return rows.take(tl::unexpected(json.error()));
        (*json)["state"] = name_of(change.license.state);
        (*json)["event"] = change.event;
        rows.object(*json);
    }
    return rows.status().has_value();
}

bool exchange_line(const LedgerChange& change, const std::string& batch, Rows& rows) {
    auto row = exchange_row(change, batch);
    if (!row) return rows.take(tl::unexpected(row.error()));
    rows.row(row->cells);
    return rows.status().has_value();
}

Result<ExportOutcome> export_catalogue(const Ledger& ledger, const ExportPlan& plan, Rows& rows) {
    auto types = ledger.types();
    if (!types) return tl::unexpected(types.error());
    rows.begin(names_of(catalogue_columns()));
    for (const auto& type : *types) {
        auto pack = TypePacks::builtin().load_newest(type);
        if (!pack && pack.error().code != Errc::unknown_type) return tl::unexpected(pack.error());
        rows.row(catalogue_cells(type, pack ? pack->get() : nullptr, plan.issuer));
    }
    if (!rows.status()) return tl::unexpected(rows.status().error());
    return ExportOutcome{.mark = {}, .rows = rows.count()};
}

}  // namespace

Result<ExportOutcome> export_ledger(const Ledger& ledger, const ExportPlan& plan, const ExportSink& sink) {
    const bool licenses = plan.form == ExportForm::jsonl || plan.form == ExportForm::csv;
    Rows rows(sink, plan.form == ExportForm::csv || (!licenses && plan.as_csv));
    if (plan.form == ExportForm::catalogue) return export_catalogue(ledger, plan, rows);
    if (plan.form == ExportForm::csv) rows.begin(license_headings());
    if (plan.form == ExportForm::exchange) rows.begin(names_of(exchange_columns()));
    // The same for the same delta: the office, and what it goes on from.
    const auto batch = std::to_string(plan.office) + "-" + std::to_string(plan.after.event);
    auto mark = ledger.changes(plan.after, plan.now, [&](const LedgerChange& change) {
        return licenses ? license_row(change, rows) : exchange_line(change, batch, rows);
    });
    if (!rows.status()) return tl::unexpected(rows.status().error());
    if (!mark) return tl::unexpected(mark.error());
    rows.end(*mark);
    if (!rows.status()) return tl::unexpected(rows.status().error());
    return ExportOutcome{.mark = *mark, .rows = rows.count()};
}

}  // namespace elic
