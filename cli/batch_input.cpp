#include "batch_input.h"

#include "base/file.h"
#include "base/text.h"
#include "codec/json.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_draft = 1 << 20;
constexpr std::size_t block = 64 << 10;

std::string shown(const std::string& input) { return input == "-" ? "standard input" : input; }

}  // namespace

struct BatchInput::Open {
    std::optional<ByteSource> lines = {};
    std::optional<CsvReader> records = {};
    std::string buffer = {};
    std::size_t at = 0, number = 0;
    bool ended = false;
};

BatchInput::BatchInput(InputPlan plan, const Issuer& issuer)
    : plan_(std::move(plan)), issuer_(issuer), tables_(plan_.files.size()), headings_(plan_.files.size()) {
    for (const auto& file : plan_.files) {
        std::error_code error;
        const auto size = std::filesystem::file_size(file, error);
        if (file == "-" || error) {
            total_ = 0;
            return;
        }
        total_ += size;
    }
}

BatchInput::~BatchInput() = default;

std::optional<double> BatchInput::fraction() const {
    if (total_ == 0) return {};
    return static_cast<double>(consumed_) / static_cast<double>(total_);
}

std::string BatchInput::name_of(const BatchRow& row) const { return shown(plan_.files[row.input]); }

std::string BatchInput::request_of(const BatchRow& row) const {
    if (const auto& table = tables_[row.input]) return table->request_of(row.cells);
    const auto json = read_json(row.text);
    if (!json || !json->is_object() || !json->contains("request") || !(*json)["request"].is_string()) return "";
    return (*json)["request"].get<std::string>();
}

std::string BatchInput::heading_of(const BatchRow& row, const std::string& field) const {
    const auto& table = tables_[row.input];
    return table ? table->heading_of(field) : "";
}

DraftReading BatchInput::read(const BatchRow& row) const {
    const auto& table = tables_[row.input];
    return table ? table->read(row.cells) : read_license_draft(row.text);
}

std::optional<BatchRow> BatchInput::open_table(ByteSource source) {
    auto shared = std::make_shared<ByteSource>(std::move(source));
    const auto bytes = [this, shared](std::span<char> to) {
        auto got = shared->read(to, cancelled_);
        if (got) consumed_ += *got;
        return got;
    };
    CsvReader reader(bytes, plan_.encoding);
    const auto input = opened_ - 1;
    const auto trouble = [&](Error error) {
        error.context = escape_for_output(plan_.files[input]) + ": " + error.context;
        return BatchRow{.input = input, .trouble = std::move(error)};
    };
    auto headings = reader.next();
    if (!headings) return trouble(headings.error());
    if (!*headings) return trouble({Errc::malformed_text, "the table is empty: its first row has the headings"});
    if ((*headings)->fault) return trouble({Errc::malformed_text, "the headings are not " + *(*headings)->fault});
    auto packs = issuer_.packs();
    if (!packs) return trouble(packs.error());
    auto drafts = CsvDrafts::open((*headings)->cells, plan_.type, *packs);
    if (!drafts) return trouble(drafts.error());
    tables_[input] = std::move(*drafts);
    headings_[input] = (*headings)->text;
    open_ = std::make_unique<Open>();
    open_->records = std::move(reader);
    return {};
}

std::optional<BatchRow> BatchInput::open_next() {
    const auto input = opened_++;
    const auto& name = plan_.files[input];
    if (name != "-" && !name.ends_with(".jsonl") && !name.ends_with(".csv")) {
        auto bytes = read_file(name, max_draft);
        if (!bytes) return BatchRow{.input = input, .trouble = bytes.error()};
        consumed_ += bytes->size();
        return BatchRow{.input = input, .number = 1, .text = std::string(as_text(*bytes))};
    }
    auto source = name == "-" ? Result<ByteSource>(ByteSource::standard_input()) : ByteSource::open(name);
    if (!source) return BatchRow{.input = input, .trouble = source.error()};
    if (name.ends_with(".csv")) return open_table(std::move(*source));
    open_ = std::make_unique<Open>();
    open_->lines = std::move(*source);
    return {};
}

/// The next line of JSON; none at the end. One draft over several lines, when the first is a brace alone.
Result<std::optional<BatchRow>> BatchInput::next_line() {
    const Error too_long{Errc::limit_exceeded, shown(plan_.files[opened_ - 1]) + ": a draft is at most 1 MiB"};
    auto& open = *open_;
    std::string line;
    bool whole = false;  // a draft over several lines: to the end of the input
    for (;;) {
        const auto end = open.buffer.find('\n', open.at);
        if (end == std::string::npos && !open.ended) {
            open.buffer.erase(0, open.at);
            open.at = 0;
            if (line.size() + open.buffer.size() > max_draft) return tl::unexpected(too_long);
            const auto before = open.buffer.size();
            open.buffer.resize(before + block);
            auto got = open.lines->read(std::span<char>(open.buffer).subspan(before), cancelled_);
            open.buffer.resize(before + (got ? *got : 0));
            if (!got) return tl::unexpected(got.error());
            consumed_ += *got;
            open.ended = *got == 0;
            continue;
        }
        const bool last = end == std::string::npos;
        if (last && open.at == open.buffer.size() && !whole) return std::optional<BatchRow>();
        auto part = open.buffer.substr(open.at, last ? std::string::npos : end - open.at);
        open.at = last ? open.buffer.size() : end + 1;
        if (part.ends_with('\r')) part.pop_back();
        if (!whole) ++open.number;
        if (part.size() + line.size() > max_draft) return tl::unexpected(too_long);
        if (!whole && part.find_first_not_of(" \t") == std::string::npos) continue;
        line += whole ? "\n" + part : part;
        whole = whole || (open.number == 1 && line == "{");
        if (whole && !(last || (open.ended && open.at == open.buffer.size()))) continue;
        return std::optional(BatchRow{.input = opened_ - 1, .number = open.number, .text = std::move(line)});
    }
}

Result<std::optional<BatchRow>> BatchInput::next_record() {
    auto record = open_->records->next();
    if (!record) return fail_in(escape_for_output(plan_.files[opened_ - 1]), record.error());
    if (!*record) return std::optional<BatchRow>();
    auto& [number, line, cells, text, fault] = **record;
    BatchRow row{.input = opened_ - 1, .number = number, .text = std::move(text), .cells = std::move(cells)};
    return std::optional(std::move(row));
}

Result<std::optional<BatchRow>> BatchInput::next() {
    for (;;) {
        if (cancelled_) return std::optional<BatchRow>();
        if (!open_) {
            if (opened_ == plan_.files.size()) return std::optional<BatchRow>();
            if (auto row = open_next()) return row;
            if (!open_) continue;
        }
        auto row = open_->records ? next_record() : next_line();
        if (!row || *row) return row;
        open_.reset();
    }
}

}  // namespace elic::cli
