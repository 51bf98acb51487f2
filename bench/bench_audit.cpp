// How long an audit takes, against what bounds it: SM3 over as many bytes on as many cores.
//   bench_audit [EVENTS] [THREADS] [FOLDER]
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sqlite3.h>
#include <string>
#include <sys/resource.h>
#include <thread>

#include "elic/crypto/sm3.h"
#include "elic/ledger/ledger.h"
#include "elic/ledger/ledger_audit.h"

using namespace elic;

namespace {

double seconds_of(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

[[noreturn]] void give_up(const std::string& why) {
    std::cerr << why << "\n";
    std::exit(2);
}

void run(sqlite3* database, const std::string& sql) {
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(database));
}

std::string text_of(const char* file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// One of the two inserts of a license.
class Insert {
public:
    Insert(sqlite3* database, const char* sql) : database_(database) {
        if (sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr) != SQLITE_OK) give_up(sqlite3_errmsg(database));
    }
    Insert(const Insert&) = delete;
    Insert& operator=(const Insert&) = delete;
    ~Insert() { sqlite3_finalize(statement_); }

    Insert& put(std::int64_t value) {
        sqlite3_bind_int64(statement_, ++place_, value);
        return *this;
    }
    Insert& put(const std::string& text) {
        sqlite3_bind_text(statement_, ++place_, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
        return *this;
    }
    void step() {
        if (sqlite3_step(statement_) != SQLITE_DONE) give_up(sqlite3_errmsg(database_));
        sqlite3_reset(statement_);
        place_ = 0;
    }

private:
    sqlite3* database_;
    sqlite3_stmt* statement_ = nullptr;
    int place_ = 0;
};

/// Scattered, as the numbers of citizens are.
std::string holder_code(std::int64_t n) {
    auto digits = std::to_string(((static_cast<std::uint64_t>(n) * 0x9E3779B97F4A7C15ULL) >> 20) % 100000000000000ULL);
    return "4301" + std::string(14 - digits.size(), '0') + digits;
}

/// As large as those of the demo: draft and content 0.5 KB each, license 0.9 KB.
struct Invented {
    Invented(std::int64_t n, const std::string& id, const std::string& serial) {
        const auto named = R"("number":"示例危化经字[2026])" + serial +
                           R"(","holders":[{"name":"示例市样本化工贸易有限公司","code_type":"999","code":")" +
                           holder_code(n) +
                           R"("}],"issued_on":"2026-01-05","valid_from":"2026-01-05","valid_until":"2029-01-04")";
        content = R"({"type":"11100000000013338W011",)" + named +
                  R"(,"face":{"企业住所":"示例市样例区样本商务中心606室","企业法定代表人姓名":"周试用",)"
                  R"("经营方式":"批发（不带有储存设施）","许可范围":"丙酮、甲醇、乙酸乙酯、三氯甲烷"}})";
        license =
            R"({"id":")" + id + R"(","type":"11100000000013338W011","name":"示例经营许可证",)" + named +
            R"(,"issuing_authority":{"code":"11430199MB00TX017C","name":"示例省政务服务局（测试）"},)"
            R"("signed_at":"2026-01-05T10:00:00+08:00","revision":1,"status":{"list":1,"index":)" +
            std::to_string(n) +
            R"(},"face":[{"label":"企业住所","key":"QYZS","text":"示例市样例区样本商务中心606室","carried":"value"},)"
            R"({"label":"企业法定代表人姓名","key":"QYFDDBRXM","text":"周试用","carried":"value"},)"
            R"({"label":"经营方式","key":"JYFS","text":"批发（不带有储存设施）","carried":"value"},)"
            R"({"label":"许可范围","key":"XKFW","text":"丙酮、甲醇、乙酸乙酯、三氯甲烷","carried":"value"}]})";
    }
    std::string content, license;
};

