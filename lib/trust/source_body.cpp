#include "base/text.h"
#include "trust/source_reader.h"

// One body of a source: certificates, grants, former names, successor.

namespace elic {

namespace {

/// The kinds of signature that a certificate of a body may make; none named: codes.
Result<std::uint32_t> parse_kinds(const std::vector<std::string>& names, const std::string& place) {
    if (names.empty()) return 1U << static_cast<unsigned>(SignatureKind::payload);
    std::uint32_t kinds = 0;
    for (const auto& name : names) {
        int kind = 0;
        while (kind < signature_kinds && name_of(static_cast<SignatureKind>(kind)) != name) ++kind;
        if (kind == signature_kinds || kind == static_cast<int>(SignatureKind::trust_list)) {
            return fail(Errc::malformed_trust,
                        place + ": '" + escape_for_output(name) + "' is not a kind that a body may sign");
        }
        kinds |= 1U << kind;
    }
    return kinds;
}

Result<std::uint8_t> parse_rights(const std::vector<std::string>& names, const std::string& place) {
    if (names.empty()) return right_of(GrantRight::issue);
    std::uint8_t rights = 0;
    for (const auto& name : names) {
        if (name != "issue" && name != "delegate")
            return fail(Errc::malformed_trust,
                        place + ": '" + escape_for_output(name) + "' is no right: issue, delegate");
        rights |= right_of(name == "issue" ? GrantRight::issue : GrantRight::delegate);
    }
    return rights;
}

/// A member that may be left out or empty.
Result<std::optional<Timestamp>> open_time(JsonObject& object, std::string_view key, SourceTime meaning) {
    auto text = object.text_or(key, "");
    if (!text) return tl::unexpected(text.error());
    if (text->empty()) return std::optional<Timestamp>();
    auto instant = parse_source_time(*text, meaning);
    if (!instant) return fail_in(object.place() + "." + std::string(key), instant.error());
    return std::optional<Timestamp>(*instant);
}

Result<Date> read_day(JsonObject& object, std::string_view key) {
    auto text = object.text(key);
    if (!text) return tl::unexpected(text.error());
    auto day = Date::parse(*text);
    if (!day) return fail_in(object.place() + "." + std::string(key), day.error());
    return day;
}

Result<std::vector<AreaCode>> read_areas(JsonObject& object) {
    auto texts = object.texts("areas");
    if (!texts) return tl::unexpected(texts.error());
    const auto place = object.place() + ".areas";
    std::vector<AreaCode> areas;
    for (const auto& text : *texts) {
        auto area = AreaCode::parse(text);
        if (!area) return fail_in(place, area.error());
        areas.push_back(*area);
    }
    if (areas.empty())
        return fail(Errc::malformed_trust, place + ": at least one division code (000000 = the country)");
    return areas;
}

Result<FormerName> read_former_name(const Json& json, const std::string& place) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    auto name = object->text("name");
    if (!name) return tl::unexpected(name.error());
    auto until = read_day(*object, "until");
    if (!until) return tl::unexpected(until.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    if (auto clean = check_text(*name); !clean) return fail_in(place + ".name", clean.error());
    return FormerName{.name = std::move(*name), .until = *until};
}

Result<Successor> read_successor(const Json& json, const std::string& place) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    auto text = object->text("code");
    if (!text) return tl::unexpected(text.error());
    auto from = read_day(*object, "from");
    if (!from) return tl::unexpected(from.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    auto code = Uscc::parse(*text);
    if (!code) return fail_in(place + ".code", code.error());
    return Successor{.code = *code, .from = *from};
}

/// A member that is a list, each item with its place; nothing when it is left out.
template <class Read>
Status each_of(JsonObject& object, std::string_view key, Read read) {
    const Json* list = object.member(key);
    if (list == nullptr) return {};
    const auto place = object.place() + "." + std::string(key);
    if (!list->is_array()) return fail(Errc::malformed_trust, place + ": a list is expected");
    for (std::size_t i = 0; i < list->size(); ++i) {
        Status taken = read((*list)[i], place + "[" + std::to_string(i) + "]");
        if (!taken) return taken;
    }
    return {};
}

}  // namespace

Result<BodyCertificate> SourceReader::body_certificate(const Json& json, const std::string& place) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    auto file = object->text("file");
    if (!file) return tl::unexpected(file.error());
    auto from = open_time(*object, "from", SourceTime::beginning);
    auto until = open_time(*object, "until", SourceTime::end);
    auto compromised = open_time(*object, "compromised_since", SourceTime::beginning);
    for (const auto* instant : {&from, &until, &compromised}) {
        if (!*instant) return tl::unexpected(instant->error());
    }
    auto names = object->texts("kinds");
    if (!names) return tl::unexpected(names.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    auto kinds = parse_kinds(*names, place + ".kinds");
    if (!kinds) return tl::unexpected(kinds.error());
    auto read = certificate(*file, place + ".file");
    if (!read) return tl::unexpected(read.error());
    return BodyCertificate{.fingerprint = read->fingerprint(),
                           .from = from->value_or(read->not_before()),
                           .until = *until,
                           .kinds = *kinds,
                           .compromised_since = *compromised};
}

Result<std::vector<LicenseTypeCode>> SourceReader::types(const std::vector<std::string>& texts,
                                                         const std::string& place) const {
    std::vector<LicenseTypeCode> types;
    for (const auto& text : texts) {
        if (text == "all") {
            std::set<LicenseTypeCode> all;
            for (const auto& [pack, bytes] : pack_files) all.insert(pack.type);
            types.insert(types.end(), all.begin(), all.end());
            continue;
        }
        auto type = LicenseTypeCode::parse(text);
        if (!type) return fail_in(place, type.error());
        types.push_back(*type);
    }
    return types;
}

Status SourceReader::grants(const Json& json, const std::string& place, std::vector<TypeGrant>& grants) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    auto texts = object->texts("types");
    if (!texts) return tl::unexpected(texts.error());
    auto named = types(*texts, place + ".types");
    if (!named) return tl::unexpected(named.error());
    auto areas = read_areas(*object);
    if (!areas) return tl::unexpected(areas.error());
    auto from = read_day(*object, "from");
    if (!from) return tl::unexpected(from.error());
    std::optional<Date> until;
    auto last = object->text_or("until", "");
    if (!last) return tl::unexpected(last.error());
    if (!last->empty()) {
        auto day = Date::parse(*last);
        if (!day) return fail_in(place + ".until", day.error());
        until = *day;
    }
    auto names = object->texts("rights");
    if (!names) return tl::unexpected(names.error());
    auto rights = parse_rights(*names, place + ".rights");
    if (!rights) return tl::unexpected(rights.error());
    if (auto done = object->finish(); !done) return done;
    for (const auto& type : *named) {
        grants.push_back({.type = type, .areas = *areas, .from = *from, .until = until, .rights = *rights});
    }
    return {};
}

