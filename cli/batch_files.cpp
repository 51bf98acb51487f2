#include "batch_files.h"

#include "base/text.h"
#include "codec/json.h"

namespace elic::cli {

namespace {

constexpr std::string_view byte_order_mark =
    "\xEF\xBB\xBF";  // spreadsheets take a table without it for another encoding

Status create(std::optional<GrowingFile>& file, const std::string& name, std::string_view head) {
    if (name.empty()) return {};
    auto created = GrowingFile::create(name);
    if (!created) return tl::unexpected(created.error());
    file.emplace(std::move(*created));
    return file->write(head);
}

std::string holders_of(const std::string& license) {
    const auto json = read_json(license);
    std::string names;
    if (!json || !json->is_object() || !json->contains("holders")) return names;
    for (const auto& holder : (*json)["holders"]) {
        names += (names.empty() ? "" : "、") + holder.value("name", std::string());
    }
    return names;
}

std::string table_line(std::initializer_list<std::string> cells) {
    std::string line;
    for (const auto& cell : cells) line += (line.empty() ? "" : ",") + spreadsheet_cell(cell);
    return line + "\r\n";
}

bool is_json_lines(const std::string& name) { return name.ends_with(".jsonl") || name.ends_with(".json"); }

}  // namespace

Status BatchFiles::begin() {
    const bool json = is_json_lines(names_.errors);
    const auto bom = std::string(byte_order_mark);
    if (auto made = create(errors_, names_.errors, json ? "" : bom + "row,request,field,column,rule,mend,input\r\n");
        !made) {
        return made;
    }
    if (auto made = create(manifest_, names_.manifest, bom + "row,request,identifier,file,holder,input\r\n"); !made) {
        return made;
    }
    return create(tar_, names_.tar, "");
}

/// The row as it came, under its headings: mended it can be run again as it stands.
Status BatchFiles::keep_row(const BatchRow& row) {
    const bool table = input_.is_table(row);
    const auto head = table ? input_.headings(row) : std::string();
    auto at = rows_.find(head);
    if (at == rows_.end()) {
        const std::filesystem::path errors(names_.errors);
        auto name = (errors.parent_path() / errors.stem()).string() + ".rows";
        if (!rows_.empty()) name += "-" + std::to_string(rows_.size() + 1);
        auto created = GrowingFile::create(name + (table ? ".csv" : ".jsonl"));
        if (!created) return tl::unexpected(created.error());
        at = rows_.emplace(head, std::move(*created)).first;
        if (table) {
            if (auto written = at->second.write(head + "\r\n"); !written) return written;
        }
    }
    return at->second.write(row.text + (table ? "\r\n" : "\n"));
}

Status BatchFiles::refused(const BatchRow& row, const std::string& request, const std::vector<DraftFault>& faults) {
    if (!errors_) return {};
    for (const auto& fault : faults) {
        const auto number = std::to_string(row.number);
        const auto heading = input_.heading_of(row, fault.field);
        std::string line;
        if (is_json_lines(names_.errors)) {
            line = write_json(Json{{"row", row.number},
                                   {"request", escape_for_output(request)},
                                   {"field", fault.field},
                                   {"column", heading},
                                   {"rule", fault.rule},
                                   {"mend", fault.mend},
                                   {"input", escape_for_output(input_.name_of(row))}}) +
                   "\n";
        } else {
            line = table_line({number, escape_for_output(request), fault.field, heading, fault.rule, fault.mend,
                               input_.name_of(row)});
        }
        if (auto written = errors_->write(line); !written) return written;
    }
    return keep_row(row);
}

Status BatchFiles::issued(const BatchRow& row, const Issued& issued, const BatchOutput& output) {
    if (manifest_) {
        const auto file = output.files.empty() ? std::string() : output.files.front();
        auto written =
            manifest_->write(table_line({std::to_string(row.number), escape_for_output(issued.request),
                                         issued.id.text(), file, holders_of(issued.license), input_.name_of(row)}));
        if (!written) return written;
    }
    if (!tar_) return {};
    for (const auto& [name, bytes] : output.kept) {
        auto member = tar_member(name, bytes);
        if (!member) return tl::unexpected(member.error());
        if (auto written = tar_->write(*member); !written) return written;
    }
    return {};
}

Status BatchFiles::finish() {
    if (tar_) {
        if (auto written = tar_->write(tar_end()); !written) return written;
    }
    std::vector<GrowingFile*> files;
    for (auto* each : {&errors_, &manifest_, &tar_}) {
        if (*each) files.push_back(&**each);
    }
    for (auto& [head, file] : rows_) files.push_back(&file);
    return files.empty() ? Status() : GrowingFile::finish(files);
}

}  // namespace elic::cli
