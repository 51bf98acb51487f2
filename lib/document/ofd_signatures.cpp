#include "elic/document/ofd_signatures.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "container/xml.h"
#include "document/page_reader.h"
#include "elic/crypto/sm3.h"

namespace elic {

namespace {

constexpr std::size_t most_signatures = 256;
constexpr std::size_t most_references = 65536;

std::string shown(std::string_view text) { return "'" + escape_for_output(text) + "'"; }

/// 32 bytes of standard base64 with padding, white space between allowed; none for anything else.
std::optional<Digest> read_check_value(std::string_view text) {
    Digest digest{};
    std::uint32_t bits = 0;
    std::size_t held = 0;
    std::size_t count = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos || padding != 0) return {};
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        if (count == digest.size()) return {};
        digest[count++] = static_cast<std::uint8_t>(bits >> held);
        bits &= (1U << held) - 1;
    }
    if (count != digest.size() || padding != 1 || bits != 0) return {};
    return digest;
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (auto& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

class SignatureReader {
public:
    SignatureReader(const OfdPackage& package, OfdSignatures& out) : package_(package), out_(out) {}

    void list(const std::string& location) {
        std::vector<std::string> warnings;
        const auto* part = package_.resolve("OFD.xml", location, warnings);
        if (part == nullptr) {
            out_.fault = shown(location) + ": not in the package";
            return;
        }
        out_.lists.push_back(part->path);
        const auto xml = XmlDocument::parse(part->content);
        if (!xml) {
            out_.fault = escape_for_output(part->path) + ": " + xml.error().context;
            return;
        }
        for (const auto& node : xml->root().children("Signature")) {
            if (out_.signatures.size() == most_signatures) {
                out_.fault = "more than " + std::to_string(most_signatures) + " signatures";
                return;
            }
            out_.signatures.push_back(signature(node, part->path));
        }
    }

private:
    OfdSignature signature(const XmlNode& node, const std::string& from) {
        OfdSignature found;
        found.id = std::string(node.attribute("ID"));
        found.type = lower(node.attribute("Type")) == "sign" ? OfdSignature::Type::sign : OfdSignature::Type::seal;
        const auto location = node.attribute("BaseLoc");
        const auto* part = package_.resolve(from, location, found.warnings);
        if (part == nullptr) {
            found.fault = shown(location) + ": not in the package";
            return found;
        }
        found.part = part->path;
        found.digest = sm3(part->content);
        out_.own.insert(part->path);
        const auto xml = XmlDocument::parse(part->content);
        if (!xml) {
            found.fault = escape_for_output(part->path) + ": " + xml.error().context;
            return found;
        }
        description(xml->root(), found);
        return found;
    }

    const Part* own_part(const XmlNode& node, OfdSignature& found) {
        const auto location = node.trimmed_text();
        if (location.empty()) return nullptr;
        const auto* part = package_.resolve(found.part, location, found.warnings);
        if (part != nullptr) out_.own.insert(part->path);
        return part;
    }

    void description(const XmlNode& root, OfdSignature& found) {
        const auto info = root.child("SignedInfo");
        if (root.name() != "Signature" || !info) {
            found.fault = escape_for_output(found.part) + ": no SignedInfo";
            return;
        }
        const auto provider = info.child("Provider");
        found.provider = provider.has_attribute("ProviderName") ? std::string(provider.attribute("ProviderName"))
                                                                : provider.child("ProviderName").trimmed_text();
        found.method = info.child("SignatureMethod").trimmed_text();
        found.date_time = info.child("SignatureDateTime").trimmed_text();
        for (const auto& stamp : info.children("StampAnnot")) {
            found.stamps.push_back({.page_ref = std::string(stamp.attribute("PageRef")),
                                    .boundary = read_box(stamp.attribute("Boundary")),
                                    .clipped = stamp.has_attribute("Clip")});
        }
        if (const auto* value = own_part(root.child("SignedValue"), found)) found.signed_value_part = value->path;
        if (const auto seal = info.child("Seal")) {
            if (const auto* part = own_part(seal.child("BaseLoc"), found)) {
                found.seal_part = part->path;
            } else {
                found.fault = "the seal file that it names is not in the package";
            }
        }
        references(info.child("References"), found);
    }

    void references(const XmlNode& node, OfdSignature& found) {
        const auto method = lower(node.attribute("CheckMethod"));
        bool sm3_method = method == "1.2.156.10197.1.401" || method == "sm3";
        if (method == "1.2.156.10197.1.401.2") {
            sm3_method = true;
            found.warnings.emplace_back("the digests are said to be HMAC-SM3 and read as SM3");
        }
        std::vector<BytesView> contents;
        std::vector<std::pair<std::size_t, Digest>> expected;
        for (const auto& each : node.children("Reference")) {
            if (found.references.size() == most_references) {
                found.fault = "more than " + std::to_string(most_references) + " references";
                return;
            }
            OfdReference reference{.file_ref = std::string(each.attribute("FileRef")), .part = {}};
            const auto* part = package_.resolve(found.part, reference.file_ref, found.warnings);
            const auto value = read_check_value(each.child("CheckValue").text());
            if (part == nullptr) {
                reference.state = ReferenceState::missing;
            } else {
                reference.part = part->path;
                if (sm3_method && value) {
                    contents.emplace_back(part->content);
                    expected.emplace_back(found.references.size(), *value);
                }
            }
            found.references.push_back(std::move(reference));
        }
        // All at once: several lanes of one processor share the work.
        std::vector<Digest> digests(contents.size());
        sm3_many(contents, digests);
        for (std::size_t n = 0; n < digests.size(); ++n) {
            found.references[expected[n].first].state =
                digests[n] == expected[n].second ? ReferenceState::matches : ReferenceState::altered;
        }
    }

    const OfdPackage& package_;
    OfdSignatures& out_;
};

}  // namespace

OfdSignatures read_ofd_signatures(const OfdPackage& package, const OfdDocument& document) {
    OfdSignatures signatures;
    SignatureReader reader(package, signatures);
    for (const auto& list : document.signature_lists) reader.list(list);
    return signatures;
}

OfdCoverage coverage_of(const OfdPackage& package, const OfdDocument& document, const OfdSignatures& signatures,
                        std::span<const std::size_t> counted) {
    OfdCoverage coverage;
    std::set<std::string> exempt(signatures.lists.begin(), signatures.lists.end());
    for (const auto n : counted) {
        const auto& signature = signatures.signatures[n];
        coverage.covered.insert(signature.part);
        exempt.insert(signature.signed_value_part);
        exempt.insert(signature.seal_part);  // held against the seal in the signed value, byte for byte
        for (const auto& reference : signature.references) {
            if (reference.state == ReferenceState::matches) coverage.covered.insert(reference.part);
        }
    }
    coverage.open = std::none_of(signatures.lists.begin(), signatures.lists.end(),
                                 [&](const std::string& list) { return coverage.covered.contains(list); });
    for (const auto& part : package.parts()) {
        const bool named =
            document.referenced.contains(part.path) || signatures.own.contains(part.path) || exempt.contains(part.path);
        if (coverage.covered.contains(part.path)) {
            if (!named) coverage.idle.push_back(part.path);
        } else if (exempt.contains(part.path)) {
            continue;
        } else if (document.shown.contains(part.path)) {
            coverage.shown_uncovered.push_back(part.path);
        } else {
            (named ? coverage.uncovered : coverage.smuggled).push_back(part.path);
        }
    }
    return coverage;
}

}  // namespace elic
