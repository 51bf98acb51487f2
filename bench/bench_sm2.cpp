// What a signature takes, e given, on one core. Signing: OpenSSL's and ours. Verifying: OpenSSL with a key that is
// ready; ours with a key that comes once, its point checked; ours with a key that goes on. The rounds alternate;
// medians of processor time. Usage: bench_sm2
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <vector>

#include "elic/crypto/fast_signer.h"
#include "openssl_verifier.h"

using namespace elic;

namespace {

constexpr int rounds = 21, signatures = 100;

double microseconds() {
    timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

struct Way {
    const char* name;
    std::function<bool(std::size_t)> work;  ///< false: it went wrong
    std::vector<double> times = {};
};

}  // namespace

int main() {
    auto key = PrivateKey::generate().value();
    const auto point = key.public_key().point();
    std::vector<Digest> digests(signatures);
    std::vector<Sm2Signature> made;
    for (std::size_t n = 0; n < digests.size(); ++n) {
        digests[n][0] = static_cast<std::uint8_t>(n);
        made.push_back(key.sign_digest(digests[n]).value());
    }
    OpensslVerifier openssl(key.public_key());
    const auto lasting = key.public_key();
    const auto fast = make_fast_signer(key).value();
    std::vector<Way> ways = {
        {"sign: OpenSSL, EVP_PKEY_sign", [&](std::size_t n) { return key.sign_digest(digests[n]).has_value(); }},
        {"sign: elic", [&](std::size_t n) { return fast->sign_digest(digests[n]).has_value(); }},
        {"verify: OpenSSL, EVP_PKEY_verify", [&](std::size_t n) { return openssl.verify(digests[n], made[n]); }},
        {"verify: elic, a key that comes once",
         [&](std::size_t n) { return PublicKey::from_point(point).value().verify_digest(digests[n], made[n]); }},
        {"verify: elic, a key that goes on",
         [&](std::size_t n) { return lasting.verify_digest(digests[n], made[n]); }}};
    for (int round = 0; round < rounds; ++round) {
        for (auto& way : ways) {
            const auto begun = microseconds();
            for (std::size_t n = 0; n < made.size(); ++n) {
                if (!way.work(n)) std::abort();
            }
            way.times.push_back((microseconds() - begun) / signatures);
        }
    }
    for (auto& way : ways) {
        std::sort(way.times.begin(), way.times.end());
        std::printf("%-36s %6.1f us a signature (median of %d rounds; least %.1f)\n", way.name,
                    way.times[way.times.size() / 2], rounds, way.times.front());
    }
    return 0;
}
