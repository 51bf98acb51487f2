// Issues a license, draws its code, reads the picture and verifies it, as docs/library.md shows it.
// Usage: consumer OFFICE_FOLDER PIN_FILE DRAFT_FILE
#include <ctime>
#include <elic/issue/issuer.h>
#include <elic/picture/picture.h>
#include <elic/qr/draw.h>
#include <elic/qr/scan.h>
#include <elic/verify/verify_payload.h>
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

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    std::ifstream file(argv[3]);
    const std::string json{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};

    const SystemClock clock;
    const auto office = elic::open_office(argv[1]);
    if (!office) return failed(office.error());
    const auto pins = elic::load_root_pins(argv[2]);
    if (!pins) return failed(pins.error());
    const auto signer = elic::open_signer(*office, {});
    if (!signer) return failed(signer.error());
    auto issuer = elic::Issuer::open(*office, **signer, *pins, clock);
    if (!issuer) return failed(issuer.error());

    const auto reading = elic::read_license_draft(json);
    if (!reading.draft) return 3;
    const auto answer = issuer->issue(*reading.draft);
    if (!answer) return failed(answer.error());
    const auto* issued = std::get_if<elic::Issued>(&*answer);
    if (issued == nullptr) return 3;

    const auto modules = elic::draw_qr(issued->payload);
    if (!modules) return failed(modules.error());
    const auto png = elic::qr_png(*modules);
    if (!png) return failed(png.error());
    const auto picture = elic::read_picture(*png);
    if (!picture) return failed(picture.error());
    const auto codes = elic::scan_codes(*picture);
    if (codes.size() != 1) return 4;

    const auto trust = elic::TrustFolder::open(office->trust);
    if (!trust) return failed(trust.error());
    elic::VerifyContext context{.trust = &*trust, .at = clock.now()};
    context.pins = *pins;
    context.policy.allow_missing_status = true;
    const auto report = elic::verify_payload(codes[0].text, context);
    std::cout << elic::to_json(report, false) << '\n';
    return report.verdict() == elic::Verdict::valid ? 0 : 5;
}
