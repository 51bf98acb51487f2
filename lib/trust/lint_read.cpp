#include "base/file.h"
#include "elic/crypto/sm3.h"
#include "elic/packs/type_packs.h"
#include "trust/lint_reader.h"

// The top level of a source, and the files that it names.

namespace elic {

namespace {

constexpr std::size_t max_certificate_file = 16 << 10;
constexpr std::size_t max_pack_file = 1 << 20;
constexpr std::size_t max_object_file = max_genuine_bytes + (1 << 20);
constexpr int plausible_years = 120;
constexpr std::int64_t year_seconds = 31556952;

bool works_elsewhere(const std::string& file) {
    const bool drive = file.size() > 1 && file[1] == ':';
    return !file.starts_with('/') && file.find('\\') == std::string::npos && !drive;
}

std::string time_hint(const std::string& text) { return in_quotes(text) + " is no time or day"; }

}  // namespace

LintSource LintReader::source(const Json& json) {
    constexpr std::string_view list_format = "elic trust source 1", delegation_format = "elic delegation source 1";
    const auto found = json.is_object() ? json.find("format") : json.end();
    const auto said = found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    // Without a format it can still be seen which of the two it is meant to be.
    source_.delegation = said == delegation_format ||
                         (said != list_format && json.is_object() && json.contains("body") && !json.contains("bodies"));
    if (json.is_object() && found != json.end() && found->is_string() && said != list_format &&
        said != delegation_format) {
        faults_.add(LintCode::source_format, "format", in_quotes(said) + " is not a format that is built from");
    }
    source_.delegation ? delegation(json) : list(json);
    return std::move(source_);
}

void LintReader::list(const Json& json) {
    const LintObjectReader object(
        json, "",
        {"format", "number", "not_before", "next_update", "roots", "intermediates", "packs", "bodies", "objects"},
        faults_);
    if (!object.is_object()) return;
    object.text("format");
    times(object);
    certificates(object, "roots", source_.roots);
    const auto* roots = object.member("roots");
    if (roots == nullptr || (roots->is_array() && roots->empty())) faults_.add(LintCode::root_missing, "roots");
    certificates(object, "intermediates", source_.intermediates);
    packs(object);
    object.required("bodies");
    const auto bodies = object.items("bodies");
    for (const auto& [item, place] : bodies) body(*item, place);
    const auto* given = object.member("bodies");
    if (given != nullptr && given->is_array() && bodies.empty()) faults_.add(LintCode::source_no_bodies, "bodies");
    objects(object);
}

void LintReader::delegation(const Json& json) {
    const LintObjectReader object(
        json, "", {"format", "parent", "number", "not_before", "next_update", "packs", "body"}, faults_);
    if (!object.is_object()) return;
    object.text("format");
    if (const auto parent = object.text("parent")) source_.parent = code(*parent, "parent");
    times(object);
    packs(object);
    if (const auto* given = object.required("body")) body(*given, "body");
}

void LintReader::times(const LintObjectReader& object) {
    if (const auto number = object.integer("number")) {
        if (*number >= 1) source_.number = static_cast<std::uint64_t>(*number);
        if (*number < 1) faults_.add(LintCode::number_range, "number", std::to_string(*number) + " is less than 1");
    }
    bool fine = true;
    source_.not_before = instant(object, "not_before", SourceTime::beginning, fine);
    if (fine && !source_.not_before) source_.not_before = now_;
    fine = true;
    source_.next_update = instant(object, "next_update", SourceTime::end, fine);
    if (fine && !source_.next_update) source_.next_update = default_next_update(now_);
}

std::optional<Timestamp> LintReader::instant(const LintObjectReader& object, std::string_view key, SourceTime meaning,
                                             bool& fine) {
    const auto text = object.optional_text(key);
    fine = fine && (text || object.member(key) == nullptr);
    if (!text || text->empty()) return {};
    const auto place = object.place_of(key);
    auto read = parse_source_time(*text, meaning);
    if (!read) {
        fine = false;
        faults_.add(LintCode::time_malformed, place, time_hint(*text) + ": " + read.error().context);
        return {};
    }
    const auto years = (read->unix_seconds() - now_.unix_seconds()) / year_seconds;
    if (years > plausible_years / 2 || years < -plausible_years / 4)
        faults_.add(LintCode::time_implausible, place, in_quotes(*text) + " lies oddly far from today");
    return *read;
}

std::optional<Date> LintReader::day(const LintObjectReader& object, std::string_view key, bool needed, bool& fine) {
    const auto text = needed ? object.text(key) : object.optional_text(key);
    fine = fine && (text || (!needed && object.member(key) == nullptr));
    if (!text || (text->empty() && !needed)) return {};
    const auto place = object.place_of(key);
    auto read = Date::parse(*text);
    if (!read) {
        fine = false;
        faults_.add(LintCode::time_malformed, place, in_quotes(*text) + " is no day: " + read.error().context,
                    "write YYYY-MM-DD");
        return {};
    }
    const int years = read->year() - now_.day().year();
    if (years > plausible_years / 2 || years < -plausible_years / 2)
        faults_.add(LintCode::time_implausible, place, in_quotes(*text) + " lies oddly far from today");
    return *read;
}

std::optional<Bytes> LintReader::file(const Placed& named, std::size_t limit) {
    if (!works_elsewhere(named.text)) {
        faults_.add(LintCode::file_not_portable, named.place, in_quotes(named.text) + " works on this machine only");
    }
    if (named.text.find('\0') != std::string::npos) {
        faults_.add(LintCode::file_missing, named.place, "a file name has a NUL character");
        return {};
    }
    auto bytes = read_file(base_ / named.text, limit);
    if (bytes) return std::move(*bytes);
    const bool large = bytes.error().code == Errc::limit_exceeded;
    faults_.add(large && limit == max_certificate_file ? LintCode::certificate_unreadable : LintCode::file_missing,
                named.place, bytes.error().context);
    return {};
}

std::optional<LintCertificate> LintReader::certificate(const Placed& named) {
    // Said once of a file, where it is named first; but the place that names it again keeps its own.
    if (const auto known = files_.find(named.text); known != files_.end()) {
        auto again = known->second;
        if (again) again->place = named.place;
        if (!again) faults_.add(LintCode::certificate_unreadable, named.place, in_quotes(named.text) + ": see above");
        return again;
    }
    auto& kept = files_[named.text];
    const auto bytes = file(named, max_certificate_file);
    if (!bytes) return {};
    if (as_text(*bytes).find("PRIVATE KEY-----") != std::string_view::npos)
        faults_.add(LintCode::file_private_key, named.place, in_quotes(named.text) + " holds a private key");
    auto facts = read_certificate_facts(*bytes);
    if (facts && !facts->sm2_key)
        faults_.add(LintCode::certificate_not_sm2, named.place,
                    facts->subject + ": its key is " + facts->key_algorithm + ", not SM2");
    if (facts && !facts->sm2_signature)
        faults_.add(LintCode::certificate_weak, named.place,
                    facts->subject + ": signed with " + facts->signature_algorithm + ", not SM2 and SM3");
    auto read = Certificate::parse(*bytes);
    if (read && facts) {
        kept = LintCertificate{.place = named.place, .file = named.text, .certificate = *read, .facts = *facts};
    } else if (!facts || (facts->sm2_key && facts->sm2_signature)) {
        faults_.add(LintCode::certificate_unreadable, named.place,
                    in_quotes(named.text) + ": " + (read ? facts.error().context : read.error().context));
    }
    return kept;
}

void LintReader::certificates(const LintObjectReader& object, std::string_view key,
                              std::vector<LintCertificate>& certificates) {
    for (const auto& named : object.texts(key)) {
        if (auto read = certificate(named)) certificates.push_back(std::move(*read));
    }
}

void LintReader::pack(const Bytes& bytes, const std::string& place, const std::string& named) {
    auto read = read_type_pack(bytes);
    if (!read) {
        source_.all_packs_read = false;
        faults_.add(LintCode::pack_unreadable, place, in_quotes(named) + ": " + read.error().context);
        return;
    }
    source_.packs.push_back({.place = place, .type = read->code, .version = read->version, .digest = read->digest});
}

void LintReader::builtin_packs(const std::string& place) {
    const auto packs = TypePacks::builtin();
    for (const auto& entry : packs.list()) {
        const auto bytes = packs.file(entry.code, entry.version);
        if (!bytes) continue;
        // They read: a test of the room packs holds each of them.
        source_.packs.push_back({.place = place, .type = entry.code, .version = entry.version, .digest = sm3(*bytes)});
    }
}

void LintReader::packs(const LintObjectReader& object) {
    const auto* given = object.member("packs");
    if (given == nullptr) return builtin_packs("");
    if (given->is_array() && given->empty()) faults_.add(LintCode::pack_none, "packs");
    if (!given->is_array()) source_.all_packs_read = false;
    for (const auto& named : object.texts("packs")) {
        if (named.text == "builtin") {
            builtin_packs(named.place);
            continue;
        }
        const auto bytes = file(named, max_pack_file);
        if (bytes) pack(*bytes, named.place, named.text);
        if (!bytes) source_.all_packs_read = false;
    }
}

void LintReader::objects(const LintObjectReader& object) {
    for (const auto& named : object.texts("objects")) {
        if (auto bytes = file(named, max_object_file))
            source_.objects.push_back({.place = named.place, .bytes = std::move(*bytes)});
    }
}

}  // namespace elic
