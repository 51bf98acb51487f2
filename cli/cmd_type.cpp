#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "elic/packs/type_packs.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_pack = 1 << 20;

struct TypeOptions {
    std::string code, file, folder;
};

TypePacks packs_of(const TypeOptions& options) {
    return options.folder.empty() ? TypePacks::builtin() : TypePacks::in_folder(options.folder);
}

int list(Session& session, const TypeOptions& options) {
    int status = exit_done;
    const auto packs = packs_of(options);
    for (const auto& entry : packs.list()) {
        auto pack = packs.load(entry.code, entry.version);
        if (!pack) {
            status = session.console.fail(pack.error());
            continue;
        }
        session.console.data(entry.code.text() + "\t" + std::to_string(entry.version) + "\t" +
                             escape_for_output((*pack)->name) + "\t" +
                             ((*pack)->provisional ? "provisional" : "national") + "\t" +
                             std::to_string((*pack)->fields.size()) + " fields");
    }
    return status;
}

int show(Session& session, const TypeOptions& options) {
    auto code = LicenseTypeCode::parse(options.code);
    if (!code) return session.console.fail(code.error());
    const auto packs = packs_of(options);
    auto pack = packs.load_newest(*code);
    if (!pack) {
        session.console.hint("`elic type list` names the types that are known");
        return session.console.fail(pack.error());
    }
    auto file = packs.file(*code, (*pack)->version);
    if (!file) return session.console.fail(file.error());
    auto text = as_text(*file);
    while (text.ends_with('\n')) text.remove_suffix(1);
    session.console.data(text);
    return exit_done;
}

int lint(Session& session, const TypeOptions& options) {
    auto file = read_file(options.file, max_pack);
    if (!file) return session.console.fail(file.error());
    auto pack = read_type_pack(*file);
    if (!pack) return session.console.fail(pack.error());
    for (const auto& remark : lint_type_pack(*pack)) session.console.data(escape_for_output(remark));
    session.console.note(escape_for_output(pack->name) + ": reads; " + std::to_string(pack->fields.size()) + " fields");
    return exit_done;
}

}  // namespace

void add_type(Command& app, Session& session) {
    auto* group = app.add_subcommand("type", "License types (type packs)");
    group->require_subcommand();
    auto listed = std::make_shared<TypeOptions>();
    auto* all = add_command(*group, session, "list", "The types known", "elic type list",
                            [&session, listed] { return list(session, *listed); });
    all->add_option("--types", listed->folder, "A folder of packs (default: the ones built in)");
    auto shown = std::make_shared<TypeOptions>();
    auto* one =
        add_command(*group, session, "show", "A type's newest pack as it is", "elic type show 11100000000013338W011",
                    [&session, shown] { return show(session, *shown); });
    one->add_option("code", shown->code, "License type code, 21 characters")->required();
    one->add_option("--types", shown->folder, "A folder of packs (default: the ones built in)");
    auto linted = std::make_shared<TypeOptions>();
    auto* check = add_command(*group, session, "lint", "Read a pack file and say what a careful editor would",
                              "elic type lint my-type.json", [&session, linted] { return lint(session, *linted); });
    check->add_option("file", linted->file, "The pack file")->required();
}

}  // namespace elic::cli
