#include <algorithm>
#include <array>

#include "base/hex.h"
#include "base/text.h"
#include "elic/license/citizen_id.h"
#include "payload/base_claims.h"
#include "payload/claims.h"
#include "payload/text_item.h"

namespace elic {

namespace {

constexpr int base_words = 1;
constexpr std::size_t max_holders = 8;

tl::unexpected<Error> malformed(std::string_view what) { return fail(Errc::malformed_payload, std::string(what)); }

Result<std::uint64_t> read_count(const cbor::Value* value, std::string_view what) {
    if (value == nullptr) return malformed(std::string(what) + " is missing");
    const auto* number = value->integer();
    if (number == nullptr || *number < 0) return malformed(std::string(what) + ": an unsigned integer is expected");
    return static_cast<std::uint64_t>(*number);
}

Result<Date> read_day(const cbor::Value& value, std::string_view what) {
    const auto* number = value.integer();
    if (number == nullptr) return malformed(std::string(what) + ": days are expected");
    auto date = Date::from_days(*number);
    if (!date) return malformed(std::string(what) + ": outside 1900..2199");
    return *date;
}

Result<Uscc> read_issuer(const cbor::Value* value) {
    if (value == nullptr) return malformed("key 2 (issuer) is missing");
    if (const auto* packed = value->bytes()) {
        auto code = Uscc::from_packed(*packed);
        if (!code) return malformed("key 2 (issuer): " + code.error().context);
        return *code;
    }
    auto text = read_plain_text(*value);
    auto code = text ? Uscc::parse(*text) : Result<Uscc>(tl::unexpected(text.error()));
    if (!code) return malformed("key 2 (issuer): " + code.error().context);
    if (code->packs()) return malformed("key 2 (issuer): text for a code that packs");
    return *code;
}

Result<std::string> read_serial(const cbor::Value* value) {
    if (value == nullptr) return malformed("key 3 (serial) is missing");
    if (const auto* number = value->integer()) {
        if (*number < 0) return malformed("key 3 (serial): negative");
        return std::to_string(*number);
    }
    if (const auto* bytes = value->bytes()) {
        if (bytes->size() != 16) return malformed("key 3 (serial): 16 bytes are expected");
        auto hex = to_hex(*bytes);
        for (auto& c : hex) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        return hex;
    }
    auto text = read_plain_text(*value);
    if (!text) return malformed("key 3 (serial): " + text.error().context);
    constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (text->size() > LicenseId::max_serial || text->find_first_not_of(characters) != std::string::npos) {
        return malformed("key 3 (serial): 1 to 64 characters of 0-9 and A-Z are expected");
    }
    return *text;
}

Result<Holder> read_holder(const cbor::Value& name_value, const cbor::Value& code_value) {
    auto name = read_text(name_value, base_words);
    if (!name) return tl::unexpected(name.error());
    if (const auto* packed = code_value.bytes()) {
        if (packed->size() == 6) {
            auto id = CitizenId::from_packed(*packed);
            if (!id) return malformed(id.error().context);
            return Holder{.name = *name, .code_type = HolderCodeType::parse("111").value(), .code = id->text()};
        }
        auto code = Uscc::from_packed(*packed);
        if (!code) return malformed(code.error().context);
        return Holder{.name = *name, .code_type = HolderCodeType::parse("001").value(), .code = code->text()};
    }
    const auto* pair = code_value.array();
    if (pair == nullptr || pair->size() != 2 || (*pair)[0].integer() == nullptr)
        return malformed("a holder code is 6 bytes, 9 bytes or [kind, text]");
    const auto kind = *(*pair)[0].integer();
    auto digits = std::to_string(kind);
    while (digits.size() < 3) digits.insert(0, 1, '0');
    auto type = HolderCodeType::parse(digits);
    auto code = read_text((*pair)[1], base_words);
    if (!type) return malformed("unknown kind of holder code");
    if (!code) return tl::unexpected(code.error());
    Holder holder{.name = *name, .code_type = *type, .code = *code};
    if (auto fine = check_holder(holder); !fine) return malformed(fine.error().context);
    if (!holder.masked() && type->is_citizen_id() && CitizenId::parse(*code)->packs())
        return malformed("text for a citizen number that packs");
    if (!holder.masked() && type->is_uscc() && Uscc::parse(*code)->packs())
        return malformed("text for a USCC that packs");
    return holder;
}

Result<std::vector<Holder>> read_holders(const cbor::Value* value) {
    const auto* list = value != nullptr ? value->array() : nullptr;
    if (list == nullptr || list->empty() || list->size() % 2 != 0 || list->size() > max_holders * 2) {
        return malformed("key 6 (holders): name, code, name, code, ... of 1 to 8 holders is expected");
    }
    std::vector<Holder> holders;
    for (std::size_t i = 0; i < list->size(); i += 2) {
        auto holder = read_holder((*list)[i], (*list)[i + 1]);
        if (!holder) return fail_in("key 6 (holders)", holder.error());
        holders.push_back(std::move(*holder));
    }
    return holders;
}

Result<Validity> read_validity(const cbor::Value& map, Date issued_on) {
    Validity validity{.form = ValidityForm::none, .valid_from = issued_on};
    if (const auto* from = map.find(8)) {
        auto date = read_day(*from, "key 8 (valid from)");
        if (!date) return tl::unexpected(date.error());
        if (*date == issued_on) return malformed("key 8 (valid from): the default is written");
        validity.valid_from = *date;
    }
    const auto* until = map.find(9);
    if (until == nullptr) return validity;
    if (until->is_null()) {
        validity.form = ValidityForm::long_term;
        return validity;
    }
    auto date = read_day(*until, "key 9 (valid until)");
    if (!date) return tl::unexpected(date.error());
    if (*date < validity.valid_from) return malformed("key 9 (valid until): before valid from");
    validity.form = ValidityForm::until;
    validity.valid_until = *date;
    return validity;
}

Status read_number(const cbor::Value& map, Claims& claims) {
    const auto* value = map.find(4);
    if (value == nullptr) return {};
    if (const auto* packed = value->integer()) {
        if (*packed < 0) return malformed("key 4 (number): negative");
        claims.packed_number = static_cast<std::uint64_t>(*packed);
        return {};
    }
    auto text = read_text(*value, base_words);
    if (!text) return fail_in("key 4 (number)", text.error());
    claims.number = *text;
    return {};
}

/// What a reader may show of a key that it does not know: no null, and every text clean.
bool is_presentable(const cbor::Value& value) {
    if (const auto* text = value.text()) return !find_text_fault(*text);
    if (const auto* array = value.array()) return std::all_of(array->begin(), array->end(), is_presentable);
    if (const auto* map = value.map()) {
        return std::all_of(map->begin(), map->end(),
                           [](const auto& pair) { return is_presentable(pair.first) && is_presentable(pair.second); });
    }
    return !value.is_null();
}

Status sort_other_keys(const cbor::Map& map, Claims& claims) {
    for (const auto& [key, value] : map) {
        if (const auto* label = key.text()) {
            auto text = read_text(value, base_words);
            if (!text) return fail_in("face field '" + escape_for_output(*label) + "'", text.error());
            if (auto fine = check_text(*label); !fine || label->empty())
                return malformed("a face field's label is not clean text");
            claims.extra_face.emplace_back(*label, *text);
            continue;
        }
        const auto* number = key.integer();
        if (number == nullptr || *number == 0 || *number > 23 || *number < -24)
            return malformed("a key is outside -24..23 or no text");
        if (*number < 0) claims.face.emplace_back(*number, value);
        if (*number >= 13 && *number <= 15) claims.critical_unknown = true;
        if (*number >= 16 && !is_presentable(value))
            return malformed("key " + std::to_string(*number) + ": null or an unclean text");
        if (*number >= 16) claims.shown_unknown.emplace_back(*number, value);
    }
    return {};
}

Result<int> read_revision(const cbor::Value& map) {
    const auto* value = map.find(5);
    if (value == nullptr) return 1;
    auto revision = read_count(value, "key 5 (revision)");
    if (!revision) return tl::unexpected(revision.error());
    if (*revision < 2 || *revision > 999) return malformed("key 5 (revision): 2..999");
    return static_cast<int>(*revision);
}

Result<Claims> read_map(const cbor::Value& map) {
    const auto* pack = map.find(1);
    if (pack == nullptr || pack->bytes() == nullptr || pack->bytes()->size() != 4)
        return malformed("key 1 (pack): 4 bytes are expected");
    auto issuer = read_issuer(map.find(2));
    auto serial = read_serial(map.find(3));
    auto revision = read_revision(map);
    auto holders = read_holders(map.find(6));
    if (!issuer) return tl::unexpected(issuer.error());
    if (!serial) return tl::unexpected(serial.error());
    if (!revision) return tl::unexpected(revision.error());
    if (!holders) return tl::unexpected(holders.error());
    const auto* issued = map.find(7);
    if (issued == nullptr) return malformed("key 7 (issued on) is missing");
    auto issued_on = read_day(*issued, "key 7 (issued on)");
    if (!issued_on) return tl::unexpected(issued_on.error());
    auto validity = read_validity(map, *issued_on);
    if (!validity) return tl::unexpected(validity.error());
    const auto* signed_value = map.find(10);
    if (signed_value == nullptr || signed_value->integer() == nullptr)
        return malformed("key 10 (signed at): seconds are expected");
    auto signed_at = Timestamp::from_epoch_2000(*signed_value->integer());
    auto list = read_count(map.find(11), "key 11 (status list)");
    auto index = read_count(map.find(12), "key 12 (status index)");
    if (!signed_at) return malformed("key 10 (signed at): outside 1900..2199");
    if (!list) return tl::unexpected(list.error());
    if (!index) return tl::unexpected(index.error());
    Claims claims{.pack = {},
                  .issuer = *issuer,
                  .serial = *serial,
                  .packed_number = {},
                  .number = {},
                  .revision = *revision,
                  .holders = std::move(*holders),
                  .issued_on = *issued_on,
                  .validity = *validity,
                  .signed_at = *signed_at,
                  .status = {.list = *list, .index = *index},
                  .critical_unknown = false,
                  .shown_unknown = {},
                  .face = {},
                  .extra_face = {}};
    std::copy(pack->bytes()->begin(), pack->bytes()->end(), claims.pack.begin());
    if (auto fine = read_number(map, claims); !fine) return tl::unexpected(fine.error());
    if (auto fine = sort_other_keys(*map.map(), claims); !fine) return tl::unexpected(fine.error());
    return claims;
}

/// Every base claim must be in its one form: what was read is encoded again and compared key by key.
Status check_one_form(const cbor::Value& map, const Claims& claims) {
    auto again = write_base_claims(claims);
    if (!again) return malformed(again.error().context);
    const cbor::Value written(std::move(*again));
    for (const auto& [key, value] : *map.map()) {
        const auto* number = key.integer();
        if (number != nullptr && (*number < 0 || *number > 12)) continue;
        const auto* same = number != nullptr ? written.find(*number) : written.find(*key.text());
        if (same == nullptr || !(*same == value)) return malformed("a claim is not in its one form");
    }
    return {};
}

}  // namespace

Result<Claims> read_claims(BytesView bytes) {
    auto value = cbor::read(bytes, claims_limits);
    if (!value) {
        const bool limit = value.error().code == Errc::limit_exceeded;
        return fail(limit ? Errc::limit_exceeded : Errc::malformed_payload, value.error().context);
    }
    if (value->map() == nullptr) return malformed("the claims are a map");
    auto claims = read_map(*value);
    if (!claims)
        return claims.error().code == Errc::limit_exceeded ? claims : Result<Claims>(malformed(claims.error().context));
    if (auto fine = check_one_form(*value, *claims); !fine) return tl::unexpected(fine.error());
    return claims;
}

}  // namespace elic
