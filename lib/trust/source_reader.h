#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "codec/json.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/trust_source.h"

namespace elic {

inline constexpr std::size_t max_source_bytes = 256u << 20;

/// What the list says of a type pack, and the file.
using PackFile = std::pair<PackEntry, Bytes>;

/// Reads the parts that sources of trust lists and of delegations share (docs/format/trust.md, source), and gathers the
/// files that they name. Every error carries its JSON path.
class SourceReader {
public:
    /// `base`: what file names are relative to; must outlive the reader.
    explicit SourceReader(const std::filesystem::path& base) : base_(base) {}

    /// A certificate file; gathered once however often it is named.
    Result<Certificate> certificate(const std::string& file, const std::string& place);
    Status certificates(const std::vector<std::string>& files, const std::string& place, std::vector<Digest>& digests);
    /// The member "packs": a list of files, or null where it is left out, which means the packs built in.
    Status packs(const Json* json);
    /// The member "objects": files of any kind, taken as they are.
    Status objects(const std::vector<std::string>& files);
    /// One body. "all" among its types means the types of the packs read before.
    Result<IssuingBody> body(const Json& json, const std::string& place);

    // What was gathered, in the order of the source.
    std::vector<Certificate> certificate_files;
    std::vector<PackFile> pack_files;
    std::vector<std::pair<std::string, Bytes>> object_files;

private:
    Status add_pack(PackFile file, const std::string& place);
    Status builtin_packs();
    Result<BodyCertificate> body_certificate(const Json& json, const std::string& place);
    Status grants(const Json& json, const std::string& place, std::vector<TypeGrant>& grants);
    Result<std::vector<LicenseTypeCode>> types(const std::vector<std::string>& texts, const std::string& place) const;
    Status lists(JsonObject& object, IssuingBody& body);

    const std::filesystem::path& base_;
    std::set<Digest> known_;  ///< fingerprints of certificate_files
};

/// An instant, or a date that means its first second (the beginning of a time) or its last (its end).
enum class SourceTime { beginning, end };
Result<Timestamp> parse_source_time(const std::string& text, SourceTime meaning);

/// The member `key`; `fallback` when it is left out or empty.
Result<Timestamp> source_time_or(JsonObject& object, std::string_view key, Timestamp fallback, SourceTime meaning);

/// The end of a list or delegation that names none: a year after `now`.
Timestamp default_next_update(Timestamp now);

/// Errors of reading become malformed_trust but for those of files (not_found, io, limit_exceeded).
tl::unexpected<Error> source_error(Error error);

}  // namespace elic
