#include "elic/document/sign_document.h"

#include <algorithm>
#include <cstdio>

#include "container/xml.h"
#include "document/object_identifiers.h"
#include "elic/crypto/sm3.h"
#include "elic/document/ofd_package.h"
#include "elic/document/seal_signature.h"

namespace elic {

namespace {

constexpr const char* name_space = "http://www.ofdspec.org/2016";
constexpr std::size_t max_signatures = 64;

const Part* find(const std::vector<Part>& parts, std::string_view path) {
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part& each) { return each.path == path; });
    return found == parts.end() ? nullptr : &*found;
}

tl::unexpected<Error> malformed(std::string what) { return fail(Errc::malformed_document, std::move(what)); }

/// Standard alphabet with padding (xs:base64Binary).
std::string base64(BytesView bytes) {
    constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i) bits = bits << 8 | (i < count ? bytes[at + i] : 0U);
        for (std::size_t i = 0; i < 4; ++i) text += i <= count ? alphabet[bits >> (18 - 6 * i) & 63] : '=';
    }
    return text;
}

/// Millimetres, without zeros that say nothing: "125", "12.5".
std::string millimetres(Micrometres length) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", static_cast<double>(length) / 1000);
    std::string trimmed = text;
    trimmed.erase(trimmed.find_last_not_of('0') + 1);
    if (trimmed.back() == '.') trimmed.pop_back();
    return trimmed;
}

/// One Signature of Signatures.xml.
struct ListedSignature {
    std::string id, type, location;
};

/// Where things are in the package and what has been signed there already.
struct SigningPlace {
    std::string folder;  ///< "Doc_0/Signs"
    std::string list;    ///< path of Signatures.xml
    bool list_is_new = true;
    std::vector<ListedSignature> before;
    std::string description, value, seal;  ///< paths of the new parts
};

/// A signature that names Signatures.xml closes the document.
Status check_open(const std::vector<Part>& parts, const SigningPlace& place) {
    for (const auto& signature : place.before) {
        const auto path = resolve_location(place.list, signature.location);
        const Part* part = find(parts, path);
        if (part == nullptr) return malformed("no part " + path);
        const auto xml = XmlDocument::parse(part->content);
        if (!xml) return fail_in(path, xml.error());
        for (const auto reference : xml->root().child("SignedInfo").child("References").children("Reference")) {
            if (resolve_location(path, reference.attribute("FileRef")) == place.list)
                return fail(Errc::bad_argument, "closed to further signatures by " + path);
        }
    }
    return {};
}

Status read_list(const std::vector<Part>& parts, SigningPlace& place) {
    const Part* part = find(parts, place.list);
    if (part == nullptr) return malformed("no part " + place.list);
    const auto xml = XmlDocument::parse(part->content);
    if (!xml) return fail_in(place.list, xml.error());
    for (const auto signature : xml->root().children("Signature")) {
        place.before.push_back({std::string(signature.attribute("ID")), std::string(signature.attribute("Type")),
                                std::string(signature.attribute("BaseLoc"))});
    }
    if (place.before.size() >= max_signatures) return fail(Errc::limit_exceeded, "more than 64 signatures");
    return check_open(parts, place);
}

Status check_page(const std::vector<Part>& parts, const std::string& root, const std::string& page_id) {
    const Part* document = find(parts, root);
    if (document == nullptr) return malformed("no part " + root);
    const auto xml = XmlDocument::parse(document->content);
    if (!xml) return fail_in(root, xml.error());
    for (const auto page : xml->root().child("Pages").children("Page")) {
        if (page.attribute("ID") == page_id) return {};
    }
    return fail(Errc::bad_argument, "no page " + page_id);
}

Result<SigningPlace> find_place(const std::vector<Part>& parts, const SealingPlan& plan) {
    const Part* entry = find(parts, "OFD.xml");
    if (entry == nullptr) return malformed("no part OFD.xml");
    const auto xml = XmlDocument::parse(entry->content);
    if (!xml) return fail_in("OFD.xml", xml.error());
    const auto bodies = xml->root().children("DocBody");
    if (bodies.size() != 1) return malformed("OFD.xml: one DocBody is expected");
    const auto root = resolve_location("OFD.xml", bodies[0].child("DocRoot").trimmed_text());
    if (auto fine = check_page(parts, root, plan.page_id); !fine) return tl::unexpected(fine.error());
    SigningPlace place;
    const auto slash = root.rfind('/');
    place.folder = slash == std::string::npos ? "Signs" : root.substr(0, slash) + "/Signs";
    place.list = place.folder + "/Signatures.xml";
    if (const auto named = bodies[0].child("Signatures")) {
        place.list_is_new = false;
        place.list = resolve_location("OFD.xml", named.trimmed_text());
        if (auto done = read_list(parts, place); !done) return tl::unexpected(done.error());
    }
    for (std::size_t number = place.before.size();; ++number) {
        const auto folder = place.folder + "/Sign_" + std::to_string(number) + "/";
        const bool taken =
            std::any_of(parts.begin(), parts.end(), [&](const Part& each) { return each.path.starts_with(folder); });
        if (taken) continue;
        place.description = folder + "Signature.xml";
        place.value = folder + "SignedValue.dat";
        place.seal = folder + "Seal.esl";
        return place;
    }
}

