#include "pilot_ca_record.h"

#include <algorithm>
#include <array>

#include "base/file.h"
#include "base/hex.h"
#include "codec/json.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_record = 16 << 20;

struct NamedReason {
    const char* word;
    RevocationReason reason;
};

constexpr std::array<NamedReason, 8> reasons = {{
    {"unspecified", RevocationReason::unspecified},
    {"key-compromise", RevocationReason::key_compromise},
    {"ca-compromise", RevocationReason::ca_compromise},
    {"affiliation-changed", RevocationReason::affiliation_changed},
    {"superseded", RevocationReason::superseded},
    {"cessation-of-operation", RevocationReason::cessation_of_operation},
    {"certificate-hold", RevocationReason::certificate_hold},
    {"privilege-withdrawn", RevocationReason::privilege_withdrawn},
}};

std::string word_of(RevocationReason reason) { return std::ranges::find(reasons, reason, &NamedReason::reason)->word; }

bool says_compromised(RevocationReason reason) {
    return reason == RevocationReason::key_compromise || reason == RevocationReason::ca_compromise;
}

Result<RevokedCertificate> read_entry(const Json& json) {
    auto object = JsonObject::open(json, "revoked");
    if (!object) return tl::unexpected(object.error());
    auto serial_text = object->text("serial");
    auto at_text = object->text("at");
    auto reason_text = object->text("reason");
    auto since_text = object->text_or("invalid_since", "");
    for (const auto* text : {&serial_text, &at_text, &reason_text, &since_text}) {
        if (!*text) return tl::unexpected(text->error());
    }
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    auto serial = from_hex(*serial_text);
    auto at = Timestamp::parse(*at_text);
    auto reason = parse_reason(*reason_text);
    if (!serial) return tl::unexpected(serial.error());
    if (!at) return tl::unexpected(at.error());
    if (!reason) return tl::unexpected(reason.error());
    RevokedCertificate revoked{.serial = std::move(*serial), .at = *at, .reason = *reason};
    if (since_text->empty()) return revoked;
    auto since = Timestamp::parse(*since_text);
    if (!since) return tl::unexpected(since.error());
    revoked.invalid_since = *since;
    return revoked;
}

}  // namespace

const std::vector<std::string>& reason_words() {
    static const auto words = [] {
        std::vector<std::string> all;
        for (const auto& named : reasons) all.emplace_back(named.word);
        return all;
    }();
    return words;
}

Result<RevocationReason> parse_reason(const std::string& word) {
    for (const auto& named : reasons) {
        if (word == named.word) return named.reason;
    }
    return fail(Errc::bad_argument, word + " is no reason of a revocation");
}

Result<PilotCaRecord> load_record(const std::filesystem::path& folder) {
    const auto file = folder / "revoked.json";
    if (!file_exists(file)) return PilotCaRecord{};
    auto bytes = read_file(file, max_record);
    if (!bytes) return tl::unexpected(bytes.error());
    auto json = read_json(as_text(*bytes));
    if (!json) return fail(json.error().code, file.string() + ": " + json.error().context);
    auto object = JsonObject::open(*json, file.string());
    if (!object) return tl::unexpected(object.error());
    auto last = object->integer("last_list");
    auto list = object->required("revoked");
    if (!last) return tl::unexpected(last.error());
    if (!list) return tl::unexpected(list.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    PilotCaRecord record{.last_list = *last};
    for (const auto& item : **list) {
        auto entry = read_entry(item);
        if (!entry) return fail(entry.error().code, file.string() + ": " + entry.error().context);
        record.revoked.push_back(std::move(*entry));
    }
    return record;
}

Status save_record(const std::filesystem::path& folder, const PilotCaRecord& record) {
    Json json{{"last_list", record.last_list}, {"revoked", Json::array()}};
    for (const auto& revoked : record.revoked) {
        Json entry{
            {"serial", to_hex(revoked.serial)}, {"at", revoked.at.format()}, {"reason", word_of(revoked.reason)}};
        if (revoked.invalid_since) entry["invalid_since"] = revoked.invalid_since->format();
        json["revoked"].push_back(std::move(entry));
    }
    return write_file_durably(folder / "revoked.json", as_bytes(write_json(json, true) + "\n"));
}

Status revoke(PilotCaRecord& record, const RevokedCertificate& revoked) {
    const auto known = std::ranges::find(record.revoked, revoked.serial, &RevokedCertificate::serial);
    if (known == record.revoked.end()) {
        record.revoked.push_back(revoked);
        return {};
    }
    const bool learnt = says_compromised(revoked.reason) && !says_compromised(known->reason);
    if (!learnt) return fail(Errc::already_exists, "the certificate was revoked already, at " + known->at.format());
    known->reason = revoked.reason;
    known->at = std::min(known->at, revoked.at);
    known->invalid_since = revoked.invalid_since;
    return {};
}

}  // namespace elic::cli
