#include "elic/trust/trust_source.h"

#include "trust/source_reader.h"
#include "trust/trust_codec.h"

namespace elic {

namespace {

constexpr std::string_view source_format = "elic trust source 1";

/// What the top level of a source names.
struct JsonParts {
    std::vector<std::string> roots, intermediates, objects;
    const Json* packs;
    const Json* bodies;
};

/// Roots, intermediates, packs, bodies and objects, in this order: later ones name earlier ones.
Status read_parts(const JsonParts& parts, const std::filesystem::path& base, TrustSource& source) {
    SourceReader reader(base);
    auto& content = source.content;
    if (auto read = reader.certificates(parts.roots, "roots", content.roots); !read) return read;
    if (auto read = reader.certificates(parts.intermediates, "intermediates", content.intermediates); !read)
        return read;
    if (content.roots.empty()) return fail(Errc::malformed_trust, "roots: name at least one root certificate file");
    if (auto read = reader.packs(parts.packs); !read) return read;
    if (parts.bodies == nullptr || !parts.bodies->is_array()) {
        return fail(Errc::malformed_trust, "bodies: a list is expected");
    }
    for (std::size_t i = 0; i < parts.bodies->size(); ++i) {
        auto body = reader.body((*parts.bodies)[i], "bodies[" + std::to_string(i) + "]");
        if (!body) return tl::unexpected(body.error());
        content.bodies.push_back(std::move(*body));
    }
    if (auto read = reader.objects(parts.objects); !read) return read;
    for (const auto& [entry, bytes] : reader.pack_files) content.packs.push_back(entry);
    source.certificates = std::move(reader.certificate_files);
    source.pack_files = std::move(reader.pack_files);
    source.objects = std::move(reader.object_files);
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
    auto not_before = source_time_or(*object, "not_before", now, SourceTime::beginning);
    auto next_update = source_time_or(*object, "next_update", default_next_update(now), SourceTime::end);
    if (!number) return tl::unexpected(number.error());
    if (!not_before) return tl::unexpected(not_before.error());
    if (!next_update) return tl::unexpected(next_update.error());
    auto roots = object->texts("roots");
    auto intermediates = object->texts("intermediates");
    auto objects = object->texts("objects");
    for (const auto* list : {&roots, &intermediates, &objects}) {
        if (!*list) return tl::unexpected(list->error());
    }
    const JsonParts parts{.roots = std::move(*roots),
                          .intermediates = std::move(*intermediates),
                          .objects = std::move(*objects),
                          .packs = object->member("packs"),
                          .bodies = object->member("bodies")};
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    if (*number < 1) return fail(Errc::malformed_trust, "number: 1 or more is expected");
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
    if (!source) return source_error(source.error());
    return source;
}

}  // namespace elic
