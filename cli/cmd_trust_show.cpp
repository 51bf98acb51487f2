#include <map>

#include "base/text.h"
#include "elic/trust/root_pins.h"
#include "trust_commands.h"
#include "trust_json.h"

namespace elic::cli {

namespace {

struct ShowOptions {
    std::string dir;
    bool json = false;
};

int show(Session& session, const ShowOptions& options) {
    auto folder = TrustFolder::open(options.dir);
    if (!folder) return session.console.fail(folder.error());
    auto json = trust_folder_json(*folder);
    if (!json) return session.console.fail(json.error());
    session.console.data(write_json(*json, !options.json));
    for (const auto& damaged : (*json)["damaged"]) {
        session.console.note("warning: damaged: " + escape_for_output(damaged.get<std::string>()));
    }
    return exit_done;
}

/// What a folder says, a fact a line: what it is of, and what it is.
using Facts = std::map<std::string, std::string>;

std::string window(const std::string& from, const std::string& until) {
    return from + " to " + (until.empty() ? "open" : until);
}

std::string areas_text(const std::vector<AreaCode>& areas) {
    std::string text;
    for (const auto& area : areas) text += (text.empty() ? "" : ",") + area.text();
    return text;
}

void add_body(const KnownBody& known, Facts& facts) {
    const auto& body = known.body;
    auto place = "body " + body.code.text();
    if (known.delegation) {
        const auto& delegation = known.delegation->delegation;
        place += " under " + delegation.parent.text();
        facts[place + " delegation"] = "number " + std::to_string(delegation.number) + ", " +
                                       window(delegation.not_before.format(), delegation.next_update.format());
    }
    facts[place + " name"] = body.name;
    for (const auto& host : body.hosts) facts[place + " host " + host] = "";
    for (const auto& certificate : body.certificates) {
        auto text = window(certificate.from.format(), certificate.until ? certificate.until->format() : "") + ", " +
                    write_json(kinds_json(certificate.kinds));
        if (certificate.compromised_since) text += ", compromised since " + certificate.compromised_since->format();
        facts[place + " certificate " + format_fingerprint(certificate.fingerprint)] = std::move(text);
    }
    for (const auto& grant : body.grants) {
        const auto fact = place + " grant " + grant.type.text() + " in " + areas_text(grant.areas) + " (" +
                          rights_text(grant.rights) + ") from " + grant.from.format();
        facts[fact] = "to " + (grant.until ? grant.until->format() : "open");
    }
    for (const auto& former : body.former_names)
        facts[place + " former name to " + former.until.format()] = former.name;
    if (body.successor) {
        facts[place + " successor"] = body.successor->code.text() + " from " + body.successor->from.format();
    }
}

void add_list(const TrustList& list, Facts& facts) {
    const auto place = "list of " + format_fingerprint(list.roots().front());
    facts[place + " number"] = std::to_string(list.number());
    facts[place + " time"] = window(list.not_before().format(), list.next_update().format());
    facts[place + " signer"] = list.signer().subject();
    for (const auto& root : list.roots()) facts[place + " root " + format_fingerprint(root)] = "";
    for (const auto& pack : list.packs()) {
        facts[place + " pack " + pack.type.text() + " version " + std::to_string(pack.version)] =
            format_fingerprint(pack.digest);
    }
}

Status add_status(const TrustFolder& folder, Facts& facts) {
    auto lists = folder.status_lists();
    if (!lists) return tl::unexpected(lists.error());
    for (const auto& [issuer, number] : *lists) {
        auto status = folder.status(issuer, number);
        std::string text = status ? "number " + std::to_string(status->list.number) + " as of " +
                                        status->list.as_of.format() + ", " + std::to_string(status->list.allotted) +
                                        " entries"
                                  : "damaged";
        for (const auto& [state, count] : status ? states_of(status->list) : std::map<std::string, std::uint64_t>()) {
            text += ", " + std::to_string(count) + " " + state;
        }
        facts["status of " + issuer.text() + " list " + std::to_string(number)] = std::move(text);
    }
    return {};
}

Status add_others(const TrustFolder& folder, Facts& facts) {
    auto rollovers = folder.rollovers();
    if (!rollovers) return tl::unexpected(rollovers.error());
    for (const auto& [rollover, object] : *rollovers) {
        facts["roll-over of " + rollover.body.text() + " to " +
              format_fingerprint(rollover.new_certificate.fingerprint())] = "from " + rollover.from.format();
    }
    auto issuers = folder.genuine_issuers();
    if (!issuers) return tl::unexpected(issuers.error());
    for (const auto& issuer : *issuers) {
        auto lists = folder.genuine_lists(issuer);
        if (!lists) return tl::unexpected(lists.error());
        for (const auto& each : *lists) {
            facts["genuine issues of " + issuer.text() + " as of " + each.list.as_of.format()] =
                std::to_string(each.list.digests.size()) + " codes";
        }
    }
    auto revocations = folder.all_revocation_lists();
    if (!revocations) return tl::unexpected(revocations.error());
    for (const auto& list : *revocations) {
        facts["revocation list of " + list.issuer()] = "of " + list.this_update().format();
    }
    return {};
}

Result<Facts> facts_of(const std::string& dir) {
    auto folder = TrustFolder::open(dir);
    if (!folder) return tl::unexpected(folder.error());
    auto all = folder->all_bodies();
    if (!all) return tl::unexpected(all.error());
    Facts facts;
    for (const auto& list : folder->lists()) add_list(list, facts);
    for (const auto& known : *all) add_body(known, facts);
    if (auto added = add_status(*folder, facts); !added) return tl::unexpected(added.error());
    if (auto added = add_others(*folder, facts); !added) return tl::unexpected(added.error());
    for (const auto& error : folder->damaged()) facts["damaged " + error.context] = "";
    for (const auto& error : folder->passed_over()) facts["damaged " + error.context] = "";
    return facts;
}

std::string line_of(const std::string& what, const std::string& fact, const std::string& value) {
    return escape_for_output(what + " " + fact + (value.empty() ? "" : ": " + value));
}

int diff(Session& session, const std::string& before, const std::string& after) {
    auto old_facts = facts_of(before);
    if (!old_facts) return session.console.fail(old_facts.error());
    auto new_facts = facts_of(after);
    if (!new_facts) return session.console.fail(new_facts.error());
    std::size_t lines = 0;
    const auto say = [&](const std::string& line) {
        session.console.data(line);
        ++lines;
    };
    Facts both = *old_facts;
    both.insert(new_facts->begin(), new_facts->end());
    for (const auto& [fact, value] : both) {
        const auto was = old_facts->find(fact);
        const auto is = new_facts->find(fact);
        if (is == new_facts->end()) {
            say(line_of("removed", fact, was->second));
        } else if (was == old_facts->end()) {
            say(line_of("added", fact, is->second));
        } else if (was->second != is->second) {
            say(line_of("changed", fact, was->second + " -> " + is->second));
        }
    }
    if (lines == 0) session.console.note("no difference in what the two folders say");
    return exit_done;
}

}  // namespace

void add_trust_show(Command& group, Session& session) {
    auto options = std::make_shared<ShowOptions>();
    auto* look = add_command(group, session, "show",
                             "Print what a trust folder says as JSON; says nothing of whether it is to be trusted",
                             "elic trust show trust", [&session, options] { return show(session, *options); });
    look->add_option("dir", options->dir, "The trust folder")->required();
    look->add_flag("--json", options->json, "On one line");
}

void add_trust_diff(Command& group, Session& session) {
    auto dirs = std::make_shared<std::pair<std::string, std::string>>();
    auto* command = add_command(group, session, "diff", "Print how two trust folders differ, a line for each fact",
                                "elic trust diff trust stick/trust",
                                [&session, dirs] { return diff(session, dirs->first, dirs->second); });
    command->add_option("before", dirs->first, "The one trust folder")->required();
    command->add_option("after", dirs->second, "The other one")->required();
}

}  // namespace elic::cli
