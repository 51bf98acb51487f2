#include <algorithm>

#include "elic/trust/trust_source.h"
#include "trust/source_reader.h"

namespace elic {

namespace {

constexpr std::string_view source_format = "elic delegation source 1";

/// The body's certificates, in its order.
std::vector<Certificate> certificates_of(const IssuingBody& body, const std::vector<Certificate>& files) {
    std::vector<Certificate> carried;
    for (const auto& listed : body.certificates) {
        const auto file = std::find_if(files.begin(), files.end(), [&](const Certificate& certificate) {
            return certificate.fingerprint() == listed.fingerprint;
        });
        if (file != files.end()) carried.push_back(*file);
    }
    return carried;
}

Result<Delegation> read_source(const Json& json, const std::filesystem::path& base, Timestamp now) {
    auto object = JsonObject::open(json, "source");
    if (!object) return tl::unexpected(object.error());
    auto said = object->text("format");
    if (!said) return tl::unexpected(said.error());
    if (*said != source_format) {
        return fail(Errc::malformed_trust, "format: \"" + std::string(source_format) + "\" is expected");
    }
    auto parent_text = object->text("parent");
    auto number = object->integer_or("number", 1);
    if (!parent_text) return tl::unexpected(parent_text.error());
    if (!number) return tl::unexpected(number.error());
    auto not_before = source_time_or(*object, "not_before", now, SourceTime::beginning);
    auto next_update = source_time_or(*object, "next_update", default_next_update(now), SourceTime::end);
    if (!not_before) return tl::unexpected(not_before.error());
    if (!next_update) return tl::unexpected(next_update.error());
    const Json* packs = object->member("packs");
    auto body_json = object->required("body");
    if (!body_json) return tl::unexpected(body_json.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    auto parent = Uscc::parse(*parent_text);
    if (!parent) return fail_in("parent", parent.error());
    if (*number < 1) return fail(Errc::malformed_trust, "number: 1 or more is expected");
    SourceReader reader(base);
    if (auto read = reader.packs(packs); !read) return tl::unexpected(read.error());
    auto body = reader.body(**body_json, "body");
    if (!body) return tl::unexpected(body.error());
    auto certificates = certificates_of(*body, reader.certificate_files);
    return Delegation{.parent = *parent,
                      .number = static_cast<std::uint64_t>(*number),
                      .issued_at = now,
                      .not_before = *not_before,
                      .next_update = *next_update,
                      .previous = {},
                      .body = std::move(*body),
                      .certificates = std::move(certificates)};
}

}  // namespace

Result<Delegation> read_delegation_source(BytesView text, const std::filesystem::path& base, Timestamp now) {
    auto json = read_json(as_text(text), max_source_bytes);
    auto delegation = json ? read_source(*json, base, now) : Result<Delegation>(tl::unexpected(json.error()));
    if (!delegation) return source_error(delegation.error());
    // What the encoding refuses is said now, not after the passphrase.
    if (auto written = write_delegation(*delegation); !written) return tl::unexpected(written.error());
    return delegation;
}

}  // namespace elic
