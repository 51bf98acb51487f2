#pragma once

#include <functional>

#include "container/packing/write_zip.h"
#include "elic/verify/verify_document.h"
#include "unit/document/small_ofd.h"
#include "unit/verify/license_world.h"
#include "unit/verify_document/made_seal.h"

namespace elic::test {

/// The world of verify's tests with a seal maker, and one license as a document. What a test changes is called at its
/// place: on the parts before they are signed, on the signed value, on the parts after.
struct DocumentCase {
    std::function<void(TrustWorld&)> world = {};
    std::function<void(std::vector<Part>&)> before = {};
    std::function<Bytes(TrustWorld&, KeyAndCertificate& maker, BytesView signature_xml)> value = {};
    std::function<void(std::vector<Part>&)> after = {};
    std::function<void(FaceReading&)> face = {};
    std::function<void(VerifyContext&)> context = {};
    bool seal_file = false;  ///< Seal.esl beside the signature
    SealFaults seal = {};
    SignatureFaults signature = {};
};

inline Part& part_of(std::vector<Part>& parts, std::string_view path) {
    for (auto& part : parts) {
        if (part.path == path) return part;
    }
    throw std::runtime_error("no part " + std::string(path));
}

inline void replace_in(Part& part, const std::string& from, const std::string& to) {
    std::string text(as_text(part.content));
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error("not there: " + from);
    text.replace(at, from.size(), to);
    part.content.assign(text.begin(), text.end());
}

/// small_ofd() with the license's own words in metadata and text.
inline std::vector<Part> license_parts(const Metadata& license) {
    auto parts = small_ofd();
    auto& entry = part_of(parts, "OFD.xml");
    replace_in(entry, "例1", license.number);
    replace_in(entry, " 张样例 ", license.holders[0].name);
    auto& page = part_of(parts, "Main/Pages/P.xml");
    replace_in(page, "<TextCode>例</TextCode><TextCode>1</TextCode>", "<TextCode>" + license.number + "</TextCode>");
    auto& tags = part_of(parts, "Main/Tags/Tag.xml");
    replace_in(tags, R"(<gone><ObjectRef PageRef="1">404</ObjectRef></gone>)", "");
    return parts;
}

inline Report verified_document(const DocumentCase& change = {}) {
    auto world = make_world();
    auto maker = certified(world.ca, "CN=TEST seal maker,O=elic TEST,C=CN");
    if (change.world) change.world(world);
    const auto license = a_license();
    auto parts = license_parts(license);
    if (change.before) change.before(parts);
    const auto seal = make_seal(maker, world.office.certificate, change.seal);
    if (change.seal_file) parts.push_back({.path = "Main/Signs/One/Seal.esl", .content = seal});
    parts = with_signature(std::move(parts));
    auto& xml = part_of(parts, "Main/Signs/One/Signature.xml");
    if (change.seal_file) replace_in(xml, "</SignedInfo>", "<Seal><BaseLoc>Seal.esl</BaseLoc></Seal></SignedInfo>");
    part_of(parts, "Main/Signs/One/V.dat").content =
        change.value ? change.value(world, maker, xml.content)
                     : make_signature(seal, world.office, xml.content, change.signature);
    if (change.after) change.after(parts);
    FaceReading face{.scanned_texts = {text_of(license, world.office)}};
    if (change.face) change.face(face);
    const WrittenTrust written(world);
    const auto trust = written.open();
    VerifyContext context{.trust = &trust,
                          .pins = world.pins(),
                          .at = world_time(),
                          .policy = VerifyPolicy{.allow_missing_status = true}};
    if (change.context) change.context(context);
    return verify_document(write_zip(parts), face, context);
}

}  // namespace elic::test
