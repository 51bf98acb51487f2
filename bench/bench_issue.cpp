// What a batch costs beyond what bounds it, in one run: OpenSSL's sign + verify alone against issuing without drawing;
// the same and drawing alone (by libqrencode) against issuing with PNG, given back for an archive or written into
// folders with fan-out; memory, and the last rows' time against the first ones'. The batch verifies and draws by code
// of elic's own: what it costs against verifying so alone is told too, and what it makes when that arithmetic signs as
// well. Other load on the machine takes from both sides: the two alternate, each round gives its ratio, of the time on
// the wall and of processor time, and the median counts.
//
// Usage: bench_issue [ROWS [ROUNDS]] | bench_issue --long ROWS. It works in TMPDIR. ext4 takes a millisecond to create
// a file beside many that were deleted within five minutes: give it a folder where nothing was.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

#include "base/file.h"
#include "codec/json.h"
#include "elic/crypto/fast_signer.h"
#include "elic/crypto/pilot_ca.h"
#include "elic/issue/batch.h"
#include "elic/packs/type_packs.h"
#include "elic/payload/payload.h"
#include "elic/qr/draw.h"
#include "elic/trust/trust_source.h"
#include "libqrencode_drawing.h"
#include "openssl_verifier.h"

using namespace elic;

namespace {

constexpr const char* type = "11100000000013661B006";
constexpr std::size_t window_rows = 100000;

class Now final : public Clock {
public:
    Timestamp now() const override { return Timestamp::from_unix(::time(nullptr)).value(); }
};

struct Cost {
    double wall = 0, processor = 0;
    std::size_t count = 0;
    double rate() const { return static_cast<double>(count) / wall; }
    double each() const { return processor * 1e6 / static_cast<double>(count); }
};

double processor_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_megabytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

template <class Work>
Cost measure(std::size_t count, const Work& work) {
    const auto begun = std::chrono::steady_clock::now();
    const auto before = processor_seconds();
    work();
    return {.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(),
            .processor = processor_seconds() - before,
            .count = count};
}

/// What becomes of a code: nothing, a picture for an archive, a picture in a folder.
enum class Drawing { none, kept, written };

/// Whose arithmetic it is.
enum class Arithmetic { openssl, own };

/// An office as any other, with its trust folder, in a folder of its own.
class Bench {
public:
    Bench() : folder_(std::filesystem::temp_directory_path() / ("bench_issue-" + std::to_string(::getpid()))) {
        const auto at = clock_.now();
        const auto from = Timestamp::from_unix(at.unix_seconds() - 86400).value();
        auto ca = make_pilot_ca(from).value();
        const auto request = make_certificate_request(key_, "CN=TEST bench,O=elic TEST,C=CN").value();
        certificate_ = certify(ca, request, CertificatePurpose::issuing, from, 5).value();
        const auto code = Uscc::parse("11430199MB00TX017C").value();
        TrustSource source{.content = {.number = 1,
                                       .issued_at = from,
                                       .not_before = from,
                                       .next_update = Timestamp::from_unix(at.unix_seconds() + 30 * 86400).value(),
                                       .previous = {},
                                       .roots = {ca.certificate.fingerprint()},
                                       .intermediates = {},
                                       .packs = {},
                                       .bodies = {}},
                           .certificates = {ca.certificate, *certificate_},
                           .pack_files = {}};
        IssuingBody body{
            .code = code, .name = "示例省政务服务局（测试）", .hosts = {}, .certificates = {}, .grants = {}};
        body.certificates.push_back({.fingerprint = certificate_->fingerprint(),
                                     .from = from,
                                     .until = {},
                                     .kinds = 1U << static_cast<unsigned>(SignatureKind::payload)});
        const auto packs = TypePacks::builtin();
        for (const auto& entry : packs.list()) {
            if (entry.code.text() != type) continue;
            const auto pack = packs.load(entry.code, entry.version).value();
            const PackEntry named{.digest = pack->digest,
                                  .type = pack->code,
                                  .version = pack->version,
                                  .name = pack->name,
                                  .words = pack->words};
            source.content.packs.push_back(named);
            source.pack_files.emplace_back(named, packs.file(entry.code, entry.version).value());
            body.grants.push_back(
                {.type = pack->code, .areas = {AreaCode::parse("000000").value()}, .from = from.day(), .until = {}});
        }
        source.content.bodies.push_back(std::move(body));
        std::vector<std::string> warnings;
        std::filesystem::create_directories(folder_);
        if (!write_trust_folder(source, ca.key, ca.certificate, folder_ / "trust", warnings)) std::abort();
        office_ = create_office({.folder = folder_ / "office",
                                 .issuer = code,
                                 .name = "示例省政务服务局（测试）",
                                 .number = 1,
                                 .key_pem = key_.to_plain_pem().value(),
                                 .certificate = *certificate_,
                                 .trust = folder_ / "trust",
                                 .signer_command = {},
                                 .test = true})
                      .value();
        issuer_.emplace(Issuer::open(*office_, key_, RootPins::of({ca.certificate.fingerprint()}), clock_).value());
    }
    ~Bench() {
        issuer_.reset();
        std::filesystem::remove_all(folder_);
    }

