#include "issue_run.h"

#include "base/text.h"
#include "codec/json.h"

namespace elic::cli {

namespace {

/// The request of a draft that could not be read otherwise, or "".
std::string request_of(std::string_view text) {
    const auto json = read_json(text);
    if (!json || !json->is_object() || !json->contains("request") || !(*json)["request"].is_string()) return "";
    return (*json)["request"].get<std::string>();
}

}  // namespace

bool IssueRun::row(const std::string& source, std::size_t number, std::string_view text) {
    const auto reading = read_license_draft(text);
    if (!reading.draft) {
        refuse(source, number, request_of(text), reading.faults);
        return true;
    }
    auto answer = issue_(*reading.draft);
    if (!answer) return stop(source, number, answer.error());
    if (const auto* refused = std::get_if<Refused>(&*answer)) {
        refuse(source, number, refused->request, refused->faults);
        return true;
    }
    return write(source, number, std::get<Issued>(*answer));
}

bool IssueRun::stop(const std::string& source, std::size_t number, const Error& error) {
    if (number > 0) session_.console.complain(escape_for_output(source) + " row " + std::to_string(number) + ":");
    status_ = session_.console.fail(error);
    return false;
}

bool IssueRun::miss(const Error& error) {
    status_ = session_.console.fail(error);
    return true;
}

void IssueRun::summarize() const {
    if (issued_ + again_ + refused_ < 2) return;
    session_.console.note(std::to_string(issued_) + (options_.dry_run ? " fit to issue, " : " issued, ") +
                          std::to_string(again_) + " issued before, " + std::to_string(refused_) + " refused");
}

void IssueRun::refuse(const std::string& source, std::size_t number, const std::string& request,
                      const std::vector<DraftFault>& faults) {
    status_ = exit_failed;
    ++refused_;
    for (const auto& fault : faults) {
        session_.console.complain(escape_for_output(source) + " row " + std::to_string(number) + ": " +
                                  (fault.field.empty() ? "" : escape_for_output(fault.field) + ": ") + fault.rule +
                                  ": " + escape_for_output(fault.mend));
    }
    if (!options_.json) return;
    Json line{{"row", number}, {"request", escape_for_output(request)}, {"errors", Json::array()}};
    for (const auto& fault : faults) {
        line["errors"].push_back({{"field", fault.field}, {"rule", fault.rule}, {"mend", fault.mend}});
    }
    session_.console.data(write_json(line));
}

void IssueRun::warn(const std::string& source, std::size_t number, const Issued& issued) {
    for (const auto& warning : issued.warnings) {
        session_.console.note("warning: " + escape_for_output(source) + " row " + std::to_string(number) + ": " +
                              escape_for_output(warning));
    }
}

void IssueRun::tell_unwritten(const Issued& issued) {
    status_ = exit_failed;
    session_.console.complain(
        issued.id.text() + " is issued, its files are not written: mend what follows and run the same command again");
}

bool IssueRun::write(const std::string& source, std::size_t number, const Issued& issued) {
    WrittenCode written;
    if (!options_.dry_run) {
        auto files = write_code_files(options_.out, issued.id.text(), {issued.payload, issued.license}, formats_);
        if (!files) {
            warn(source, number, issued);
            tell_unwritten(issued);
            return stop(source, number, files.error());
        }
        written = std::move(*files);
    }
    tell(source, number, issued, written);
    return true;
}

void IssueRun::tell(const std::string& source, std::size_t number, const Issued& issued, const WrittenCode& written) {
    warn(source, number, issued);
    ++(issued.again ? again_ : issued_);
    if (options_.json) {
        Json line{{"id", issued.id.text()}, {"payload", issued.payload},
                  {"bytes", issued.bytes},  {"qr_version", written.qr_version},
                  {"files", written.files}, {"request", issued.request},
                  {"again", issued.again}};
        if (options_.dry_run) line = {{"row", number}, {"request", issued.request}, {"dry_run", true}};
        session_.console.data(write_json(line));
        return;
    }
    std::string line = options_.dry_run ? "ok" : issued.id.text();
    line += "\t" + escape_for_output(issued.request);
    for (const auto& file : written.files) line += "\t" + escape_for_output(file);
    session_.console.data(line);
}

}  // namespace elic::cli
