#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <limits>
#include <random>
#include <signal.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "fault/account.h"
#include "unit/base/temporary_folder.h"

using namespace elic;
using namespace elic::fault;

namespace {

constexpr int kills = 50;
constexpr int requests_a_round = 12;

std::string request_of(int number) { return "k" + std::to_string(number); }

/// What the child was told, one short line each: lines up to PIPE_BUF are written whole or not at all.
void tell(int pipe, const std::string& line) {
    if (::write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(3);
}

/// Issues its round of requests, half of them asked for by the round before too, over and over until killed.
[[noreturn]] void child(const std::filesystem::path& file, int round, int pipe) {
    tell(pipe, "s\n");
    for (int pass = 0;; ++pass) {
        auto ledger = Ledger::open(file);
        if (!ledger) ::_exit(4);
        for (int i = 0; i < requests_a_round; ++i) {
            const auto request = request_of(round * requests_a_round / 2 + i);
            auto reserved = ledger->reserve(ask(request));
            if (!reserved) ::_exit(5);
            tell(pipe, "r " + request + " " + reserved->reservation.id.text() + " " +
                           std::to_string(reserved->reservation.status.index) + "\n");
            auto entry = ledger->commit(reserved->reservation,
                                        request + "/" + std::to_string(round) + "/" + std::to_string(pass), "{}");
            if (!entry) ::_exit(6);
            tell(pipe, "c " + request + " " + entry->payload + "\n");
        }
    }
}

/// Adds to `text` until it has so many lines, or the pipe ends.
void read_lines(int pipe, std::size_t lines, std::string& text) {
    char buffer[4096];
    while (static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) < lines) {
        const auto got = ::read(pipe, buffer, sizeof buffer);
        if (got <= 0) return;
        text.append(buffer, static_cast<std::size_t>(got));
    }
}

void note(const std::string& text, Account& told) {
    std::istringstream lines(text);
    std::string kind, request, value;
    while (lines >> kind) {
        if (kind == "s") continue;
        lines >> request >> value;
        if (kind == "r") {
            std::uint64_t index = 0;
            lines >> index;
            const Reservation reservation{.number = 0,
                                          .id = LicenseId::parse(value).value(),
                                          .status = {.list = 1, .index = index},
                                          .signed_at = a_time(),
                                          .content = {}};
            const auto [at, first] = told.reserved.emplace(request, reservation);
            if (!first) REQUIRE(at->second.id == reservation.id);
        } else {
            const auto [at, first] = told.issued.emplace(request, value);
            if (!first) REQUIRE(at->second == value);
        }
    }
}

}  // namespace

TEST_CASE("A process killed at any moment loses nothing that was answered and issues nothing twice") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    REQUIRE(Ledger::create(file, 1));
    std::mt19937 random(20261123);
    Account told;
    std::set<std::string> asked;
    for (int round = 0; round < kills; ++round) {
        INFO("round " << round);
        for (int i = 0; i < requests_a_round; ++i) asked.insert(request_of(round * requests_a_round / 2 + i));
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t process = ::fork();
        REQUIRE(process >= 0);
        if (process == 0) {
            ::close(ends[0]);
            child(file, round, ends[1]);
        }
        ::close(ends[1]);
        // Counted in what it has told, so that a slow machine kills no earlier; then somewhere on the way to the next.
        std::string text;
        read_lines(ends[0], 1 + random() % 12, text);
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 8000));
        ::kill(process, SIGKILL);
        int status = 0;
        ::waitpid(process, &status, 0);
        read_lines(ends[0], std::numeric_limits<std::size_t>::max(), text);
        ::close(ends[0]);
        REQUIRE(WIFSIGNALED(status));  // it did not end by an error of its own
        note(text, told);
        check_ledger(file, told);
    }
    CHECK(told.issued.size() > 50);
    finish(file, asked, told);
}