    /// The same draft with another number: what makes the rows must not be what is measured.
    std::string row(std::size_t number) {
        if (row_.empty()) row_ = draft("@");
        auto text = row_;
        const auto digits = std::to_string(number);
        for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at)) text.replace(at, 1, digits);
        return text;
    }

    std::string draft(const std::string& number) const {
        const auto today = clock_.now().day();
        Json json{{"type", type},
                  {"request", "bench-" + number},
                  {"number", "示例危化经字[2026]" + number},
                  {"issued_on", today.format()},
                  {"valid_from", today.format()},
                  {"valid_until", std::to_string(today.year() + 2) + "-01-01"}};
        json["holders"] = Json::array(
            {{{"name", "示例市样本化工贸易有限公司"}, {"code_type", "001"}, {"code", "91430199MA00EX062T"}}});
        json["face"] = {
            {"企业住所", "示例市样例区样本商务中心606室"},
            {"企业法定代表人姓名", "周试用"},
            {"经营方式", "批发（不带有储存设施）"},
            {"许可范围", "丙酮、甲醇、乙酸乙酯、甲苯、二甲苯异构体混合物、正丁醇、环己酮、氢氧化钠、盐酸、硫酸"}};
        return write_json(json);
    }

    /// Issues rows from number `first` on. `laps`: gets the time of every 100,000.
    Cost issue(std::size_t first, std::size_t count, Drawing draw, Arithmetic signing = Arithmetic::openssl,
               std::vector<double>* laps = nullptr) {
        std::size_t next = first;
        std::size_t answered = 0;
        auto lap = std::chrono::steady_clock::now();
        BatchPlan plan{.next = [&]() -> Result<std::optional<BatchRow>> {
                           if (next == first + count) return std::optional<BatchRow>();
                           ++next;
                           return std::optional(BatchRow{.number = next - first, .text = row(next - 1)});
                       },
                       .read = [](const BatchRow& each) { return read_license_draft(each.text); },
                       .signer = [&]() -> Result<std::unique_ptr<Signer>> {
                           if (signing == Arithmetic::own) return make_fast_signer(key_);
                           return std::unique_ptr<Signer>(std::make_unique<PrivateKey>(key_));
                       },
                       .answer = [&](const BatchAnswer& answer) -> Status {
                           if (!std::holds_alternative<Issued>(answer.answer)) std::abort();
                           sample_ = std::get<Issued>(answer.answer).payload;
                           if (++answered % window_rows == 0 && laps != nullptr) {
                               const auto now = std::chrono::steady_clock::now();
                               laps->push_back(std::chrono::duration<double>(now - lap).count());
                               std::printf("  %zu rows, the last 100,000 in %.1f s, largest memory %.0f MB\n", answered,
                                           laps->back(), peak_megabytes());
                               std::fflush(stdout);
                               lap = now;
                           }
                           return {};
                       }};
        if (draw != Drawing::none) plan.output = [&](const Issued& issued) { return output(issued, draw); };
        return measure(count, [&] {
            const auto summary = issue_batch(*issuer_, plan);
            if (!summary || summary->stopped || summary->issued != count) std::abort();
        });
    }

    /// Sign and verify, and draw, alone: on all cores.
    Cost alone(std::size_t count, bool draw, Arithmetic verifying) {
        const auto payload = read_payload(sample_).value();
        const auto input = signing_input(SignatureKind::payload, payload.hint, payload.claims);
        std::atomic<std::size_t> next = 0;
        return measure(count, [&] {
            std::vector<std::thread> threads;
            for (unsigned n = 0; n < std::max(1U, std::thread::hardware_concurrency()); ++n) {
                threads.emplace_back([&] {
                    PrivateKey key(key_);
                    OpensslVerifier openssl(key.public_key());
                    while (next++ < count) {
                        const auto e = key.public_key().message_digest(input);
                        const auto signature = key.sign_digest(e).value();
                        const bool holds = verifying == Arithmetic::own ? key.public_key().verify(input, signature)
                                                                        : openssl.verify(e, signature);
                        if (!holds) std::abort();
                        if (draw) qr_png(libqrencode_drawing(sample_), {.test = true}).value();
                    }
                });
            }
            for (auto& thread : threads) thread.join();
        });
    }