/// A ledger of shape 2, written past its triggers and without syncs: it is only there to be migrated.
void fill(const std::filesystem::path& file, std::int64_t licenses) {
    sqlite3* database = nullptr;
    if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) give_up("cannot open " + file.string());
    run(database, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
    const auto tables = text_of(ELIC_SHAPE_2);
    run(database, tables.substr(0, tables.find("CREATE TRIGGER")) + "INSERT INTO office VALUES (1, 0, 1); BEGIN");
    {
        Insert reserved(
            database,
            "INSERT INTO events (number, kind, at, request, draft, content, type, issuer, serial, revision, "
            "counter, list, list_index, id) VALUES (?1, 'reserved', ?2, ?3, ?4, ?4, '11100000000013338W011', "
            "'11430199MB00TX017C', ?5, 1, ?6, 1, ?7, ?8)");
        Insert issued(database,
                      "INSERT INTO events (number, kind, at, reservation, payload, license, id) VALUES (?1, 'issued', "
                      "?2, ?3, ?4, ?5, ?6)");
        const auto type = LicenseTypeCode::parse("11100000000013338W011").value();
        const auto issuer = Uscc::parse("11430199MB00TX017C").value();
        const std::string payload(700, '7');
        for (std::int64_t i = 0; i < licenses; ++i) {
            const auto number = 2 * i + 1, at = 1767225600 + i;
            const auto serial = std::to_string(100000001 + i), request = "case-" + std::to_string(i);
            const auto id = LicenseId::make(type, issuer, serial, 1).value().text();
            const Invented license(i, id, serial);
            reserved.put(number).put(at).put(request).put(license.content).put(serial).put(i + 1).put(i).put(id).step();
            issued.put(number + 1).put(at).put(number).put(payload).put(license.license).put(id).step();
        }
    }
    // The view and the triggers, as a program of that time left them.
    run(database, "COMMIT;" + tables.substr(tables.find("CREATE TRIGGER")));
    sqlite3_close(database);
}

}  // namespace

int main(int argc, char** argv) {
    const long events = argc > 1 ? std::atol(argv[1]) : 1000000;
    const int threads = argc > 2 ? std::atoi(argv[2]) : 2;
    const std::filesystem::path folder = argc > 3 ? argv[3] : std::filesystem::temp_directory_path();
    const auto file = folder / "bench_audit.db";
    const auto tidy = [&] {
        for (const auto* suffix : {"", "-wal", "-shm", "-head", ".shape2", ".migrating", ".migrating-head"})
            std::filesystem::remove(file.string() + suffix);
    };
    tidy();
    const auto filled = seconds_of([&] { fill(file, events / 2); });
    std::cout << events << " events of shape 2 written in " << filled << " s, "
              << std::filesystem::file_size(file) / static_cast<std::uintmax_t>(events) << " bytes each\n";
    const auto migrated = seconds_of([&] {
        if (auto done = Ledger::migrate(file); !done) give_up(done.error().context);
    });
    std::filesystem::remove(file.string() + ".shape2");
    std::cout << "migration (every event appended, with leaf and tiles): "
              << migrated * 1e6 / static_cast<double>(events) << " microseconds an event\n";
    AuditReport report;
    double best = 1e9, processor = 1e9;
    for (int i = 0; i < 3; ++i) {
        const auto before = std::clock();
        best = std::min(best, seconds_of([&] {
                            auto audited = audit_ledger(file, {.threads = threads});
                            if (!audited) give_up(audited.error().context);
                            report = *audited;
                        }));
        processor = std::min(processor, static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
    }
    if (!report.faults.empty()) give_up(report.faults.front().text);
    // What must be hashed: each event's canonical bytes, here all of two lengths.
    const Bytes reserved(1360), issued(1880);
    const auto hashing = seconds_of([&] {
        std::vector<std::thread> hands;
        for (int hand = 0; hand < threads; ++hand) {
            hands.emplace_back([&] {
                for (long i = 0; i < events / threads; ++i) (void)sm3(i % 2 == 0 ? reserved : issued);
            });
        }
        for (auto& hand : hands) hand.join();
    });
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::cout << "audit of " << report.head.size << " events on " << threads << " threads: " << best << " s ("
              << processor << " s of the processor); SM3 of as many "
              << "bytes alone: " << hashing << " s (ratio " << hashing / best
              << ")\nlargest memory: " << usage.ru_maxrss / 1024
              << " MB (of writing and migrating the file; an audit alone takes less)\n";
    tidy();
    return 0;
}
