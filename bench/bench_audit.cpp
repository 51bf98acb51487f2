// How long an audit takes, against what bounds it: SM3 over as many bytes on as many cores.
//   bench_audit [EVENTS] [THREADS] [FOLDER]
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
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

/// A ledger of shape 2 with licenses as large as those of the demo (draft 0.5, content 0.5, code 0.7, license 0.9 KB).
void fill(const std::filesystem::path& file, long licenses) {
    sqlite3* database = nullptr;
    if (sqlite3_open(file.c_str(), &database) != SQLITE_OK) give_up("cannot open " + file.string());
    sqlite3_exec(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF", nullptr, nullptr, nullptr);
    std::string tables;
    if (FILE* sql = std::fopen(ELIC_SHAPE_2, "rb")) {
        for (int c = 0; (c = std::fgetc(sql)) != EOF;) tables += static_cast<char>(c);
        std::fclose(sql);
    }
    run(database, tables + "INSERT INTO office VALUES (1, 0, 1); BEGIN");
    const std::string type = "11100000000013338W011", issuer = "11430199MB00TX017C";
    for (long i = 0; i < licenses; ++i) {
        const auto id = LicenseId::make(LicenseTypeCode::parse(type).value(), Uscc::parse(issuer).value(),
                                        std::to_string(100000001 + i), 1)
                            .value()
                            .text();
        const auto n = std::to_string(2 * i + 1), at = std::to_string(1767225600 + i);
        run(database,
            "INSERT INTO events (number, kind, at, request, draft, content, type, issuer, serial, revision, "
            "counter, list, list_index, id) VALUES (" +
                n + ", 'reserved', " + at + ", 'case-" + n + "', '" + std::string(500, 'd') + "', '" +
                std::string(500, 'c') + "', '" + type + "', '" + issuer + "', '" + std::to_string(100000001 + i) +
                "', 1, " + std::to_string(i + 1) + ", 1, " + std::to_string(i) + ", '" + id +
                "'); INSERT INTO events (number, kind, at, reservation, "
                "payload, license, id) VALUES (" +
                std::to_string(2 * i + 2) + ", 'issued', " + at + ", " + n + ", '" + std::string(700, '7') + "', '" +
                std::string(900, 'l') + "', '" + id + "')");
    }
    run(database, "COMMIT");
    sqlite3_close(database);
}

}  // namespace

int main(int argc, char** argv) {
    const long events = argc > 1 ? std::atol(argv[1]) : 1000000;
    const int threads = argc > 2 ? std::atoi(argv[2]) : 2;
    const std::filesystem::path folder = argc > 3 ? argv[3] : std::filesystem::temp_directory_path();
    const auto file = folder / "bench_audit.db";
    const auto tidy = [&] {
        for (const auto* suffix : {"", "-wal", "-shm", "-head", ".shape2"})
            std::filesystem::remove(file.string() + suffix);
    };
    tidy();
    fill(file, events / 2);
    const auto migrated = seconds_of([&] {
        if (auto done = Ledger::migrate(file); !done) give_up(done.error().context);
    });
    std::filesystem::remove(file.string() + ".shape2");
    std::cout << "migration (every event appended, with leaf and tiles): "
              << migrated * 1e6 / static_cast<double>(events) << " microseconds an event\n";
    AuditReport report;
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        best = std::min(best, seconds_of([&] {
                            auto audited = audit_ledger(file, {.threads = threads});
                            if (!audited) give_up(audited.error().context);
                            report = *audited;
                        }));
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
    std::cout << "audit of " << report.head.size << " events on " << threads << " cores: " << best
              << " s; SM3 of as many "
              << "bytes alone: " << hashing << " s (ratio " << hashing / best
              << ")\nlargest memory: " << usage.ru_maxrss / 1024 << " MB (mapped pages of the file among it)\n";
    tidy();
    return 0;
}
