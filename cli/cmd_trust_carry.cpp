#include "base/file.h"
#include "base/text.h"
#include "elic/trust/trust_import.h"
#include "key_file.h"
#include "trust_commands.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_imported_file = std::size_t{513} << 20;  ///< a list of genuine issues is the largest

struct ExportOptions {
    std::string dir, file, key, certificate;
    PassphraseOptions passphrase;
};

int export_folder(Session& session, const ExportOptions& options) {
    std::optional<Certificate> certificate;
    std::optional<PrivateKey> key;
    if (!options.key.empty()) {
        auto read = load_certificate(options.certificate);
        if (!read) return session.console.fail(read.error());
        certificate = std::move(*read);
        auto loaded = load_key(options.key, options.passphrase);
        if (!loaded) return session.console.fail(loaded.error());
        key.emplace(std::move(*loaded));
    }
    auto bundle = export_trust_folder(options.dir, key ? &*key : nullptr, certificate ? &*certificate : nullptr);
    if (!bundle) return session.console.fail(bundle.error());
    auto written = create_file_durably(options.file, *bundle);
    if (!written) return session.console.fail(written.error());
    session.console.data(options.file);
    if (!key) session.console.hint("unsigned: nobody vouches for its being complete (--key and --cert do)");
    return exit_done;
}

int import_files(Session& session, const std::vector<std::string>& arguments) {
    if (arguments.size() < 2) {
        return session.console.fail(
            {Errc::bad_argument, "give the files to take in, and last the trust folder that takes them"});
    }
    const auto& folder = arguments.back();
    std::error_code ignored;
    if (std::filesystem::is_regular_file(folder, ignored)) {
        return session.console.fail(
            {Errc::bad_argument,
             folder + " is a file: the last argument is the trust folder that takes the others in"});
    }
    ImportFiles files;
    for (std::size_t n = 0; n + 1 < arguments.size(); ++n) {
        auto bytes = read_file(arguments[n], max_imported_file);
        if (!bytes) return session.console.fail(bytes.error());
        files.emplace_back(arguments[n], std::move(*bytes));
    }
    auto report = import_into_trust_folder(files, folder);
    if (!report) {
        session.console.note("nothing was changed");
        return session.console.fail(report.error());
    }
    for (const auto& line : report->lines) session.console.data(line);
    session.console.data((report->changed ? "version " : "still version ") + report->version);
    return exit_done;
}

}  // namespace

void add_trust_export(Command& group, Session& session) {
    auto options = std::make_shared<ExportOptions>();
    auto* command = add_command(group, session, "export", "Write a trust folder into one file that import takes",
                                "elic trust export trust trust-2026-12.elic --key op.key.pem --cert op.pem",
                                [&session, options] { return export_folder(session, *options); });
    command->add_option("dir", options->dir, "The trust folder")->required();
    command->add_option("file", options->file, "The file to make")->required();
    auto* key =
        command->add_option("--key", options->key, "Sign the file: key of whoever vouches for its completeness");
    auto* certificate = command->add_option("--cert", options->certificate, "The certificate of that key");
    key->needs(certificate);
    certificate->needs(key);
    options->passphrase.add_to(*command);
}

void add_trust_import(Command& group, Session& session) {
    auto arguments = std::make_shared<std::vector<std::string>>();
    auto* command = add_command(
        group, session, "import",
        "Take files into a trust folder: all of them after every check, or none. What each is is read off its bytes",
        "elic trust import county.elic status-12.delta.elic trust",
        [&session, arguments] { return import_files(session, *arguments); });
    command
        ->add_option("files", *arguments,
                     "Bundles, trust lists, delegations, roll-overs, status lists, lists of genuine issues, revocation "
                     "lists, certificates, type packs; the last argument is the trust folder")
        ->required()
        ->several();
}

}  // namespace elic::cli
