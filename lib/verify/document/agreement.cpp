#include "verify/document/agreement.h"

#include <algorithm>

#include "base/text.h"
#include "elic/crypto/certificate_facts.h"
#include "elic/crypto/sm3.h"
#include "elic/document/write_document.h"
#include "elic/license/date_forms.h"

namespace elic {

namespace {

/// Width, kinds of brackets and white space aside: printed lines are broken, spread and set in full width.
std::string folded(std::string_view text) {
    auto result = fold_width(text);
    std::erase_if(result, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return result;
}

bool same_text(std::string_view said, std::string_view given) { return folded(said) == folded(given); }

bool same_date(Date said, std::string_view given) {
    // Printed dates may be spread with blanks; those with a time of day need theirs.
    auto read = read_plain_date(given);
    if (!read) read = read_plain_date(folded(given));
    return read && *read == said;
}

bool same_end(const Validity& validity, std::string_view given) {
    auto read = read_date(given);
    if (!read) read = read_date(folded(given));
    if (validity.form == ValidityForm::none) return folded(given).empty();
    if (!read) return false;
    if (validity.form == ValidityForm::long_term) return std::holds_alternative<LongTerm>(*read);
    const auto* date = std::get_if<Date>(&*read);
    return date != nullptr && *date == *validity.valid_until;
}

/// Several holders stand in one value, with one of several marks between them.
std::vector<std::string> split_holders(std::string_view text) {
    std::vector<std::string> items(1);
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = at;
        const auto character = next_character(text, at);
        if (!character) return {};
        const bool mark = *character == U'^' || *character == U',' || *character == U';' || *character == U'、' ||
                          *character == U'，' || *character == U'；' || *character == U'\n';
        if (mark) {
            items.emplace_back();
        } else {
            items.back() += text.substr(begin, at - begin);
        }
    }
    if (items.size() > 1 && items.back().empty()) items.pop_back();  // one vendor ends the list with a mark
    return items;
}

template <class Same>
bool same_holders(const Metadata& license, std::string_view text, Same same) {
    if (license.holders.size() == 1 && same(license.holders[0], std::string(text))) return true;
    const auto items = split_holders(text);
    return items.size() == license.holders.size() &&
           std::equal(license.holders.begin(), license.holders.end(), items.begin(), same);
}

std::optional<bool> item_says(const Metadata& license, std::string_view element, std::string_view text) {
    if (element == "name") {
        if (license.license_name.empty()) return {};
        return same_text(license.license_name, text);
    }
    if (element == "type") return same_text(license.id.type().text(), text);
    if (element == "number") {
        if (license.number.empty()) return {};
        return same_text(license.number, text);
    }
    if (element == "id") return same_text(license.id.text(), text);
    if (element == "issuing_authority_name") return same_text(license.issuing_authority_name, text);
    if (element == "issuing_authority_code") return same_text(license.id.issuer().text(), text);
    if (element == "issued_on") return same_date(license.issued_on, text);
    if (element == "valid_from") return same_date(license.validity.valid_from, text);
    if (element == "valid_until") return same_end(license.validity, text);
    if (element == "revision") return same_text(std::to_string(license.id.revision()), text);
    if (element == "holder_name") {
        return same_holders(license, text, [](const Holder& h, const std::string& s) { return same_text(h.name, s); });
    }
    if (element == "holder_code") {
        return same_holders(license, text,
                            [](const Holder& h, const std::string& s) { return code_agrees(h.code, s); });
    }
    if (element == "holder_code_type") {
        return same_holders(license, text,
                            [](const Holder& h, const std::string& s) { return same_text(h.code_type.text(), s); });
    }
    if (element == "holder_code_type_name") {
        return same_holders(license, text,
                            [](const Holder& h, const std::string& s) { return same_text(h.code_type.name(), s); });
    }
    return {};
}

std::optional<bool> field_says(const FaceField& field, std::string_view text) {
    if (field.carried == Carried::masked) return code_agrees(field.text, text);
    if (field.carried == Carried::digest) {
        const auto digest = sm3(as_bytes(text));
        return std::equal(field.digest.begin(), field.digest.end(), digest.begin());
    }
    if (field.carried == Carried::absent) return {};
    if (same_text(field.text, text)) return true;
    const auto date = read_plain_date(field.text);
    return date && same_date(*date, text);
}

const WireName* wire_name(std::string_view name) {
    for (const auto& each : wire_names()) {
        if (!name.empty() && (name == each.initials || name == each.english || name == each.chinese)) return &each;
    }
    return nullptr;
}

bool is_of(std::string_view name, std::string_view element) {
    const auto* wire = wire_name(name);
    return wire != nullptr && element == wire->element;
}

}  // namespace

std::optional<bool> says_the_same(const Metadata& license, std::string_view name, std::string_view text) {
    const auto* wire = wire_name(name);
    if (wire != nullptr) {
        if (auto same = item_says(license, wire->element, text)) return same;
    }
    for (const auto& field : license.face) {
        if (name == field.label || (!field.key.empty() && name == field.key)) return field_says(field, text);
    }
    return {};
}

void check_metadata(const OfdDocument& document, const Metadata& license, std::string_view scanned,
                    DocumentFindings& findings) {
    std::size_t compared = 0;
    bool identified = false;
    for (const auto& [name, value] : document.customs) {
        if (name == custom_payload && folded(value) != folded(scanned)) {
            return findings.note(FindingCode::metadata_differs, "the code on the face is not the one named");
        }
        const auto same = says_the_same(license, name, value);
        if (!same) continue;
        if (!*same) return findings.note(FindingCode::metadata_differs, name + ": " + value);
        ++compared;
        identified = identified || is_of(name, "id") || is_of(name, "number");
    }
    if (!identified) return findings.note(FindingCode::metadata_absent);
    findings.note(FindingCode::metadata_agrees, std::to_string(compared) + " items");
}

void check_text_layer(const OfdDocument& document, const Metadata& license, DocumentFindings& findings) {
    std::size_t compared = 0;
    bool identified = false;
    bool all_holders = false;
    std::vector<std::string> said;  // some types print each holder in a field of its own
    for (const auto& tag : document.tags) {
        const auto same = says_the_same(license, tag.name, tag.text);
        if (!same) continue;
        if (!tag.complete) {
            const bool hidden = *same;
            findings.note(hidden ? FindingCode::text_hidden : FindingCode::text_differs, tag.name);
            return;
        }
        if (!*same) return findings.note(FindingCode::text_differs, tag.name + ": " + tag.text);
        ++compared;
        identified = identified || is_of(tag.name, "id") || is_of(tag.name, "number");
        all_holders = all_holders || is_of(tag.name, "holder_name");
        said.push_back(folded(tag.text));
    }
    const auto is_said = [&](const Holder& holder) {
        return std::find(said.begin(), said.end(), folded(holder.name)) != said.end();
    };
    all_holders = all_holders || std::all_of(license.holders.begin(), license.holders.end(), is_said);
    if (!identified || !all_holders) return findings.note(FindingCode::text_not_indexed);
    findings.note(FindingCode::text_agrees, std::to_string(compared) + " items");
}

namespace {

/// The issuing authority's names, and whether this is one of its certificates.
struct Authority {
    std::vector<std::string> names;
    std::string code;

