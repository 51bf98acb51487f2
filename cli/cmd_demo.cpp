#include <algorithm>

#include "base/file.h"
#include "codec/json.h"
#include "demo_world.h"
#include "documents.h"
#include "elic/verify/verify_payload.h"
#include "output_files.h"
#include "picture_library.h"
#include "report_text.h"
#include "session.h"
#include "status_output.h"

namespace elic::cli {

namespace {

constexpr int demo_status_days = 365;  // as long as its trust list

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
    auto pictures = picture_library();
    if (!pictures) return tl::unexpected(pictures.error());
    auto picture = (*pictures)->read(*bytes, {});
    if (!picture) return tl::unexpected(picture.error());
    const auto codes = (*pictures)->scan(*picture);
    if (codes.empty()) return report_without_code(FindingCode::code_absent, png.string(), at);
    return verify_payload(codes.front().text, {.trust = &world.trust, .pins = world.pins, .at = at});
}

/// Publishes what was just issued, as of a second ago: what is issued in this very second is signed at it then.
class SecondAgo final : public Clock {
public:
    explicit SecondAgo(const Clock& clock) : clock_(clock) {}
    Timestamp now() const override {
        const auto now = clock_.now();
        auto ago = Timestamp::from_unix(now.unix_seconds() - 1);
        return ago ? *ago : now;
    }

private:
    const Clock& clock_;
};

/// The status list goes into the demo's trust folder, which is opened again.
Status publish_demo(const Clock& clock, DemoWorld& world, const std::filesystem::path& trust) {
    auto ledger = Ledger::open(world.office.ledger());
    if (!ledger) return tl::unexpected(ledger.error());
    const SecondAgo ago(clock);
    auto published = publish_status(*ledger, {.issuer = world.office.issuer, .days = demo_status_days}, *world.signer,
                                    world.office.certificate, ago);
    if (!published) return tl::unexpected(published.error());
    auto put = put_status_file(*published, trust);
    if (!put) return tl::unexpected(put.error());
    auto opened = TrustFolder::open(trust);
    if (!opened) return tl::unexpected(opened.error());
    world.trust = std::move(*opened);
    return {};
}

/// The pictures of the samples, or nothing when one was not issued: what was wrong has been told then.
std::optional<std::vector<std::string>> issue_samples(Session& session, DemoWorld& world,
                                                      const std::filesystem::path& out) {
    auto& console = session.console;
    std::vector<std::string> pictures;
    OutputFormats formats{.png = true, .svg = true, .txt = true, .ofd = true, .test = true};
    if (auto ready = prepare_drawing(world.office, {}, Sealing::anew, session.clock, formats); !ready) {
        console.note("no documents: " + ready.error().context);  // as where no fonts are installed
        formats.ofd = false;
    }
    world.issuer->examine_with(formats.press);
    for (const auto& draft : world.drafts) {
        auto answer = world.issuer->issue(draft);
        if (!answer) {
            console.fail(answer.error());
            return {};
        }
        if (const auto* refused = std::get_if<Refused>(&*answer)) {
            for (const auto& fault : refused->faults)
                console.complain(refused->request + ": " + fault.field + ": " + fault.rule + ": " + fault.mend);
            return {};
        }
        const auto& issued = std::get<Issued>(*answer);
        auto files = write_code_files(out, issued.id.text(), {issued.payload, issued.license}, formats);
        if (!files) {
            console.fail(files.error());
            return {};
        }
        pictures.push_back(files->files.front());
    }
    return pictures;
}

int issue_and_verify(Session& session, DemoWorld& world, const std::filesystem::path& folder) {
    auto& console = session.console;
    const auto pictures = issue_samples(session, world, folder / "out");
    if (!pictures) return exit_failed;
    if (auto published = publish_demo(session.clock, world, folder / "trust"); !published) {
        return console.fail(published.error());
    }
    int status = exit_done;
    for (const auto& picture : *pictures) {
        auto report = verify_picture(world, picture, session.clock.now());
        if (!report) return console.fail(report.error());
        console.data(report_line(*report, console));
        status = std::max(status, exit_status_of(*report));
    }
    console.note("");
    console.note(
        std::to_string(pictures->size()) +
        std::string(console.choose(" 份测试证照已签发，并从图片核验。图片例：",
                                   " TEST licenses were issued, and verified from their pictures. One of them: ")) +
        pictures->front());
    const auto dir = folder.string();
    const auto verify =
        "elic verify --trust " + shell_word(dir + "/trust") + " --pin " + shell_word(dir + "/trust.pin") + " ";
    console.hint(verify + shell_word(pictures->front()));
    const auto document = std::filesystem::path(pictures->front()).replace_extension(".ofd");
    if (file_exists(document)) console.hint(verify + shell_word(document.string()));
    console.hint("elic ledger list --office " + shell_word(dir + "/office"));
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

void add_demo(Command& app, Session& session) {
    auto options = std::make_shared<DemoOptions>();
    auto* command =
        add_command(app, session, "demo",
                    "The whole story with TEST keys: a CA, an office, a trust folder; issues and verifies the samples",
                    "elic demo --dir demo", [&session, options] { return demo(session, *options); });
    command->add_option("--dir", options->dir, "Where to make it; must not hold a demo yet (default: ./elic-demo)");
    command->add_option("--lang", options->language, "Language of the sentences")->one_of({"zh", "en"});
}

}  // namespace elic::cli
