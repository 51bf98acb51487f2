#pragma once

#include <catch2/catch.hpp>

#include "ledger/fixture.h"
#include "unit/base/temporary_folder.h"

namespace elic {

/// A ledger of office 1 with helpers that a test of moves needs. Licenses are signed at a_time().
struct MoveDesk {
    TemporaryFolder folder;
    std::filesystem::path file = folder / "ledger.db";
    Ledger ledger = open_new(file);

    static Ledger open_new(const std::filesystem::path& file) {
        REQUIRE(Ledger::create(file, 1));
        return std::move(Ledger::open(file).value());
    }
    LedgerEntry commit(const Result<Reserved>& reserved) {
        if (!reserved) FAIL(reserved.error().context);
        auto entry =
            ledger.commit(reserved->reservation, "payload of " + reserved->reservation.id.text(), R"({"number":"1"})");
        if (!entry) FAIL(entry.error().context);
        return *entry;
    }
    LicenseId issue(const std::string& request) { return commit(ledger.reserve(ask(request))).reservation.id; }

    Result<MoveRecord> move(const LicenseId& id, LifeCycleMove move, int seconds = 60,
                            std::optional<int> effective = {}) {
        MoveRequest request{.id = id, .move = move, .reason = "because", .at = a_time(seconds)};
        if (effective) request.effective = a_time(*effective);
        return ledger.move(request);
    }
    void moved(const LicenseId& id, LifeCycleMove kind, int seconds = 60, std::optional<int> effective = {}) {
        auto record = move(id, kind, seconds, effective);
        if (!record) FAIL(record.error().context);
    }
    LicenseState state(const LicenseId& id, int seconds) { return state_at(*ledger.moves_of(id), a_time(seconds)); }
    std::string events() const { return ask_sql(file, "SELECT count(*) FROM events"); }
};

/// A renewal (or so) of a license, with its serial unless told otherwise.
inline ReserveRequest follow(const LicenseId& previous, const std::string& request,
                             SuccessionKind kind = SuccessionKind::renew, int seconds = 100) {
    auto asked = ask(request, R"({"number":"1"})", seconds);
    asked.serial = previous.serial();
    asked.previous = previous;
    asked.succession = Succession{.kind = kind, .previous = previous, .reason = "because"};
    return asked;
}

}  // namespace elic
