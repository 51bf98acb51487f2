// Issues a license as a sealed document, draws it again and verifies it, as docs/library.md shows it.
// Usage: consumer OFFICE_FOLDER PIN_FILE DRAFT_FILE OFD_FILE
#include <ctime>
#include <elic/issue/document_press.h>
#include <elic/issue/issuer.h>
#include <elic/issue/kept_sealer.h>
#include <elic/issue/redraw_document.h>
#include <elic/verify/verify_document.h>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

struct SystemClock : elic::Clock {
    elic::Timestamp now() const override { return elic::Timestamp::from_unix(std::time(nullptr)).value(); }
};

int failed(const elic::Error& error) {
    std::cerr << error.context << '\n';
    return 1;
}

elic::Bytes read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The office's seal, with whoever signs for it.
elic::Result<std::shared_ptr<elic::DocumentSealer>> seal_of(const elic::Office& office, elic::Signer& signer,
                                                            const elic::Clock& clock) {
    auto certificate = elic::Certificate::parse(read(office.sealer_certificate()));
    if (!certificate) return tl::unexpected(certificate.error());
    return elic::open_kept_sealer({.seal = read(office.seal()),
                                   .sealer = *certificate,
                                   .signer = &signer,
                                   .kept = office.sealed(),
                                   .clock = clock});
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const SystemClock clock;
    const auto office = elic::open_office(argv[1]);
    if (!office) return failed(office.error());
    const auto pins = elic::load_root_pins(argv[2]);
    if (!pins) return failed(pins.error());
    const auto signer = elic::open_signer(*office, {});
    if (!signer) return failed(signer.error());
    const auto sealer = elic::open_sealer(*office, {});
    if (!sealer) return failed(sealer.error());
    const auto seal = seal_of(*office, **sealer, clock);
    if (!seal) return failed(seal.error());
    const auto opened = elic::DocumentPress::open(
        {.trust = office->trust, .portraits = {}, .kept = office->portraits(), .sealer = *seal});
    if (!opened) return failed(opened.error());
    const auto& press = *opened;

    auto issuer = elic::Issuer::open(*office, **signer, *pins, clock);
    if (!issuer) return failed(issuer.error());
    issuer->examine_with(press);  // nothing is issued whose document could not be made
    const auto draft = read(argv[3]);
    const auto reading = elic::read_license_draft(elic::as_text(draft));
    if (!reading.draft) return 3;
    const auto answer = issuer->issue(*reading.draft);
    if (!answer) return failed(answer.error());
    const auto* issued = std::get_if<elic::Issued>(&*answer);
    if (issued == nullptr) return 3;
    const auto files =
        press->press({.license = issued->license, .payload = issued->payload, .ofd = true, .test = office->test});
    if (!files) return failed(files.error());
    const auto& ofd = files->front().second;
    std::ofstream(argv[4], std::ios::binary) << elic::as_text(ofd);

    const auto trust = elic::TrustFolder::open(office->trust);
    if (!trust) return failed(trust.error());
    const auto package = elic::OfdPackage::open(ofd);
    if (!package) return failed(package.error());
    const auto document = elic::read_ofd_document(*package);
    if (!document) return failed(document.error());
    elic::FaceReading face{.scanned_texts = {issued->payload}};  // what a scanner would read off the page
    auto redrawn = elic::Redrawer::make()->redraw(*package, *document, issued->payload, &*trust);
    face.not_redrawn = redrawn.reason;
    if (redrawn.reason.empty()) face.redrawn = std::move(redrawn.parts);
    elic::VerifyContext context{.trust = &*trust, .at = clock.now()};
    context.pins = *pins;
    const auto report = elic::verify_document(ofd, face, context);
    std::cout << elic::to_json(report, false) << '\n';
    return report.verdict() == elic::Verdict::valid ? 0 : 5;
}
