#include "documents.h"
#include "elic/issue/office.h"
#include "elic/ledger/ledger.h"
#include "output_files.h"
#include "session.h"

namespace elic::cli {

namespace {

struct ReprintOptions {
    std::string office, out = ".", format = "png";
    std::vector<std::string> ids;
    DocumentOptions documents;
};

int reprint(Session& session, const ReprintOptions& options) {
    auto formats = parse_formats(options.format);
    if (!formats) return session.console.fail(formats.error());
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    formats->test = office->test;
    if (auto ready = prepare_drawing(*office, options.documents, Sealing::as_before, session.clock, *formats); !ready)
        return session.console.fail(ready.error());
    auto ledger = Ledger::open(office->ledger());
    if (!ledger) return session.console.fail(ledger.error());
    int status = exit_done;
    for (const auto& text : options.ids) {
        auto id = LicenseId::parse(text);
        auto entry = id ? ledger->find(*id) : Result<LedgerEntry>(tl::unexpected(id.error()));
        auto written = entry ? write_code_files(options.out, id->text(), {entry->payload, entry->license}, *formats)
                             : Result<WrittenCode>(tl::unexpected(entry.error()));
        if (!written) {
            status = session.console.fail(written.error());
            continue;
        }
        std::string line = id->text();
        for (const auto& file : written->files) line += "\t" + file;
        session.console.data(line);
    }
    return status;
}

}  // namespace

void add_reprint(Command& app, Session& session) {
    auto options = std::make_shared<ReprintOptions>();
    auto* command =
        add_command(app, session, "reprint", "Draw codes and documents again from the ledger, byte for byte",
                    "elic reprint --office office 1.2.156.3005.2.(...).001.A --out out",
                    [&session, options] { return reprint(session, *options); });
    command->add_option("id", options->ids, "License identifiers")->required();
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command->add_option("--out", options->out, "Folder for the codes (default: here)");
    command->add_option("--format", options->format,
                        "Any of png,svg,txt (the code), ofd,pdf,face (the document with it); default: png");
    options->documents.add_to(*command, false);
}

}  // namespace elic::cli
