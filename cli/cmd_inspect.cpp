#include <memory>

#include "base/hex.h"
#include "base/text.h"
#include "code_input.h"
#include "codec/json.h"
#include "elic/packs/type_packs.h"
#include "elic/payload/payload.h"
#include "elic/verify/verify_payload.h"
#include "inspect_document.h"
#include "payload/claims.h"
#include "session.h"
#include "verify/license_json.h"

namespace elic::cli {

namespace {

struct InspectOptions {
    std::string input, trust;
    bool json = false;
};

/// The built-in pack that a code names, or null.
std::shared_ptr<const TypePack> find_pack(const std::array<std::uint8_t, 4>& prefix) {
    const auto packs = TypePacks::builtin();
    for (const auto& entry : packs.list()) {
        auto pack = packs.load(entry.code, entry.version);
        if (pack && (*pack)->prefix() == prefix) return *pack;
    }
    return nullptr;
}

void inspect_claims(const Payload& payload, Json& json) {
    auto claims = read_claims(payload.claims);
    if (!claims) {
        json["fault"] = claims.error().context;
        return;
    }
    json["pack"] = to_hex(claims->pack);
    const auto pack = find_pack(claims->pack);
    if (!pack) {
        json["note"] = "the type pack is not built in: only what needs no pack is shown";
        json["issuer"] = claims->issuer.text();
        json["serial"] = claims->serial;
        json["revision"] = claims->revision;
        return;
    }
    auto license = to_metadata(*claims, payload.claims, *pack, "");
    if (!license) {
        json["fault"] = license.error().context;
        return;
    }
    json["unverified_license"] = license_json(*license);
    Json sizes = Json::object();
    for (const auto& [label, size] : claim_sizes(payload.claims, *pack)) sizes[label] = size;
    json["claim_bytes"] = std::move(sizes);
}

/// What stands in one code's text, nothing of it believed.
Json inspect_text(std::string_view given) {
    Json json{{"verified", false}};
    const auto text = normalise_code_text(given);
    switch (lead_of(text)) {
        case PayloadLead::foreign: {
            const auto foreign = name_foreign_code(text);
            json["form"] = "foreign";
            json["family"] = foreign.family;
            json["text"] = foreign.en;
            return json;
        }
        case PayloadLead::newer:
            json["form"] = "elic payload of a newer format";
            return json;
        case PayloadLead::ours:
            json["form"] = "elic payload 1";
            break;
    }
    auto payload = read_payload(text);
    if (!payload) {
        json["fault"] = payload.error().context;
        return json;
    }
    json["digits"] = text.size();
    json["bytes"] = payload->hint.size() + payload->claims.size() + payload->signature.size();
    json["key_hint"] = to_hex(payload->hint);
    json["claims"] = to_hex(payload->claims);
    json["signature"] = to_hex(payload->signature);
    json["cose_sign1"] = to_hex(to_cose_sign1(payload->hint, payload->claims, payload->signature));
    json["external_aad"] = domain_of(SignatureKind::payload);
    inspect_claims(*payload, json);
    return json;
}

int inspect(Session& session, const InspectOptions& options) {
    const auto read = read_code_input(options.input);
    if (!read) return session.console.fail({Errc::not_found, options.input + " is not there"});
    if (read->reason) {
        session.console.complain(std::string(row_of(*read->reason).en) + " " + escape_for_output(read->detail));
        return exit_indeterminate;
    }
    int status = exit_done;
    std::vector<std::string> texts = read->texts;
    if (read->document) {
        auto json = inspect_document(*read->document, texts);
        if (json.contains("fault")) status = exit_invalid;
        json["codes"] = Json::array();
        for (const auto& text : texts) json["codes"].push_back(inspect_text(text));
        session.console.data(write_json(json, !options.json));
        texts.clear();
    }
    for (const auto& text : texts) {
        const auto json = inspect_text(text);
        session.console.data(write_json(json, !options.json));
        if (json.contains("fault")) status = std::max<int>(status, exit_invalid);
        if (json["form"] != "elic payload 1") status = std::max<int>(status, exit_indeterminate);
    }
    session.console.hint("nothing above was verified: `elic verify` says whether it is genuine");
    return status;
}

}  // namespace

void add_inspect(Command& app, Session& session) {
    auto options = std::make_shared<InspectOptions>();
    auto* command =
        add_command(app, session, "inspect", "Take a code or an OFD file apart without trusting it; never says valid",
                    "elic inspect license.png", [&session, options] { return inspect(session, *options); });
    command->add_option("input", options->input, "A code's text, a text file, a picture or an OFD file")->required();
    command->add_flag("--json", options->json, "On one line");
}

}  // namespace elic::cli