private:
    Result<BatchOutput> output(const Issued& issued, Drawing draw) const {
        auto png = qr_png(draw_qr(issued.payload).value(), {.test = true}).value();
        const auto name = issued.id.text();
        if (draw == Drawing::kept) {
            BatchOutput kept;
            kept.kept.emplace_back(name + ".png", std::move(png));
            return kept;
        }
        const auto folder = folder_ / "out" / name.substr(name.size() - 8, 2);
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (auto written = write_file_unsynced(folder / (name + ".png"), png); !written) {
            return tl::unexpected(written.error());
        }
        return BatchOutput{};
    }

    std::filesystem::path folder_;
    Now clock_;
    PrivateKey key_ = PrivateKey::generate().value();
    std::optional<Certificate> certificate_;
    std::optional<Office> office_;
    std::optional<Issuer> issuer_;
    std::string sample_, row_;
};

/// Median, least and largest of the rounds.
std::string spread(std::vector<double> values, int digits) {
    std::sort(values.begin(), values.end());
    std::array<char, 80> text{};
    std::snprintf(text.data(), text.size(), "%.*f (%.*f to %.*f)", digits, values[values.size() / 2], digits,
                  values.front(), digits, values.back());
    return text.data();
}

/// One kind of batch, round by round, and what bounds it, measured in the same round.
struct Comparison {
    const char* what;
    const char* bar;
    std::vector<double> rates = {}, ratios = {}, processor_ratios = {};

    void add(const Cost& batch, const Cost& alone) {
        rates.push_back(batch.rate());
        ratios.push_back(batch.rate() / alone.rate());
        processor_ratios.push_back(alone.each() / batch.each());
    }
    void print() const {
        std::printf("%-44s %s%s; by processor time %s; %s a second\n", what, spread(ratios, 2).c_str(), bar,
                    spread(processor_ratios, 2).c_str(), spread(rates, 0).c_str());
    }
};

}  // namespace

int main(int argc, char** argv) {
    const bool long_run = argc == 3 && std::strcmp(argv[1], "--long") == 0;
    for (int n = long_run ? 2 : 1; n < argc; ++n) {
        if (std::strtoull(argv[n], nullptr, 10) != 0) continue;
        std::fputs("usage: bench_issue [ROWS [ROUNDS]] | bench_issue --long ROWS\n", stderr);
        return 2;
    }
    Bench bench;
    if (long_run) {
        std::vector<double> laps;
        const auto cost =
            bench.issue(0, std::strtoull(argv[2], nullptr, 10), Drawing::none, Arithmetic::openssl, &laps);
        std::printf("%zu rows: %.0f/s, largest memory %.0f MB (bar 200)\n", cost.count, cost.rate(), peak_megabytes());
        if (laps.size() > 1)
            std::printf("last 100,000 against the first: %.2f (bar 1.2)\n", laps.back() / laps.front());
        return 0;
    }
    const std::size_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 4000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    std::size_t number = 0;
    bench.issue(number, 200, Drawing::none);  // warm, and a code to measure with
    number += 200;
    Comparison none{"OpenSSL signs and verifies / batch", ", bar 0.8"};
    Comparison kept{"the same with PNG / batch into an archive", ", bar 0.9"};
    Comparison written{"the same with PNG / batch into folders", ", bar 0.9"};
    Comparison own{"OpenSSL signs, elic verifies / batch", ""};
    Comparison fast{"the first / batch with --fast-signing", ""};
    Comparison fast_written{"the third / batch with --fast-signing", ""};
    const auto batch = [&](Drawing drawing, Arithmetic signing = Arithmetic::openssl) {
        const auto cost = bench.issue(number, rows, drawing, signing);
        number += rows;
        return cost;
    };
    for (int round = 0; round < rounds; ++round) {
        const auto plain = batch(Drawing::none);
        const auto bound = bench.alone(rows, false, Arithmetic::openssl);
        none.add(plain, bound);
        own.add(plain, bench.alone(rows, false, Arithmetic::own));
        const auto archived = batch(Drawing::kept);
        const auto drawn = bench.alone(rows, true, Arithmetic::openssl);
        kept.add(archived, drawn);
        written.add(batch(Drawing::written), drawn);
        fast.add(batch(Drawing::none, Arithmetic::own), bound);
        fast_written.add(batch(Drawing::written, Arithmetic::own), drawn);
    }
    std::printf("median of %d rounds of %zu rows (least to largest)\n", rounds, rows);
    for (const auto* each : {&none, &kept, &written, &own, &fast, &fast_written}) each->print();
    std::printf("%zu licenses, largest memory %.0f MB\n", number, peak_megabytes());
    return 0;
}
