#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "codec/json.h"
#include "elic/trust/trust_folder.h"
#include "trust/trust_codec.h"

namespace elic {

namespace {

constexpr std::string_view source_format = "elic trust source 0";
constexpr std::size_t max_source_bytes = 256u << 20;
constexpr std::size_t max_certificate_file = 16 << 10;
constexpr std::size_t max_pack_file = 1 << 20;
constexpr std::int64_t year_seconds = 365LL * 86400;

/// The beginning of a time: a bare date means its first second (the end of a time: its last, as everywhere).
Result<Timestamp> parse_start(const std::string& text) {
    if (auto day = Date::parse(text)) return Timestamp::first_second_of(*day);
    return Timestamp::parse(text);
}

/// Reads a source; every error carries its JSON path.
class SourceReader {
public:
    SourceReader(const std::filesystem::path& base, TrustSource& source) : base_(base), source_(source) {}

    Result<Certificate> certificate(const std::string& file, const std::string& place) {
        auto bytes = read_file(base_ / file, max_certificate_file);
        auto certificate = bytes ? Certificate::parse(*bytes) : Result<Certificate>(tl::unexpected(bytes.error()));
        if (!certificate) return fail_in(place, certificate.error());
        if (known_.insert(certificate->fingerprint()).second) source_.certificates.push_back(*certificate);
        return certificate;
    }

    Status certificates(const std::vector<std::string>& files, const std::string& place, std::vector<Digest>& digests) {
        for (const auto& file : files) {
            auto read = certificate(file, place);
            if (!read) return tl::unexpected(read.error());
            digests.push_back(read->fingerprint());
        }
        return {};
    }

    Status add_pack(Bytes file, const std::string& place) {
        auto pack = read_type_pack(file);
        if (!pack) return fail_in(place, pack.error());
        const PackEntry entry{.digest = pack->digest,
                              .type = pack->code,
                              .version = pack->version,
                              .name = pack->name,
                              .words = pack->words};
        for (const auto& known : source_.content.packs) {
            if (known.type == entry.type && known.version == entry.version)
                return fail(Errc::malformed_trust, place + ": this type and version is listed twice");
        }
        source_.content.packs.push_back(entry);
        source_.pack_files.emplace_back(entry, std::move(file));
        return {};
    }

    Status builtin_packs() {
        const auto packs = TypePacks::builtin();
        for (const auto& entry : packs.list()) {
            auto file = packs.file(entry.code, entry.version);
            if (!file) return tl::unexpected(file.error());
            if (auto added = add_pack(std::move(*file), entry.code.text()); !added) return added;
        }
        return {};
    }

    Result<BodyCertificate> body_certificate(const Json& json, const std::string& place) {
        auto object = JsonObject::open(json, place);
        if (!object) return tl::unexpected(object.error());
        auto file = object->text("file");
        auto from = object->text_or("from", "");
        auto until = object->text_or("until", "");
        auto kinds = object->texts("kinds");
        for (const auto* text : {&file, &from, &until}) {
            if (!*text) return tl::unexpected(text->error());
        }
        if (!kinds) return tl::unexpected(kinds.error());
        if (auto done = object->finish(); !done) return tl::unexpected(done.error());
        auto read = certificate(*file, place + ".file");
        if (!read) return tl::unexpected(read.error());
        BodyCertificate listed{.fingerprint = read->fingerprint(), .from = read->not_before(), .until = {}, .kinds = 0};
        if (!from->empty()) {
            auto instant = parse_start(*from);
            if (!instant) return fail_in(place + ".from", instant.error());
            listed.from = *instant;
        }
        if (!until->empty()) {
            auto instant = Timestamp::parse(*until);
            if (!instant) return fail_in(place + ".until", instant.error());
            listed.until = *instant;
        }
        if (kinds->empty()) kinds->emplace_back("payload");
        for (const auto& name : *kinds) {
            int kind = 0;
            while (kind < signature_kinds && name_of(static_cast<SignatureKind>(kind)) != name) ++kind;
            if (kind == signature_kinds || kind == static_cast<int>(SignatureKind::trust_list)) {
                return fail(Errc::malformed_trust,
                            place + ".kinds: '" + escape_for_output(name) + "' is not a kind that a body may sign");
            }
            listed.kinds |= 1U << kind;
        }
        return listed;
    }

