#include "elic/document/license_part.h"

#include <algorithm>
#include <charconv>

#include "base/hex.h"
#include "container/xml.h"

namespace elic {

namespace {

constexpr std::string_view part_namespace = "urn:elic:license:1";
constexpr XmlLimits part_limits{.bytes = 1u << 20, .nodes = 8192, .depth = 8};
constexpr std::string_view carried_names[] = {"value", "masked", "digest", "absent"};  // in the order of Carried

std::string_view form_name(ValidityForm form) {
    switch (form) {
        case ValidityForm::until:
            return "until";
        case ValidityForm::long_term:
            return "long-term";
        case ValidityForm::none:
            break;
    }
    return "none";
}

tl::unexpected<Error> malformed(const std::string& what) {
    return fail(Errc::malformed_document, "license part: " + what);
}

std::optional<std::uint64_t> whole(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

Result<Validity> read_validity(const XmlNode& node) {
    auto from = Date::parse(node.attribute("from"));
    if (!from) return malformed("Validity: " + from.error().context);
    Validity validity{.form = ValidityForm::none, .valid_from = *from};
    for (const auto form : {ValidityForm::until, ValidityForm::long_term, ValidityForm::none}) {
        if (form_name(form) == node.attribute("form")) validity.form = form;
    }
    if (validity.form != ValidityForm::until) return validity;
    auto until = Date::parse(node.attribute("until"));
    if (!until) return malformed("Validity: " + until.error().context);
    validity.valid_until = *until;
    return validity;
}

Result<Holder> read_holder(const XmlNode& node) {
    auto type = HolderCodeType::parse(node.attribute("type"));
    if (!type) return malformed("Holder: " + type.error().context);
    return Holder{.name = node.text(), .code_type = *type, .code = std::string(node.attribute("code"))};
}

Result<FaceField> read_field(const XmlNode& node) {
    FaceField field{
        .label = std::string(node.attribute("label")), .key = std::string(node.attribute("key")), .text = node.text()};
    const auto* carried = std::ranges::find(carried_names, node.attribute("carried"));
    if (carried == std::end(carried_names)) return malformed("Field: carried how?");
    field.carried = static_cast<Carried>(carried - std::begin(carried_names));
    if (node.has_attribute("digest")) {
        auto digest = from_hex(node.attribute("digest"));
        if (!digest) return malformed("Field: digest");
        field.digest = std::move(*digest);
    }
    return field;
}

}  // namespace

Bytes write_license_part(const Metadata& license) {
    XmlWriter xml;
    xml.open("License").attribute("xmlns", part_namespace).attribute("id", license.id.text());
    xml.attribute("name", license.license_name).attribute("number", license.number);
    xml.attribute("authority", license.issuing_authority_name).attribute("issued_on", license.issued_on.format());
    xml.attribute("signed_at", license.signed_at.format());
    if (license.previous) xml.attribute("previous", license.previous->text());
    xml.open("Validity").attribute("form", form_name(license.validity.form));
    xml.attribute("from", license.validity.valid_from.format());
    if (license.validity.valid_until) xml.attribute("until", license.validity.valid_until->format());
    xml.close();
    xml.open("Status").attribute("list", std::to_string(license.status.list));
    xml.attribute("index", std::to_string(license.status.index)).close();
    for (const auto& holder : license.holders) {
        xml.open("Holder").attribute("type", holder.code_type.text()).attribute("code", holder.code);
        xml.text(holder.name).close();
    }
    for (const auto& field : license.face) {
        xml.open("Field").attribute("label", field.label).attribute("key", field.key);
        xml.attribute("carried", carried_names[static_cast<std::size_t>(field.carried)]);
        if (!field.digest.empty()) xml.attribute("digest", to_hex(field.digest));
        xml.text(field.text).close();
    }
    xml.close();
    return std::move(xml).finish();
}

Result<Metadata> read_license_part(BytesView bytes) {
    auto xml = XmlDocument::parse(bytes, part_limits);
    if (!xml)
        return fail(xml.error().code == Errc::limit_exceeded ? Errc::limit_exceeded : Errc::malformed_document,
                    "license part: " + xml.error().context);
    const auto root = xml->root();
    auto id = LicenseId::parse(root.attribute("id"));
    if (!id) return malformed(id.error().context);
    auto issued = Date::parse(root.attribute("issued_on"));
    if (!issued) return malformed(issued.error().context);
    auto signed_at = Timestamp::parse(root.attribute("signed_at"));
    if (!signed_at) return malformed(signed_at.error().context);
    auto validity = read_validity(root.child("Validity"));
    if (!validity) return tl::unexpected(validity.error());
    const auto status = root.child("Status");
    const auto list = whole(status.attribute("list")), index = whole(status.attribute("index"));
    if (!list || !index) return malformed("Status");
    Metadata license{.id = *id,
                     .license_name = std::string(root.attribute("name")),
                     .number = std::string(root.attribute("number")),
                     .issuing_authority_name = std::string(root.attribute("authority")),
                     .holders = {},
                     .issued_on = *issued,
                     .validity = *validity,
                     .face = {},
                     .signed_at = *signed_at,
                     .status = {.list = *list, .index = *index}};
    if (root.has_attribute("previous")) {
        auto previous = LicenseId::parse(root.attribute("previous"));
        if (!previous) return malformed(previous.error().context);
        license.previous = *previous;
    }
    for (const auto& node : root.children("Holder")) {
        auto holder = read_holder(node);
        if (!holder) return tl::unexpected(holder.error());
        license.holders.push_back(std::move(*holder));
    }
    for (const auto& node : root.children("Field")) {
        auto field = read_field(node);
        if (!field) return tl::unexpected(field.error());
        license.face.push_back(std::move(*field));
    }
    // One encoding: what would be written otherwise is not read.
    const auto again = write_license_part(license);
    if (!std::ranges::equal(again, bytes)) return malformed("not as this program writes it");
    return license;
}

}  // namespace elic
