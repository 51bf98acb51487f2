#include "trust/source_reader.h"

#include "base/file.h"
#include "elic/packs/type_packs.h"

// The files that a source names, and the small parts of its top level.

namespace elic {

namespace {

constexpr std::size_t max_certificate_file = 16 << 10;
constexpr std::size_t max_pack_file = 1 << 20;
constexpr std::size_t max_object_file = max_genuine_bytes + (1 << 20);  // the largest object with its envelope
constexpr std::int64_t year_seconds = 365LL * 86400;

Result<PackFile> read_pack(Bytes file, const std::string& place) {
    auto pack = read_type_pack(file);
    if (!pack) return fail_in(place, pack.error());
    return PackFile(PackEntry{.digest = pack->digest,
                              .type = pack->code,
                              .version = pack->version,
                              .name = pack->name,
                              .words = pack->words},
                    std::move(file));
}

Result<std::vector<PackFile>> read_builtin_packs() {
    const auto packs = TypePacks::builtin();
    std::vector<PackFile> all;
    for (const auto& entry : packs.list()) {
        auto file = packs.file(entry.code, entry.version);
        if (!file) return tl::unexpected(file.error());
        auto pack = read_pack(std::move(*file), entry.code.text());
        if (!pack) return tl::unexpected(pack.error());
        all.push_back(std::move(*pack));
    }
    return all;
}

}  // namespace

Result<Certificate> SourceReader::certificate(const std::string& file, const std::string& place) {
    auto bytes = read_file(base_ / file, max_certificate_file);
    auto certificate = bytes ? Certificate::parse(*bytes) : Result<Certificate>(tl::unexpected(bytes.error()));
    if (!certificate) return fail_in(place, certificate.error());
    if (known_.insert(certificate->fingerprint()).second) certificate_files.push_back(*certificate);
    return certificate;
}

Status SourceReader::certificates(const std::vector<std::string>& files, const std::string& place,
                                  std::vector<Digest>& digests) {
    for (const auto& file : files) {
        auto read = certificate(file, place);
        if (!read) return tl::unexpected(read.error());
        digests.push_back(read->fingerprint());
    }
    return {};
}

Status SourceReader::add_pack(PackFile file, const std::string& place) {
    for (const auto& [known, bytes] : pack_files) {
        if (known.type == file.first.type && known.version == file.first.version)
            return fail(Errc::malformed_trust, place + ": this type and version is listed twice");
    }
    pack_files.push_back(std::move(file));
    return {};
}

Status SourceReader::builtin_packs() {
    static const auto all = read_builtin_packs();  // they do not change, and reading them takes a while
    if (!all) return tl::unexpected(all.error());
    for (const auto& file : *all) {
        if (auto added = add_pack(file, file.first.type.text()); !added) return added;
    }
    return {};
}

Status SourceReader::packs(const Json* json) {
    if (json == nullptr) return builtin_packs();
    if (!json->is_array()) {
        return fail(Errc::malformed_trust, "packs: a list of files is expected; \"builtin\": the ones built in");
    }
    for (std::size_t i = 0; i < json->size(); ++i) {
        const auto place = "packs[" + std::to_string(i) + "]";
        if (!(*json)[i].is_string()) return fail(Errc::malformed_trust, place + ": a file is expected");
        const auto name = (*json)[i].get<std::string>();
        if (name == "builtin") {
            if (auto added = builtin_packs(); !added) return added;
            continue;
        }
        auto file = read_file(base_ / name, max_pack_file);
        if (!file) return fail_in(place, file.error());
        auto pack = read_pack(std::move(*file), place);
        if (!pack) return tl::unexpected(pack.error());
        if (auto added = add_pack(std::move(*pack), place); !added) return added;
    }
    return {};
}

Status SourceReader::objects(const std::vector<std::string>& files) {
    for (std::size_t i = 0; i < files.size(); ++i) {
        auto file = read_file(base_ / files[i], max_object_file);
        if (!file) return fail_in("objects[" + std::to_string(i) + "]", file.error());
        object_files.emplace_back(files[i], std::move(*file));
    }
    return {};
}

Result<Timestamp> parse_source_time(const std::string& text, SourceTime meaning) {
    if (meaning == SourceTime::beginning) {
        if (auto day = Date::parse(text)) return Timestamp::first_second_of(*day);
    }
    return Timestamp::parse(text);
}

Result<Timestamp> source_time_or(JsonObject& object, std::string_view key, Timestamp fallback, SourceTime meaning) {
    auto text = object.text_or(key, "");
    if (!text) return tl::unexpected(text.error());
    if (text->empty()) return fallback;
    auto instant = parse_source_time(*text, meaning);
    if (!instant) return fail_in(std::string(key), instant.error());
    return instant;
}

Timestamp default_next_update(Timestamp now) {
    const auto next_year = Timestamp::from_unix(now.unix_seconds() + year_seconds);
    return next_year ? *next_year : now;
}

tl::unexpected<Error> source_error(Error error) {
    const bool of_a_file =
        error.code == Errc::not_found || error.code == Errc::io || error.code == Errc::limit_exceeded;
    if (!of_a_file) error.code = Errc::malformed_trust;
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace elic
