#include "base/text.h"
#include "codec/json.h"
#include "elic/license/diagnosis.h"
#include "session.h"

namespace elic::cli {

namespace {

struct IdOptions {
    std::string code, language;
    bool json = false;
};

int explain(Session& session, const IdOptions& options) {
    auto& console = session.console;
    if (!options.language.empty()) console.set_chinese(options.language == "zh");
    const auto diagnosis = diagnose(options.code);
    if (options.json) {
        Json json{
            {"kind", name_of(diagnosis.kind)}, {"well_formed", diagnosis.well_formed}, {"remarks", Json::array()}};
        for (const auto& remark : diagnosis.remarks) {
            json["remarks"].push_back({{"rule", remark.rule}, {"text", console.choose(remark.zh, remark.en)}});
        }
        json["suggestion"] = diagnosis.suggestion.empty() ? Json() : Json(diagnosis.suggestion);
        json["parts"] = Json::object();
        for (const auto& [name, value] : diagnosis.parts) json["parts"][name] = escape_for_output(value);
        console.data(write_json(json));
    } else {
        console.data(std::string(name_of(diagnosis.kind)) + "\t" + (diagnosis.well_formed ? "ok" : "bad") + "\t" +
                     escape_for_output(options.code));
        for (const auto& [name, value] : diagnosis.parts) console.data("  " + name + "\t" + escape_for_output(value));
        for (const auto& remark : diagnosis.remarks) {
            console.data("  " + remark.rule + "\t" + std::string(console.choose(remark.zh, remark.en)));
        }
        if (!diagnosis.suggestion.empty()) console.data("  suggestion\t" + escape_for_output(diagnosis.suggestion));
    }
    return diagnosis.well_formed ? exit_done : exit_invalid;
}

}  // namespace

void add_id(Command& app, Session& session) {
    auto* group = app.add_subcommand("id", "License identifiers, unified social credit codes, citizen numbers");
    group->require_subcommand();
    auto options = std::make_shared<IdOptions>();
    auto* command =
        add_command(*group, session, "explain",
                    "Say what a code is and, where it is wrong, what it probably is. Exit: 0 right, 4 wrong",
                    "elic id explain 11430000006122244L", [&session, options] { return explain(session, *options); });
    command->add_option("code", options->code, "The code")->required();
    command->add_option("--lang", options->language, "Language of the sentences")->one_of({"zh", "en"});
    command->add_flag("--json", options->json, "One JSON object");
}

}  // namespace elic::cli