Status SourceReader::lists(JsonObject& object, IssuingBody& body) {
    auto read = each_of(object, "certificates", [&](const Json& json, const std::string& place) -> Status {
        auto certificate = body_certificate(json, place);
        if (!certificate) return tl::unexpected(certificate.error());
        body.certificates.push_back(*certificate);
        return {};
    });
    if (!read) return read;
    read = each_of(object, "types", [&](const Json& json, const std::string& place) -> Status {
        return grants(json, place, body.grants);
    });
    if (!read) return read;
    return each_of(object, "former_names", [&](const Json& json, const std::string& place) -> Status {
        auto former = read_former_name(json, place);
        if (!former) return tl::unexpected(former.error());
        body.former_names.push_back(std::move(*former));
        return {};
    });
}

Result<IssuingBody> SourceReader::body(const Json& json, const std::string& place) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    auto code = object->text("code");
    auto name = object->text("name");
    auto hosts = object->texts("hosts");
    if (!code) return tl::unexpected(code.error());
    if (!name) return tl::unexpected(name.error());
    if (!hosts) return tl::unexpected(hosts.error());
    auto uscc = Uscc::parse(*code);
    if (!uscc) return fail_in(place + ".code", uscc.error());
    if (auto clean = check_text(*name); !clean) return fail_in(place + ".name", clean.error());
    IssuingBody listed{.code = *uscc, .name = *name, .hosts = std::move(*hosts), .certificates = {}, .grants = {}};
    if (auto read = lists(*object, listed); !read) return tl::unexpected(read.error());
    if (const Json* successor = object->member("successor")) {
        auto read = read_successor(*successor, place + ".successor");
        if (!read) return tl::unexpected(read.error());
        listed.successor = std::move(*read);
    }
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    return listed;
}

}  // namespace elic