    bool is_named_by(const DocumentSigner& signer) const {
        std::vector<std::string> texts;
        if (auto facts = read_certificate_facts(signer.certificate.der())) texts = std::move(facts->attributes);
        return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
            return text.find(code) != std::string::npos ||
                   std::any_of(names.begin(), names.end(),
                               [&](const std::string& name) { return same_text(name, text); });
        });
    }
};

}  // namespace

void check_seal_issuer(const VerifyContext& context, const Metadata& license, const SignatureAnswer& signatures,
                       DocumentFindings& findings) {
    Authority authority{.names = {license.issuing_authority_name}, .code = license.id.issuer().text()};
    std::vector<KnownBody> bodies;
    if (context.trust != nullptr) {
        if (auto known = context.trust->bodies(license.id.issuer())) bodies = std::move(*known);
    }
    for (const auto& known : bodies) {
        authority.names.push_back(known.body.name);
        for (const auto& former : known.body.former_names) authority.names.push_back(former.name);
    }
    std::erase(authority.names, "");
    for (const auto& signer : signatures.signers) {
        const auto& certificate = signer.certificate;
        const bool listed = std::any_of(bodies.begin(), bodies.end(), [&](const KnownBody& known) {
            return known.body.certificate(certificate.fingerprint()) != nullptr;
        });
        // A name proves something only where a root stands for whoever wrote it into the certificate.
        if (!listed && !(signer.anchored && authority.is_named_by(signer))) continue;
        findings.note(FindingCode::seal_issuer_agrees,
                      certificate.subject() + (listed ? ", a certificate of the authority" : ""));
        return;
    }
    if (signatures.signers.empty()) return;
    const auto& first = signatures.signers.front();
    findings.note(FindingCode::seal_issuer_differs, (first.seal_name.empty() ? "" : first.seal_name + ", ") +
                                                        first.certificate.subject() + ", issuing authority " +
                                                        license.issuing_authority_name);
}

}  // namespace elic
