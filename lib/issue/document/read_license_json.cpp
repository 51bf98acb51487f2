#include <algorithm>

#include "base/hex.h"
#include "codec/json.h"
#include "elic/issue/document_press.h"

namespace elic {

namespace {

constexpr std::string_view carried_words[] = {"value", "masked", "digest", "absent"};  // in the order of Carried

tl::unexpected<Error> malformed(const std::string& what) { return fail(Errc::malformed_json, "license: " + what); }

Result<Date> date_of(JsonObject& object, std::string_view key) {
    auto text = object.text(key);
    if (!text) return tl::unexpected(text.error());
    auto date = Date::parse(*text);
    if (!date) return malformed(std::string(key) + ": " + date.error().context);
    return date;
}

Result<Validity> validity_of(JsonObject& object) {
    auto from = date_of(object, "valid_from");
    if (!from) return tl::unexpected(from.error());
    Validity validity{.form = ValidityForm::none, .valid_from = *from};
    const auto* until = object.member("valid_until");
    if (until == nullptr || until->is_null()) return validity;
    if (*until == "long-term") {
        validity.form = ValidityForm::long_term;
        return validity;
    }
    auto date = date_of(object, "valid_until");
    if (!date) return tl::unexpected(date.error());
    validity.form = ValidityForm::until;
    validity.valid_until = *date;
    return validity;
}

Result<Holder> holder_of(const Json& json, const std::string& place) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    auto name = object->text("name"), type = object->text("code_type"), code = object->text("code");
    if (!name || !type || !code) return malformed(place);
    auto parsed = HolderCodeType::parse(*type);
    if (!parsed) return malformed(place + ".code_type: " + parsed.error().context);
    return Holder{.name = *name, .code_type = *parsed, .code = *code};
}

Result<FaceField> field_of(const Json& json, const std::string& place) {
    auto object = JsonObject::open(json, place);
    if (!object) return tl::unexpected(object.error());
    auto label = object->text("label"), key = object->text("key"), text = object->text("text");
    auto carried = object->text("carried"), digest = object->text_or("digest", "");
    if (!label || !key || !text || !carried || !digest) return malformed(place);
    FaceField field{.label = *label, .key = *key, .text = *text};
    const auto* word = std::ranges::find(carried_words, *carried);
    if (word == std::end(carried_words)) return malformed(place + ".carried");
    field.carried = static_cast<Carried>(word - std::begin(carried_words));
    auto bytes = from_hex(*digest);
    if (!bytes) return malformed(place + ".digest");
    field.digest = std::move(*bytes);
    return field;
}

template <class Item, class Read>
Status read_list(JsonObject& object, std::string_view key, std::vector<Item>& into, Read read) {
    auto list = object.required(key);
    if (!list) return tl::unexpected(list.error());
    if (!(*list)->is_array()) return malformed(std::string(key) + ": a list is expected");
    for (const auto& each : **list) {
        auto item = read(each, std::string(key) + "[" + std::to_string(into.size()) + "]");
        if (!item) return tl::unexpected(item.error());
        into.push_back(std::move(*item));
    }
    return {};
}

Result<StatusReference> status_of(JsonObject& object) {
    auto json = object.required("status");
    if (!json) return tl::unexpected(json.error());
    auto status = JsonObject::open(**json, "status");
    if (!status) return tl::unexpected(status.error());
    auto list = status->integer("list"), index = status->integer("index");
    if (!list || !index || *list < 0 || *index < 0) return malformed("status");
    return StatusReference{.list = static_cast<std::uint64_t>(*list), .index = static_cast<std::uint64_t>(*index)};
}

}  // namespace

Result<Metadata> read_license_json(std::string_view text) {
    auto json = read_json(text);
    if (!json) return tl::unexpected(json.error());
    auto object = JsonObject::open(*json, "license");
    if (!object) return tl::unexpected(object.error());
    auto id_text = object->text("id"), name = object->text("name"), number = object->text("number");
    if (!id_text || !name || !number) return malformed("id, name and number are expected");
    auto id = LicenseId::parse(*id_text);
    if (!id) return malformed("id: " + id.error().context);
    auto authority_json = object->required("issuing_authority");
    if (!authority_json) return tl::unexpected(authority_json.error());
    auto authority = JsonObject::open(**authority_json, "issuing_authority");
    if (!authority) return tl::unexpected(authority.error());
    auto authority_name = authority->text("name");
    if (!authority_name) return tl::unexpected(authority_name.error());
    auto issued = date_of(*object, "issued_on");
    if (!issued) return tl::unexpected(issued.error());
    auto validity = validity_of(*object);
    if (!validity) return tl::unexpected(validity.error());
    auto signed_text = object->text("signed_at");
    auto signed_at = Timestamp::parse(signed_text ? *signed_text : std::string());
    if (!signed_at) return malformed("signed_at: " + signed_at.error().context);
    auto status = status_of(*object);
    if (!status) return tl::unexpected(status.error());
    Metadata license{.id = *id,
                     .license_name = *name,
                     .number = *number,
                     .issuing_authority_name = *authority_name,
                     .holders = {},
                     .issued_on = *issued,
                     .validity = *validity,
                     .face = {},
                     .signed_at = *signed_at,
                     .status = *status};
    if (auto done = read_list(*object, "holders", license.holders, holder_of); !done)
        return tl::unexpected(done.error());
    if (auto done = read_list(*object, "face", license.face, field_of); !done) return tl::unexpected(done.error());
    return license;
}

}  // namespace elic