    Status grants(const Json& json, const std::string& place, std::vector<TypeGrant>& grants) {
        auto object = JsonObject::open(json, place);
        if (!object) return tl::unexpected(object.error());
        auto types = object->texts("types");
        auto areas = object->texts("areas");
        auto from = object->text("from");
        auto until = object->text_or("until", "");
        if (!types) return tl::unexpected(types.error());
        if (!areas) return tl::unexpected(areas.error());
        if (!from) return tl::unexpected(from.error());
        if (!until) return tl::unexpected(until.error());
        if (auto done = object->finish(); !done) return done;
        auto first = Date::parse(*from);
        if (!first) return fail_in(place + ".from", first.error());
        std::optional<Date> last;
        if (!until->empty()) {
            auto date = Date::parse(*until);
            if (!date) return fail_in(place + ".until", date.error());
            last = *date;
        }
        std::vector<AreaCode> where;
        for (const auto& text : *areas) {
            auto area = AreaCode::parse(text);
            if (!area) return fail_in(place + ".areas", area.error());
            where.push_back(*area);
        }
        if (where.empty())
            return fail(Errc::malformed_trust, place + ".areas: at least one division code (000000 = the country)");
        for (const auto& text : *types) {
            if (text == "all") {
                std::set<LicenseTypeCode> all;
                for (const auto& pack : source_.content.packs) all.insert(pack.type);
                for (const auto& type : all) {
                    grants.push_back({.type = type, .areas = where, .from = *first, .until = last});
                }
                continue;
            }
            auto type = LicenseTypeCode::parse(text);
            if (!type) return fail_in(place + ".types", type.error());
            grants.push_back({.type = *type, .areas = where, .from = *first, .until = last});
        }
        return {};
    }

