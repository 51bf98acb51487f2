// Verifies the text of a code, as docs/library.md shows it. Usage: consumer TRUST_FOLDER PIN_FILE CODE_FILE
#include <ctime>
#include <elic/verify/verify_payload.h>
#include <fstream>
#include <iostream>
#include <iterator>

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const auto trust = elic::TrustFolder::open(argv[1]);
    const auto pins = elic::load_root_pins(argv[2]);
    if (!trust || !pins) {
        std::cerr << (trust ? pins.error() : trust.error()).context << '\n';
        return 1;
    }
    std::ifstream file(argv[3]);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};

    elic::VerifyContext context{.trust = &*trust, .at = elic::Timestamp::from_unix(std::time(nullptr)).value()};
    context.pins = *pins;
    context.policy.allow_missing_status = true;  // this version has no status lists yet
    const auto report = elic::verify_payload(text, context);

    std::cout << elic::to_json(report, false) << '\n';
    if (report.verdict() != elic::Verdict::valid) return 3;
    std::cout << report.license()->license_name << ' ' << report.license()->number << '\n';
    return 0;
}
