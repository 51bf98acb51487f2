#include "payload/base_claims.h"

#include "base/hex.h"
#include "elic/license/citizen_id.h"
#include "payload/text_item.h"

namespace elic {

namespace {

constexpr int base_words = 1;

/// Digits without a leading zero, below 2^63: the 19-digit serials of many systems fit.
bool is_integer(std::string_view serial) {
    constexpr std::string_view last = "9223372036854775807";
    if (serial.empty() || serial.size() > last.size()) return false;
    if (serial.find_first_not_of("0123456789") != std::string_view::npos) return false;
    if (serial[0] == '0' && serial.size() > 1) return false;
    return serial.size() < last.size() || serial <= last;
}

cbor::Value serial_value(const std::string& serial) {
    if (is_integer(serial)) return cbor::Value(std::int64_t{std::stoll(serial)});
    if (serial.size() == 32 && serial.find_first_not_of("0123456789ABCDEF") == std::string::npos)
        return cbor::Value(from_hex(serial).value());
    return cbor::Value(serial);
}

cbor::Value issuer_value(const Uscc& issuer) {
    if (!issuer.packs()) return cbor::Value(issuer.text());
    const auto packed = issuer.packed();
    return cbor::Value(Bytes(packed.begin(), packed.end()));
}

/// A masked code is none that parses.
Result<cbor::Value> holder_code_value(const Holder& holder) {
    if (holder.code_type.is_citizen_id()) {
        auto id = CitizenId::parse(holder.code);
        if (id && id->packs()) {
            const auto packed = id->packed();
            return cbor::Value(Bytes(packed.begin(), packed.end()));
        }
    }
    if (holder.code_type.is_uscc()) {
        auto code = Uscc::parse(holder.code);
        if (code && code->packs()) return issuer_value(*code);
    }
    auto text = write_text(holder.code, base_words);
    if (!text) return text;
    cbor::Array pair;
    pair.emplace_back(std::int64_t{holder.code_type.code()});
    pair.push_back(std::move(*text));
    return cbor::Value(std::move(pair));
}

Result<cbor::Value> holders_value(const std::vector<Holder>& holders) {
    cbor::Array list;
    for (const auto& holder : holders) {
        auto name = write_text(holder.name, base_words);
        auto code = holder_code_value(holder);
        if (!name) return name;
        if (!code) return code;
        list.push_back(std::move(*name));
        list.push_back(std::move(*code));
    }
    return cbor::Value(std::move(list));
}

Status add_number(const Claims& claims, cbor::Map& map) {
    if (claims.packed_number) {
        map.emplace_back(std::int64_t{4}, static_cast<std::int64_t>(*claims.packed_number));
    } else if (claims.number) {
        auto text = write_text(*claims.number, base_words);
        if (!text) return fail_in("number", text.error());
        map.emplace_back(std::int64_t{4}, std::move(*text));
    }
    return {};
}

}  // namespace

Result<cbor::Map> write_base_claims(const Claims& claims) {
    cbor::Map map;
    map.emplace_back(std::int64_t{1}, Bytes(claims.pack.begin(), claims.pack.end()));
    map.emplace_back(std::int64_t{2}, issuer_value(claims.issuer));
    map.emplace_back(std::int64_t{3}, serial_value(claims.serial));
    if (auto added = add_number(claims, map); !added) return tl::unexpected(added.error());
    if (claims.revision != 1) map.emplace_back(std::int64_t{5}, std::int64_t{claims.revision});
    auto holders = holders_value(claims.holders);
    if (!holders) return fail_in("holders", holders.error());
    map.emplace_back(std::int64_t{6}, std::move(*holders));
    map.emplace_back(std::int64_t{7}, std::int64_t{claims.issued_on.days_since_2000()});
    if (claims.validity.valid_from != claims.issued_on)
        map.emplace_back(std::int64_t{8}, std::int64_t{claims.validity.valid_from.days_since_2000()});
    if (claims.validity.form == ValidityForm::long_term) map.emplace_back(std::int64_t{9}, cbor::Value());
    if (claims.validity.form == ValidityForm::until)
        map.emplace_back(std::int64_t{9}, std::int64_t{claims.validity.valid_until->days_since_2000()});
    map.emplace_back(std::int64_t{10}, claims.signed_at.epoch_2000_seconds());
    map.emplace_back(std::int64_t{11}, static_cast<std::int64_t>(claims.status.list));
    map.emplace_back(std::int64_t{12}, static_cast<std::int64_t>(claims.status.index));
    for (const auto& [label, text] : claims.extra_face) {
        auto value = write_text(text, base_words);
        if (!value) return fail_in("face." + label, value.error());
        map.emplace_back(label, std::move(*value));
    }
    return map;
}

}  // namespace elic