    Result<IssuingBody> body(const Json& json, const std::string& place) {
        auto object = JsonObject::open(json, place);
        if (!object) return tl::unexpected(object.error());
        auto code = object->text("code");
        auto name = object->text("name");
        auto hosts = object->texts("hosts");
        const Json* certificates = object->member("certificates");
        const Json* types = object->member("types");
        if (!code) return tl::unexpected(code.error());
        if (!name) return tl::unexpected(name.error());
        if (!hosts) return tl::unexpected(hosts.error());
        if (auto done = object->finish(); !done) return tl::unexpected(done.error());
        auto uscc = Uscc::parse(*code);
        if (!uscc) return fail_in(place + ".code", uscc.error());
        if (auto clean = check_text(*name); !clean) return fail_in(place + ".name", clean.error());
        IssuingBody listed{.code = *uscc, .name = *name, .hosts = std::move(*hosts), .certificates = {}, .grants = {}};
        for (const auto* list : {certificates, types}) {
            if (list != nullptr && !list->is_array())
                return fail(Errc::malformed_trust, place + ": certificates and types are lists");
        }
        for (std::size_t i = 0; certificates != nullptr && i < certificates->size(); ++i) {
            auto read = body_certificate((*certificates)[i], place + ".certificates[" + std::to_string(i) + "]");
            if (!read) return tl::unexpected(read.error());
            listed.certificates.push_back(*read);
        }
        for (std::size_t i = 0; types != nullptr && i < types->size(); ++i) {
            auto read = grants((*types)[i], place + ".types[" + std::to_string(i) + "]", listed.grants);
            if (!read) return tl::unexpected(read.error());
        }
        return listed;
    }

private:
    const std::filesystem::path& base_;
    TrustSource& source_;
    std::set<Digest> known_;  ///< fingerprints of source_.certificates
};

/// What the top level of a source names.
struct JsonParts {
    std::vector<std::string> roots, intermediates;
    const Json* packs;
    const Json* bodies;
};

/// `parse` is parse_start or Timestamp::parse.
template <class Parse>
Result<Timestamp> instant_or(JsonObject& object, std::string_view key, Timestamp fallback, Parse parse) {
    auto text = object.text_or(key, "");
    if (!text) return tl::unexpected(text.error());
    if (text->empty()) return fallback;
    Result<Timestamp> instant = parse(*text);
    if (!instant) return fail_in(std::string(key), instant.error());
    return instant;
}

Status read_packs(const Json* json, SourceReader& reader, const std::filesystem::path& base) {
    if (json == nullptr) return reader.builtin_packs();
    if (!json->is_array()) {
        return fail(Errc::malformed_trust, "packs: a list of files is expected; \"builtin\": the ones built in");
    }
    for (std::size_t i = 0; i < json->size(); ++i) {
        const auto place = "packs[" + std::to_string(i) + "]";
        if (!(*json)[i].is_string()) return fail(Errc::malformed_trust, place + ": a file is expected");
        const auto name = (*json)[i].get<std::string>();
        if (name == "builtin") {
            if (auto added = reader.builtin_packs(); !added) return added;
            continue;
        }
        auto file = read_file(base / name, max_pack_file);
        if (!file) return fail_in(place, file.error());
        if (auto added = reader.add_pack(std::move(*file), place); !added) return added;
    }
    return {};
}

/// Roots, intermediates, packs and bodies, in this order: later ones name earlier ones.
Status read_parts(const JsonParts& parts, const std::filesystem::path& base, TrustSource& source) {
    SourceReader reader(base, source);
    auto& content = source.content;
    if (auto read = reader.certificates(parts.roots, "roots", content.roots); !read) return read;
    if (auto read = reader.certificates(parts.intermediates, "intermediates", content.intermediates); !read)
        return read;
    if (content.roots.empty()) return fail(Errc::malformed_trust, "roots: name at least one root certificate file");
    if (auto read = read_packs(parts.packs, reader, base); !read) return read;
    if (parts.bodies == nullptr || !parts.bodies->is_array()) {
        return fail(Errc::malformed_trust, "bodies: a list is expected");
    }
    for (std::size_t i = 0; i < parts.bodies->size(); ++i) {
        auto body = reader.body((*parts.bodies)[i], "bodies[" + std::to_string(i) + "]");
        if (!body) return tl::unexpected(body.error());
        content.bodies.push_back(std::move(*body));
    }
    return {};
}

Result<TrustSource> read_source(const Json& json, const std::filesystem::path& base, Timestamp now) {
    auto object = JsonObject::open(json, "source");
    if (!object) return tl::unexpected(object.error());
    auto said = object->text("format");
    if (!said) return tl::unexpected(said.error());
    if (*said != source_format) {
        return fail(Errc::malformed_trust, "format: \"" + std::string(source_format) + "\" is expected");
    }
    auto number = object->integer_or("number", 1);
    auto next_year = Timestamp::from_unix(now.unix_seconds() + year_seconds);
    auto not_before = instant_or(*object, "not_before", now, parse_start);
    auto next_update = instant_or(*object, "next_update", next_year ? *next_year : now, Timestamp::parse);
    auto roots = object->texts("roots");
    auto intermediates = object->texts("intermediates");
    JsonParts parts{
        .roots = {}, .intermediates = {}, .packs = object->member("packs"), .bodies = object->member("bodies")};
    if (!number) return tl::unexpected(number.error());
    if (!not_before) return tl::unexpected(not_before.error());
    if (!next_update) return tl::unexpected(next_update.error());
    if (!roots) return tl::unexpected(roots.error());
    if (!intermediates) return tl::unexpected(intermediates.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    if (*number < 1) return fail(Errc::malformed_trust, "number: 1 or more is expected");
    parts.roots = std::move(*roots);
    parts.intermediates = std::move(*intermediates);
    TrustSource source{.content = {.number = static_cast<std::uint64_t>(*number),
                                   .issued_at = now,
                                   .not_before = *not_before,
                                   .next_update = *next_update,
                                   .previous = {},
                                   .roots = {},
                                   .intermediates = {},
                                   .packs = {},
                                   .bodies = {}},
                       .certificates = {},
                       .pack_files = {}};
    if (auto read = read_parts(parts, base, source); !read) return tl::unexpected(read.error());
    // What the encoding refuses (a body twice, a certificate of two bodies, ...) is said now, not after the passphrase.
    if (auto written = write_trust_content(source.content); !written) return tl::unexpected(written.error());
    return source;
}

}  // namespace

Result<TrustSource> read_trust_source(BytesView text, const std::filesystem::path& base, Timestamp now) {
    auto json = read_json(as_text(text), max_source_bytes);
    auto source = json ? read_source(*json, base, now) : Result<TrustSource>(tl::unexpected(json.error()));
    if (source) return source;
    const auto code = source.error().code;
    const bool other = code == Errc::not_found || code == Errc::io || code == Errc::limit_exceeded;
    if (other) return source;
    return fail(Errc::malformed_trust, source.error().context);
}

}  // namespace elic
