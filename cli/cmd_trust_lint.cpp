#include <algorithm>

#include "base/file.h"
#include "codec/json.h"
#include "elic/trust/trust_folder.h"
#include "elic/trust/trust_lint.h"
#include "elic/trust/trust_source.h"
#include "trust_commands.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_source = 256u << 20;

struct LintOptions {
    std::string source, at, parent, folder;
    bool json = false;
};

Status add_folder(const std::string& folder_name, LintAgainst& against) {
    auto folder = TrustFolder::open(folder_name);
    if (!folder) return tl::unexpected(folder.error());
    auto bodies = folder->all_bodies();
    if (!bodies) return tl::unexpected(bodies.error());
    for (const auto& known : *bodies) against.known->push_back(known.body);
    const auto add = [&](const std::vector<Digest>& digests, std::vector<Certificate>& certificates) {
        for (const auto& digest : digests) {
            if (auto certificate = folder->certificate(digest)) certificates.push_back(std::move(*certificate));
        }
    };
    for (const auto& list : folder->lists()) {
        add(list.roots(), against.roots);
        add(list.intermediates(), against.intermediates);
    }
    return {};
}

Status add_source(const std::string& name, Timestamp now, LintAgainst& against) {
    auto text = read_file(name, max_source);
    if (!text) return tl::unexpected(text.error());
    const auto base = std::filesystem::path(name).parent_path();
    if (auto delegation = read_delegation_source(*text, base, now)) {
        against.known->push_back(std::move(delegation->body));
        return {};
    }
    auto source = read_trust_source(*text, base, now);
    if (!source) return fail_in(name, source.error());
    against.known = source->content.bodies;
    const auto has = [](const std::vector<Digest>& digests, const Certificate& certificate) {
        return std::find(digests.begin(), digests.end(), certificate.fingerprint()) != digests.end();
    };
    for (const auto& certificate : source->certificates) {
        if (has(source->content.roots, certificate)) against.roots.push_back(certificate);
        if (has(source->content.intermediates, certificate)) against.intermediates.push_back(certificate);
    }
    return {};
}

/// The number of the list in the folder that this source's list would follow: the one of the same first root.
Status add_number(const LintOptions& options, BytesView text, Timestamp now, LintAgainst& against) {
    auto folder = TrustFolder::open(options.folder);
    if (!folder) return tl::unexpected(folder.error());
    const auto base = std::filesystem::path(options.source).parent_path();
    const auto source = read_trust_source(text, base, now);
    for (const auto& list : folder->lists()) {
        const bool only = !source && folder->lists().size() == 1;
        const bool same = source && list.roots().front() ==
                                        *std::min_element(source->content.roots.begin(), source->content.roots.end());
        if (only || same) against.number = list.number();
    }
    return {};
}

int tell(Session& session, const std::vector<LintFault>& faults, bool as_json) {
    int status = exit_done;
    for (const auto& fault : faults) {
        const bool error = fault.severity == LintSeverity::error;
        status = std::max<int>(status, error ? exit_invalid : exit_indeterminate);
        const std::string severity(name_of(fault.severity)), code(kind_of(fault.code).name);
        if (as_json) {
            session.console.data(write_json(Json{{"severity", severity},
                                                 {"code", code},
                                                 {"place", fault.place},
                                                 {"text", fault.text},
                                                 {"mend", fault.mend}}));
            continue;
        }
        session.console.data(severity + " " + code + " " + (fault.place.empty() ? "source" : fault.place) + ": " +
                             fault.text + "; " + fault.mend);
    }
    return status;
}

int lint(Session& session, const LintOptions& options) {
    auto now = session.clock.now();
    if (!options.at.empty()) {
        auto at = Timestamp::parse(options.at);
        if (!at) return session.console.fail(at.error());
        now = *at;
    }
    auto text = read_file(options.source, max_source);
    if (!text) return session.console.fail(text.error());
    LintAgainst against;
    if (!options.parent.empty()) {
        against.known.emplace();
        std::error_code ignored;
        auto added = std::filesystem::is_directory(options.parent, ignored) ? add_folder(options.parent, against)
                                                                            : add_source(options.parent, now, against);
        if (!added) return session.console.fail(added.error());
    }
    if (!options.folder.empty()) {
        if (auto added = add_number(options, *text, now, against); !added) return session.console.fail(added.error());
    }
    const auto base = std::filesystem::path(options.source).parent_path();
    return tell(session, lint_trust_source(*text, base, now, against), options.json);
}

}  // namespace

void add_trust_lint(Command& group, Session& session) {
    auto options = std::make_shared<LintOptions>();
    auto* command = add_command(group, session, "lint",
                                "Name everything that is wrong with a trust or delegation source, a line each; exit "
                                "status 0 nothing, 3 warnings only, 4 errors, 2 the source cannot be read",
                                "elic trust lint source.json", [&session, options] { return lint(session, *options); });
    command->add_option("source", options->source, "The source (docs/format/trust.md; faults: docs/trust-lint.md)")
        ->required();
    command->add_flag("--json", options->json, "One JSON object a line");
    command->add_option("--at", options->at, "Judge at this time instead of now");
    command->add_option("--parent", options->parent,
                        "For a delegation: the source or trust folder that its parent is in");
    command->add_option("--against", options->folder, "The trust folder whose list the source's list follows");
}

}  // namespace elic::cli