/// Puts DocBody/Signatures last, where the schema has it, and leaves every other byte of OFD.xml as it is.
Status name_list(Bytes& entry, const std::string& list) {
    std::string text(as_text(entry));
    const auto close = text.rfind("DocBody>");
    const auto start = close == std::string::npos ? close : text.rfind("</", close);
    if (start == std::string::npos) return malformed("OFD.xml: no end of DocBody");
    const auto prefix = text.substr(start + 2, close - start - 2);
    text.insert(start, "<" + prefix + "Signatures>/" + list + "</" + prefix + "Signatures>");
    entry.assign(text.begin(), text.end());
    const auto again = XmlDocument::parse(entry);
    if (!again || again->root().child("DocBody").child("Signatures").trimmed_text() != "/" + list)
        return malformed("OFD.xml: the end of DocBody stands where none is");
    return {};
}

/// Identifiers of signatures and stamps share one space ("s1" and "s2" of the first); MaxSignId is the highest.
std::string identifier_of(std::size_t number) { return "s" + std::to_string(number); }

Bytes list_of(const SigningPlace& place, std::size_t number) {
    XmlWriter xml;
    xml.open("ofd:Signatures").attribute("xmlns:ofd", name_space);
    xml.leaf("ofd:MaxSignId", identifier_of(number + 1));
    for (const auto& each : place.before) {
        xml.open("ofd:Signature").attribute("ID", each.id);
        if (!each.type.empty()) xml.attribute("Type", each.type);
        xml.attribute("BaseLoc", each.location).close();
    }
    xml.open("ofd:Signature").attribute("ID", identifier_of(number)).attribute("Type", "Seal");
    xml.attribute("BaseLoc", "/" + place.description).close();
    xml.close();
    return std::move(xml).finish();
}

/// "2s" of the signature whose number is free: above those of every signature before.
std::size_t free_number(const SigningPlace& place) {
    std::size_t highest = place.before.size() * 2;
    for (const auto& each : place.before) {
        const auto digits = each.id.find_first_of("0123456789");
        if (digits == std::string::npos || each.id.size() - digits > 6) continue;
        std::size_t number = 0;
        for (const char c : each.id.substr(digits)) {
            if (c < '0' || c > '9') break;
            number = number * 10 + static_cast<std::size_t>(c - '0');
        }
        highest = std::max(highest, number + 1);  // its stamp has the next one
    }
    return highest + 1;
}

Bytes description_of(const std::vector<Part>& parts, const SigningPlace& place, const SealingPlan& plan,
                     std::size_t number) {
    std::vector<BytesView> contents;
    std::vector<std::string_view> paths;
    for (const auto& part : parts) {
        if (part.path == place.list && plan.further == FurtherSignatures::allowed) continue;
        contents.push_back(part.content);
        paths.push_back(part.path);
    }
    std::vector<Digest> digests(contents.size());
    sm3_many(contents, digests);
    XmlWriter xml;
    xml.open("ofd:Signature").attribute("xmlns:ofd", name_space).open("ofd:SignedInfo");
    xml.open("ofd:Provider").attribute("ProviderName", "elic").close();
    xml.leaf("ofd:SignatureMethod", oid::sm2_with_sm3);
    xml.leaf("ofd:SignatureDateTime", plan.at.format());
    xml.open("ofd:References").attribute("CheckMethod", oid::sm3);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        xml.open("ofd:Reference").attribute("FileRef", "/" + std::string(paths[i]));
        xml.leaf("ofd:CheckValue", base64(digests[i])).close();
    }
    xml.close();
    const auto& box = plan.boundary;
    xml.open("ofd:StampAnnot").attribute("ID", identifier_of(number + 1)).attribute("PageRef", plan.page_id);
    xml.attribute("Boundary", millimetres(box.x) + " " + millimetres(box.y) + " " + millimetres(box.width) + " " +
                                  millimetres(box.height));
    xml.close();
    xml.open("ofd:Seal").leaf("ofd:BaseLoc", "/" + place.seal).close();
    xml.close().leaf("ofd:SignedValue", "/" + place.value).close();
    return std::move(xml).finish();
}

}  // namespace

Result<std::vector<Part>> sign_document(std::vector<Part> parts, const SealingPlan& plan, Signer& sealer) {
    if (plan.boundary.width <= 0 || plan.boundary.height <= 0)
        return fail(Errc::bad_argument, "the seal's place on the page has no size");
    const auto place = find_place(parts, plan);
    if (!place) return tl::unexpected(place.error());
    const auto number = free_number(*place);
    const Bytes list = list_of(*place, number);
    for (auto& part : parts) {
        if (part.path == "OFD.xml" && place->list_is_new) {
            if (const auto done = name_list(part.content, place->list); !done) return tl::unexpected(done.error());
        }
        if (part.path == place->list && !place->list_is_new) part.content = list;
    }
    if (place->list_is_new) {
        if (find(parts, place->list) != nullptr)
            return malformed(place->list + ": there, but OFD.xml does not name it");
        parts.push_back({place->list, list});
    }
    parts.push_back({place->seal, plan.seal});
    const Bytes description = description_of(parts, *place, plan, number);
    auto value = make_seal_signature({.seal = plan.seal,
                                      .sealer = plan.sealer,
                                      .at = plan.at,
                                      .data_hash = sm3(description),
                                      .property = "/" + place->description},
                                     sealer);
    if (!value) return tl::unexpected(value.error());
    parts.push_back({place->description, description});
    parts.push_back({place->value, std::move(*value)});
    return parts;
}

}  // namespace elic
