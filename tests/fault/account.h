#pragma once

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>

#include "ledger/fixture.h"

namespace elic::fault {

/// What callers were told, held against a ledger that was opened again.
struct Account {
    std::map<std::string, Reservation> reserved;  ///< request -> what `reserve` answered
    std::map<std::string, std::string> issued;    ///< request -> payload that `commit` answered
};

/// Nothing that was answered is lost, nothing is there twice, no gap is unexplained.
inline void check_ledger(const std::filesystem::path& file, const Account& told) {
    auto ledger = Ledger::open(file);
    REQUIRE(ledger);
    auto listed = ledger->list(0, 100000);
    auto unfinished = ledger->unfinished();
    REQUIRE(listed);
    REQUIRE(unfinished);
    std::set<std::string> ids, requests;
    std::set<std::uint64_t> indexes;
    const auto see = [&](const Reservation& reservation) {
        REQUIRE(ids.insert(reservation.id.text()).second);
        REQUIRE(indexes.insert(reservation.status.index).second);
    };
    for (const auto& entry : *listed) {
        REQUIRE(requests.insert(entry.request).second);
        see(entry.reservation);
    }
    for (const auto& reservation : *unfinished) see(reservation);
    // every status entry, 0 to the last, belongs to a license or to an unfinished reservation
    if (!indexes.empty()) REQUIRE(*indexes.rbegin() + 1 == indexes.size());
    REQUIRE(ask_sql(file, "SELECT count(*) = ifnull(max(number), 0) FROM events") == "1");
    for (const auto& [request, reservation] : told.reserved) {
        auto found = ledger->find_request(request);
        REQUIRE(found);
        REQUIRE(found->has_value());
        REQUIRE((*found)->id == reservation.id);
        REQUIRE((*found)->status == reservation.status);
        REQUIRE((*found)->signed_at == reservation.signed_at);
    }
    for (const auto& [request, payload] : told.issued) {
        auto entry = ledger->find(told.reserved.at(request).id);
        REQUIRE(entry);
        REQUIRE(entry->request == request);
        REQUIRE(entry->payload == payload);
    }
}

/// Runs all requests again without trouble: exactly one license a request, and what was told before is told again.
inline void finish(const std::filesystem::path& file, const std::set<std::string>& requests, const Account& told) {
    {
        auto ledger = Ledger::open(file);
        REQUIRE(ledger);
        for (const auto& request : requests) {
            auto reserved = ledger->reserve(ask(request, R"({"number":"1"})", 999));
            REQUIRE(reserved);
            auto entry = ledger->commit(reserved->reservation, "rerun of " + request, "{}");
            REQUIRE(entry);
            REQUIRE(entry->request == request);
            if (auto before = told.issued.find(request); before != told.issued.end())
                REQUIRE(entry->payload == before->second);
        }
        REQUIRE(*ledger->issued_count() == static_cast<std::int64_t>(requests.size()));
        REQUIRE(ledger->unfinished()->empty());
    }
    check_ledger(file, told);
    REQUIRE(ask_sql(file, "PRAGMA integrity_check") == "ok");
}

}  // namespace elic::fault
