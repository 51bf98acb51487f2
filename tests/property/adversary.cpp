// What an adversary can do to every sample license: change any digit, flip any bit, sign with another key, borrow a
// signature of another kind. Nothing of it may ever be valid. Prints how often each finding decided. Usage: adversary
// FOLDER (an empty one, for the TEST office)
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <map>
#include <string>

#include "demo_world.h"
#include "elic/crypto/private_key.h"
#include "elic/payload/payload.h"
#include "elic/verify/verify_payload.h"

namespace {

using namespace elic;

class StandingClock final : public Clock {
public:
    Timestamp now() const override { return Timestamp::parse("2026-11-23T10:00:00+08:00").value(); }
};

struct Tally {
    std::map<std::string, std::size_t> findings;
    std::size_t tried = 0;
    std::size_t valid = 0;

    void count(const Report& report) {
        ++tried;
        if (report.verdict() == Verdict::valid) ++valid;
        const Finding* decided = nullptr;
        for (const auto& finding : report.findings()) {
            if (finding.code == FindingCode::not_run || finding.verdict() == Verdict::valid) continue;
            if (decided == nullptr || finding.verdict() > decided->verdict()) decided = &finding;
        }
        ++findings[decided != nullptr ? std::string(row_of(decided->code).code) : "(none)"];
    }

    void print(const char* what) const {
        std::printf("%-28s %7zu tried, %zu valid:", what, tried, valid);
        for (const auto& [code, number] : findings) std::printf(" %s %zu", code.c_str(), number);
        std::printf("\n");
    }
};

void change_digits(const std::string& text, const VerifyContext& context, Tally& tally) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string changed = text;
        changed[i] = static_cast<char>('0' + (changed[i] - '0' + 1 + static_cast<int>(i % 9)) % 10);
        tally.count(verify_payload(changed, context));
    }
}

void flip_bits(const Payload& payload, const VerifyContext& context, Tally& tally) {
    const auto flip = [&](auto& bytes, Payload& changed, std::size_t bit) {
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        tally.count(verify_payload(write_payload(changed), context));
    };
    for (std::size_t bit = 0; bit < payload.hint.size() * 8; ++bit) {
        Payload changed = payload;
        flip(changed.hint, changed, bit);
    }
    for (std::size_t bit = 0; bit < payload.claims.size() * 8; ++bit) {
        Payload changed = payload;
        flip(changed.claims, changed, bit);
    }
    for (std::size_t bit = 0; bit < payload.signature.size() * 8; ++bit) {
        Payload changed = payload;
        flip(changed.signature, changed, bit);
    }
}

void sign_otherwise(const Payload& payload, Signer& stranger, Signer& office, const VerifyContext& context,
                    Tally& strangers, Tally& kinds) {
    auto forged = sign_payload(payload.claims, payload.hint, stranger);
    if (forged) strangers.count(verify_payload(write_payload(*forged), context));
    auto own = sign_payload(payload.claims, key_hint(Digest{1, 2, 3}), stranger);
    if (own) strangers.count(verify_payload(write_payload(*own), context));
    for (int kind = 1; kind < signature_kinds; ++kind) {
        auto other =
            sign_message(office, signing_input(static_cast<SignatureKind>(kind), payload.hint, payload.claims));
        if (other) kinds.count(verify_payload(write_payload({payload.hint, payload.claims, *other}), context));
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const StandingClock clock;
    auto world = cli::make_demo_world(argv[1], clock);
    if (!world) {
        std::printf("%s\n", world.error().context.c_str());
        return 2;
    }
    const VerifyContext context{
        .trust = &world->trust, .pins = world->pins, .at = clock.now(), .policy = {.allow_missing_status = true}};
    auto stranger = PrivateKey::generate();
    if (!stranger) return 2;
    Tally genuine, digits, bits, strangers, kinds;
    for (const auto& draft : world->drafts) {
        auto answer = world->issuer->issue(draft);
        if (!answer || !std::holds_alternative<Issued>(*answer)) return 2;
        const auto text = std::get<Issued>(*answer).payload;
        genuine.count(verify_payload(text, context));
        const auto payload = read_payload(text);
        if (!payload) return 2;
        change_digits(text, context, digits);
        flip_bits(*payload, context, bits);
        sign_otherwise(*payload, *stranger, *world->signer, context, strangers, kinds);
    }
    genuine.print("as issued");
    digits.print("one digit changed");
    bits.print("one bit flipped");
    strangers.print("signed by a stranger");
    kinds.print("signature of another kind");
    const bool fine = genuine.tried > 0 && genuine.valid == genuine.tried && digits.tried > 0 && digits.valid == 0 &&
                      bits.tried > 0 && bits.valid == 0 && strangers.tried > 0 && strangers.valid == 0 &&
                      kinds.tried > 0 && kinds.valid == 0;
    return fine ? 0 : 1;
}
