#include "inspect_document.h"

#include "base/text.h"
#include "elic/document/ofd_signatures.h"
#include "elic/document/seal_signature.h"
#include "elic/document/signed_data.h"
#include "face_reading.h"

namespace elic::cli {

namespace {

constexpr std::size_t most_listed = 1000;  ///< texts and parts: a look, not a copy

/// Everything a document says is a stranger's: no control characters reach the terminal.
std::string safe(std::string_view text) { return escape_for_output(text); }

template <class List, class ToJson>
Json list_json(const List& list, ToJson to_json) {
    Json json = Json::array();
    for (const auto& each : list) {
        if (json.size() == most_listed) break;
        json.push_back(to_json(each));
    }
    return json;
}

Json texts_json(const std::vector<std::string>& texts) {
    return list_json(texts, [](const std::string& text) { return Json(safe(text)); });
}

Json pairs_json(const std::vector<std::pair<std::string, std::string>>& pairs) {
    return list_json(pairs, [](const auto& pair) {
        return Json{{"name", safe(pair.first)}, {"value", safe(pair.second)}};
    });
}

Json box_json(const OfdBox& box) { return Json::array({box.x, box.y, box.width, box.height}); }

Json document_json(const OfdDocument& document) {
    Json json{{"documents", document.bodies}};
    json["info"] = pairs_json(document.info);
    json["metadata"] = pairs_json(document.customs);
    json["pages"] = list_json(document.pages, [](const OfdPage& page) {
        return Json{{"id", safe(page.id)}, {"part", safe(page.part)}, {"area", box_json(page.area)}};
    });
    json["texts"] = list_json(document.texts, [](const OfdText& text) {
        Json each{{"page", text.page + 1}, {"id", safe(text.id)}, {"text", safe(text.text)}};
        if (!text.shown) each["hidden"] = true;
        return each;
    });
    json["data_index"] = list_json(document.tags, [](const OfdTag& tag) {
        Json each{{"name", safe(tag.name)}, {"text", safe(tag.text)}};
        if (!tag.complete) each["complete"] = false;
        return each;
    });
    json["pictures"] = list_json(document.images, [](const OfdImage& image) {
        return Json{{"page", image.page + 1}, {"part", safe(image.part)}, {"box", box_json(image.boundary)}};
    });
    json["attachments"] = list_json(document.attachments, [](const OfdAttachment& attachment) {
        return Json{{"name", safe(attachment.name)}, {"part", safe(attachment.part)}};
    });
    json["warnings"] = texts_json(document.warnings);
    return json;
}

Json certificate_json(const EmbeddedCertificate& certificate) {
    if (!certificate.certificate) return {{"fault", safe(certificate.fault)}};
    const auto& read = *certificate.certificate;
    return {{"subject", safe(read.subject())},
            {"issuer", safe(read.issuer())},
            {"not_before", read.not_before().format()},
            {"not_after", read.not_after().format()}};
}

Json seal_json(const ElectronicSeal& seal) {
    return {{"version", static_cast<int>(seal.version)},
            {"id", safe(seal.id)},
            {"name", safe(seal.name)},
            {"created_at", seal.created_at.format()},
            {"valid_from", seal.valid_from.format()},
            {"valid_until", seal.valid_until.format()},
            {"maker", certificate_json(seal.maker)},
            {"signers", seal.signers.size() + seal.signer_digests.size()},
            {"picture",
             {{"format", safe(seal.picture.format)},
              {"bytes", seal.picture.bytes.size()},
              {"width_mm", seal.picture.width_mm},
              {"height_mm", seal.picture.height_mm}}}};
}

/// The signed value by what it is, not by what the list calls it.
Json value_json(BytesView value) {
    if (const auto seal = read_seal_signature(value)) {
        Json json{{"form", "seal signature"}, {"version", static_cast<int>(seal->version)}};
        json["signed_at"] = seal->signed_at ? Json(seal->signed_at->format()) : Json();
        json["property"] = safe(seal->property);
        json["sealer"] = certificate_json(seal->sealer);
        json["time_stamp"] = seal->time_stamp.has_value();
        json["seal"] = seal_json(seal->seal);
        return json;
    }
    const auto data = read_signed_data(value);
    if (!data) return {{"fault", safe(data.error().context)}};
    if (data->form == SignedData::Form::bare) return {{"form", "bare signature, no certificate"}};
    Json json{{"form", "signed data"}};
    json["signed_at"] = data->signing_time ? Json(data->signing_time->format()) : Json();
    json["signer"] = certificate_json(data->signer);
    return json;
}

std::string_view name_of_state(ReferenceState state) {
    constexpr std::string_view names[] = {"digest matches", "altered", "missing", "digest not understood"};
    return names[static_cast<std::size_t>(state)];
}

Json signature_json(const OfdPackage& package, const OfdSignature& signature) {
    Json json{{"id", safe(signature.id)},
              {"type", signature.type == OfdSignature::Type::seal ? "Seal" : "Sign"},
              {"part", safe(signature.part)}};
    if (!signature.fault.empty()) {
        json["fault"] = safe(signature.fault);
        return json;
    }
    json["provider"] = safe(signature.provider);
    json["method"] = safe(signature.method);
    json["date_time"] = safe(signature.date_time);
    json["references"] = list_json(signature.references, [](const OfdReference& reference) {
        return Json{{"part", safe(reference.file_ref)}, {"state", name_of_state(reference.state)}};
    });
    json["stamps"] = list_json(signature.stamps, [](const OfdStamp& stamp) {
        return Json{{"page", safe(stamp.page_ref)}, {"box", box_json(stamp.boundary)}};
    });
    json["seal_file"] = safe(signature.seal_part);
    if (const auto* value = package.find(signature.signed_value_part)) json["value"] = value_json(value->content);
    json["warnings"] = texts_json(signature.warnings);
    return json;
}

Json coverage_json(const OfdPackage& package, const OfdDocument& document, const OfdSignatures& signatures) {
    std::vector<std::size_t> all;
    for (std::size_t n = 0; n < signatures.signatures.size(); ++n) {
        if (signatures.signatures[n].fault.empty()) all.push_back(n);
    }
    const auto coverage = coverage_of(package, document, signatures, all);
    return {{"covered", texts_json({coverage.covered.begin(), coverage.covered.end()})},
            {"seen_uncovered", texts_json(coverage.shown_uncovered)},
            {"uncovered", texts_json(coverage.uncovered)},
            {"unreferenced", texts_json(coverage.smuggled)},
            {"covered_unreferenced", texts_json(coverage.idle)},
            {"open_to_further_signatures", coverage.open}};
}

}  // namespace

Json inspect_document(BytesView ofd, std::vector<std::string>& texts) {
    Json json{{"verified", false}, {"form", "ofd"}};
    const auto package = OfdPackage::open(ofd);
    if (!package) {
        json["fault"] = safe(package.error().context);
        return json;
    }
    json["parts"] = list_json(package->parts(), [](const Part& part) {
        return Json{{"path", safe(part.path)}, {"bytes", part.content.size()}};
    });
    json["package_warnings"] = texts_json(package->warnings());
    const auto document = read_ofd_document(*package);
    if (!document) {
        json["fault"] = safe(document.error().context);
        return json;
    }
    json["document"] = document_json(*document);
    const auto signatures = read_ofd_signatures(*package, *document);
    json["signatures"] = list_json(signatures.signatures,
                                   [&](const OfdSignature& signature) { return signature_json(*package, signature); });
    if (!signatures.fault.empty()) json["signatures_fault"] = safe(signatures.fault);
    json["coverage"] = coverage_json(*package, *document, signatures);
    auto scanned = scan_document(*package, *document);
    if (scanned) {
        texts = std::move(*scanned);
    } else {
        json["codes_fault"] = safe(scanned.error().context);
    }
    return json;
}

}  // namespace elic::cli
