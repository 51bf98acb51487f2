#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "elic/issue/issuer.h"
#include "elic/issue/license_draft.h"
#include "output_files.h"
#include "session.h"

namespace elic::cli {

/// Where the answers of a run go, and how.
struct IssueOutput {
    std::string out = ".", format = "png";
    bool dry_run = false, json = false;
};

/// One run of `elic issue` (or renew, ...): where rows come from, and what issues them, does not matter to it.
class IssueRun {
public:
    using Issue = std::function<Result<IssueAnswer>(const LicenseDraft&)>;

    IssueRun(Session& session, const IssueOutput& output, OutputFormats formats, Issue issue)
        : session_(session), options_(output), formats_(formats), issue_(std::move(issue)) {}

    /// False: the run must stop (disk, key, ledger). Rows count from 1; 0 is the input as a whole.
    bool row(const std::string& source, std::size_t number, std::string_view text);
    bool stop(const std::string& source, std::size_t number, const Error& error);

    /// An input that cannot be read: the others go on.
    bool miss(const Error& error);

    int status() const { return status_; }
    void summarize() const;

    // What a row is told as, on both outputs; a batch tells its own rows.
    void refuse(const std::string& source, std::size_t number, const std::string& request,
                const std::vector<DraftFault>& faults);
    void tell(const std::string& source, std::size_t number, const Issued& issued, const WrittenCode& written);
    void tell_unwritten(const Issued& issued);

private:
    bool write(const std::string& source, std::size_t number, const Issued& issued);
    void warn(const std::string& source, std::size_t number, const Issued& issued);

    Session& session_;
    const IssueOutput& options_;
    OutputFormats formats_;
    Issue issue_;
    int status_ = exit_done;
    std::size_t issued_ = 0, again_ = 0, refused_ = 0;
};

}  // namespace elic::cli
