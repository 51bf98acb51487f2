#include <algorithm>

#include "base/file.h"
#include "codec/json.h"
#include "demo_world.h"
#include "elic/picture/picture.h"
#include "elic/qr/scan.h"
#include "elic/verify/verify_payload.h"
#include "output_files.h"
#include "report_text.h"
#include "session.h"

namespace elic::cli {

namespace {

struct DemoOptions {
    std::string dir, language;
};

/// DIR as asked, else the first of elic-demo, elic-demo-2, ... that is not there.
std::filesystem::path demo_folder(const std::string& asked) {
    if (!asked.empty()) return asked;
    std::filesystem::path folder = "elic-demo";
    for (int n = 2; file_exists(folder); ++n) folder = "elic-demo-" + std::to_string(n);
    return folder;
}

/// Reads the picture back as a window would, and verifies what stands in it.
Result<Report> verify_picture(const DemoWorld& world, const std::filesystem::path& png, Timestamp at) {
    auto bytes = read_file(png, 1 << 20);
    if (!bytes) return tl::unexpected(bytes.error());
    auto picture = read_picture(*bytes);
    if (!picture) return tl::unexpected(picture.error());
    const auto codes = scan_codes(*picture);
    if (codes.empty()) return report_without_code(FindingCode::code_absent, png.string(), at);
    return verify_payload(
        codes.front().text,
        {.trust = &world.trust, .pins = world.pins, .at = at, .policy = {.allow_missing_status = true}});
}

int issue_and_verify(Session& session, DemoWorld& world, const std::filesystem::path& folder) {
    auto& console = session.console;
    std::string first;
    std::size_t count = 0;
    int status = exit_done;
    for (const auto& draft : world.drafts) {
        auto answer = world.issuer->issue(draft);
        if (!answer) return console.fail(answer.error());
        if (const auto* refused = std::get_if<Refused>(&*answer)) {
            for (const auto& fault : refused->faults)
                console.complain(refused->request + ": " + fault.field + ": " + fault.rule + ": " + fault.mend);
            return exit_failed;
        }
        const auto& issued = std::get<Issued>(*answer);
        auto files = write_code_files(folder / "out", issued.id.text(), issued.payload,
                                      {.png = true, .svg = true, .txt = true, .test = true});
        if (!files) return console.fail(files.error());
        auto report = verify_picture(world, files->files.front(), session.clock.now());
        if (!report) return console.fail(report.error());
        console.data(report_line(*report, console));
        status = std::max(status, exit_status_of(*report));
        if (first.empty()) first = files->files.front();
        ++count;
    }
    console.note("");
    console.note(
        std::to_string(count) +
        std::string(console.choose(" 份测试证照已签发，并从图片核验。图片例：",
                                   " TEST licenses were issued, and verified from their pictures. One of them: ")) +
        first);
    const auto dir = folder.string();
    console.hint("elic verify --trust " + dir + "/trust --pin " + dir + "/trust.pin --allow-missing-status " + first);
    console.hint("elic ledger list --office " + dir + "/office");
    return status;
}

int demo(Session& session, const DemoOptions& options) {
    if (!options.language.empty()) session.console.set_chinese(options.language == "zh");
    const auto folder = demo_folder(options.dir);
    auto world = make_demo_world(folder, session.clock);
    if (!world) return session.console.fail(world.error());
    return issue_and_verify(session, *world, folder);
}

}  // namespace

void add_demo(CLI::App& app, Session& session) {
    auto options = std::make_shared<DemoOptions>();
    auto* command =
        add_command(app, session, "demo",
                    "The whole story with TEST keys: a CA, an office, a trust folder; issues and verifies the samples",
                    "elic demo --dir demo", [&session, options] { return demo(session, *options); });
    command->add_option("--dir", options->dir, "Where to make it; must not hold a demo yet (default: ./elic-demo)");
    command->add_option("--lang", options->language, "Language of the sentences")->check(CLI::IsMember({"zh", "en"}));
}

}  // namespace elic::cli
