#include <catch2/catch.hpp>
#include <set>

#include "elic/document/write_document.h"
#include "unit/verify_document/document_world.h"

using namespace elic;
using namespace elic::test;

namespace {

/// A document that gives a finding, and the verdict of the whole.
struct Scenario {
    FindingCode code;
    const char* what;
    std::function<Report()> report;
    Verdict verdict;
};

Report document(const DocumentCase& change) { return verified_document(change); }

/// The signed value made from a seal and a signature that are not as they should be.
Report sealed(const SealFaults& seal, const SignatureFaults& signature = {}) {
    return document({.seal = seal, .signature = signature});
}

/// The signed value made by a function of the world.
Report valued(std::function<Bytes(TrustWorld&, KeyAndCertificate&, BytesView)> value) {
    return document({.value = std::move(value)});
}

Report of_bytes(BytesView bytes) {
    auto world = make_world();
    return verify_document(bytes, {}, {.pins = world.pins(), .at = world_time()});
}

/// A seal and signature by a certificate that the library would not make.
Report odd_sealer(Usage usage, const char* from, const char* until) {
    return valued([=](TrustWorld& world, KeyAndCertificate& maker, BytesView xml) {
        auto sealer = odd_certificate(world.ca, "示例市住房和城乡建设局", usage, at(from), at(until));
        return make_signature(make_seal(maker, sealer.certificate), sealer, xml);
    });
}

Report odd_maker(Usage usage, const char* from) {
    return valued([=](TrustWorld& world, KeyAndCertificate&, BytesView xml) {
        auto maker = odd_certificate(world.ca, "TEST odd maker", usage, at(from));
        return make_signature(make_seal(maker, world.office.certificate), world.office, xml);
    });
}

Report stamped(Usage usage, Signing signing, bool right_octets, bool stranger = false) {
    return valued([=](TrustWorld& world, KeyAndCertificate& maker, BytesView xml) {
        auto elsewhere = make_pilot_ca(at("2025-11-01T00:00:00+08:00")).value();
        auto authority = odd_certificate(stranger ? elsewhere : world.ca, "TEST time stamps", usage);
        const auto stamp = [&](BytesView value) {
            return make_time_stamp(authority, right_octets ? value : as_bytes("other octets"), signing);
        };
        return make_signature(make_seal(maker, world.office.certificate), world.office, xml, {}, stamp);
    });
}

/// A certificate revoked before it was used, or a list of revoked ones that is out of date.
Report revoked(bool maker_too, bool stale) {
    auto world = make_world();
    auto maker = certified(world.ca, "CN=TEST seal maker,O=elic TEST,C=CN");
    auto sealer = certified(world.ca, "CN=示例市住房和城乡建设局,O=elic TEST,C=CN");
    const auto& bad = maker_too ? maker.certificate : sealer.certificate;
    RevocationListPlan plan{.number = 1,
                            .this_update = at("2026-11-01T00:00:00+08:00"),
                            .next_update = at(stale ? "2026-11-02T00:00:00+08:00" : "2027-11-01T00:00:00+08:00")};
    if (!stale) {
        plan.revoked.push_back(
            {.serial = serial_certified_by(world.ca, bad).value(), .at = at("2026-01-15T00:00:00+08:00")});
    }
    const auto license = a_license();
    auto parts = with_signature(license_parts(license));
    part_of(parts, "Main/Signs/One/V.dat").content = make_signature(
        make_seal(maker, sealer.certificate), sealer, part_of(parts, "Main/Signs/One/Signature.xml").content);
    const WrittenTrust written(world);
    const auto list = make_revocation_list(world.ca, plan).value();
    written.put("revocation/" + to_hex(sm3(list)) + ".crl", list);
    const auto trust = written.open();
    return verify_document(write_zip(parts), {.scanned_texts = {text_of(license, world.office)}},
                           {.trust = &trust, .pins = world.pins(), .at = world_time()});
}

void append(std::vector<Part>& parts, const char* path) { part_of(parts, path).content.push_back(' '); }

/// A document that says it is of ours, and the parts that it is to be compared with.
Report redrawn(const std::function<void(FaceReading&, const std::vector<Part>&)>& face) {
    DocumentCase change;
    std::vector<Part> unsigned_parts;
    change.before = [&](std::vector<Part>& parts) {
        replace_in(part_of(parts, "OFD.xml"), "</ofd:CustomDatas>",
                   "<ofd:CustomData Name=\"elic.layout\">1 00</ofd:CustomData></ofd:CustomDatas>");
        unsigned_parts = parts;
    };
    change.face = [&](FaceReading& reading) { face(reading, unsigned_parts); };
    return document(change);
}

using Parts = std::vector<Part>;

std::vector<Scenario> package_scenarios() {
    using enum FindingCode;
    return {
        {package_ok, "an orderly package", [] { return document({}); }, Verdict::valid},
        {package_tolerated, "junk before the archive",
         [] {
             auto file = write_zip(small_ofd());
             file.insert(file.begin(), 'x');
             return of_bytes(file);
         },
         Verdict::indeterminate},
        {package_malformed, "cut short",
         [] {
             auto file = write_zip(small_ofd());
             file.resize(file.size() - 30);
             return of_bytes(file);
         },
         Verdict::invalid},
        {package_limit, "a name that is too long",
         [] {
             auto file = write_zip(Parts{part("a", "x")});
             const auto end = file.size() - 22;
             for (const std::size_t at : {8U, 9U, 10U, 11U}) file[end + at] = 0x20;
             return of_bytes(file);
         },
         Verdict::indeterminate},
        {package_foreign, "no ZIP", [] { return of_bytes(as_bytes("%PDF-1.7")); }, Verdict::indeterminate},
        {package_foreign, "nothing", [] { return of_bytes({}); }, Verdict::indeterminate},
        {document_ok, "an orderly document", [] { return document({}); }, Verdict::valid},
        {document_tolerated, "a path in another case",
         [] {
             return document({.before = [](Parts& parts) {
                 replace_in(part_of(parts, "Main/Doc.xml"), "Tpl/T.xml", "TPL/T.xml");
             }});
         },
         Verdict::valid},
        {document_malformed, "a page is not there",
         [] {
             return document({.before = [](Parts& parts) {
                 replace_in(part_of(parts, "Main/Doc.xml"), "Pages/P.xml", "Pages/Q.xml");
             }});
         },
         Verdict::invalid},
        {document_limit, "composites without end",
         [] {
             return document({.before = [](Parts& parts) {
                 replace_in(part_of(parts, "Main/Res.xml"), "<TextObject ID=\"50\">",
                            "<CompositeObject ResourceID=\"5\"/><TextObject ID=\"50\">");
             }});
         },
         Verdict::indeterminate},
        {signatures_present, "one signature", [] { return document({}); }, Verdict::valid},
        {signatures_absent, "no signature", [] { return of_bytes(write_zip(small_ofd())); }, Verdict::indeterminate},
        {signatures_malformed, "the signed value is not there",
         [] {
             return document({.after = [](Parts& parts) {
                 std::erase_if(parts, [](const Part& p) { return p.path == "Main/Signs/One/V.dat"; });
             }});
         },
         Verdict::invalid},
        {digests_ok, "nothing changed", [] { return document({}); }, Verdict::valid},
        {digests_altered, "a page changed",
         [] { return document({.after = [](Parts& p) { append(p, "Main/Pages/P.xml"); }}); }, Verdict::invalid},
        {digests_missing, "a part taken out",
         [] {
             return document({.after = [](Parts& parts) {
                 std::erase_if(parts, [](const Part& p) { return p.path == "Main/data.xml"; });
             }});
         },
         Verdict::invalid},
        {digests_unsupported, "MD5",
         [] {
             return document({.after = [](Parts& parts) {
                 replace_in(part_of(parts, "Main/Signs/One/Signature.xml"), "1.2.156.10197.1.401", "MD5");
             }});
         },
         Verdict::invalid},  // what was signed had another name for it
        {coverage_whole, "everything is covered", [] { return document({}); }, Verdict::valid},
        {coverage_face, "an annotation put in",
         [] {
             return document({.before = {}, .after = [](Parts& parts) {
                                  parts.push_back(part("Main/Annot2.xml", "<PageAnnot/>"));
                                  replace_in(part_of(parts, "Main/Annots.xml"), "</Annotations>",
                                             "<Page PageID=\"1\"><FileLoc>Annot2.xml</FileLoc></Page></Annotations>");
                              }});
         },
         Verdict::invalid},
        {coverage_smuggled, "a file put in",
         [] { return document({.after = [](Parts& parts) { parts.push_back(part("Main/more.bin", "x")); }}); },
         Verdict::indeterminate},
        {coverage_part, "OFD.xml is not covered, as one vendor leaves it",
         [] {
             auto world = make_world();
             return document({.value =
                                  [](TrustWorld& w, KeyAndCertificate& maker, BytesView) {
                                      auto parts = with_signature(license_parts(a_license()));
                                      auto& xml = part_of(parts, "Main/Signs/One/Signature.xml");
                                      replace_in(xml, "<Reference FileRef=\"/OFD.xml\">", "<Other>");
                                      replace_in(xml, "</Reference>", "</Other>");
                                      return make_signature(make_seal(maker, w.office.certificate), w.office,
                                                            xml.content);
                                  },
                              .after =
                                  [](Parts& parts) {
                                      auto& xml = part_of(parts, "Main/Signs/One/Signature.xml");
                                      replace_in(xml, "<Reference FileRef=\"/OFD.xml\">", "<Other>");
                                      replace_in(xml, "</Reference>", "</Other>");
                                  }});
         },
         Verdict::indeterminate},
    };
}

std::vector<Scenario> seal_scenarios() {
    using enum FindingCode;
    static auto elsewhere = make_pilot_ca(at("2025-11-01T00:00:00+08:00")).value();
    static auto stranger = certified(elsewhere, "CN=TEST stranger,O=elsewhere,C=CN");
    const auto bare = [](TrustWorld& world, KeyAndCertificate&, BytesView xml) { return sign(world.office, xml); };
    const auto as_sign = [](Parts& parts) { replace_in(part_of(parts, "Main/Signs/S.xml"), "\"Seal\"", "\"Sign\""); };
    const auto signed_data = [](Signing signing) {
        return [signing](TrustWorld& world, KeyAndCertificate&, BytesView xml) {
            return make_signed_data(world.office, sm3(xml), signing);
        };
    };
    return {
        {seal_read, "version 4", [] { return document({}); }, Verdict::valid},
        {seal_read_tolerantly, "r || s", [] { return sealed({}, {.signing = Signing::raw}); }, Verdict::valid},
        {seal_malformed, "no DER", [] { return valued([](auto&, auto&, BytesView) {
                                            return Bytes{1, 2, 3};
                                        }); },
         Verdict::invalid},
        {seal_newer, "version 9", [] { return sealed({.version = 9}, {.version = 9}); }, Verdict::indeterminate},
        {seal_bare, "two numbers", [=] { return document({.value = bare, .after = as_sign}); }, Verdict::indeterminate},
        {seal_versions, "5 and 4", [] { return sealed({.version = 5}); }, Verdict::invalid},
        {seal_extension, "unknown and critical", [] { return sealed({.critical_extension = true}); },
         Verdict::indeterminate},
        {signed_digest_ok, "its own digest", [] { return document({}); }, Verdict::valid},
        {signed_digest_wrong, "another's digest", [] { return sealed({}, {.data_hash = sm3(as_bytes("other"))}); },
         Verdict::invalid},
        {signed_path_wrong, "another path",
         [] { return sealed({}, {.property = "/Doc_0/Signs/Sign_1/Signature.xml"}); }, Verdict::invalid},
        {seal_signature_ok, "holds", [] { return document({}); }, Verdict::valid},
        {seal_signature_ok, "signed data",
         [=] { return document({.value = signed_data(Signing::right), .after = as_sign}); }, Verdict::indeterminate},
        {seal_signature_wrong, "another key", [] { return sealed({}, {.signs = &stranger}); }, Verdict::invalid},
        {seal_signature_wrong, "no signature", [] { return sealed({}, {.signing = Signing::garbage}); },
         Verdict::invalid},
        {seal_signature_wrong, "signed data that does not hold",
         [=] {
             return document({.value =
                                  [](TrustWorld& w, KeyAndCertificate&, BytesView xml) {
                                      auto value = make_signed_data(w.office, sm3(xml));
                                      value.back() ^= 1;
                                      return value;
                                  },
                              .after = as_sign});
         },
         Verdict::invalid},
        {seal_signature_empty_id, "OpenSSL's default", [] { return sealed({}, {.signing = Signing::empty_user_id}); },
         Verdict::invalid},
        {seal_signature_without_z, "SM3 of the message", [] { return sealed({}, {.signing = Signing::without_z}); },
         Verdict::invalid},
        {seal_signature_unsupported, "no certificate",
         [] {
             return valued([](TrustWorld& w, KeyAndCertificate& maker, BytesView xml) {
                 const auto seal = make_seal(maker, w.office.certificate);
                 const auto to_sign = seq({small_integer(4), seal, general_time(signing_time()), bits(sm3(xml)),
                                           tlv(0x16, "/Main/Signs/One/Signature.xml")});
                 return seq({to_sign, octets(as_bytes("no certificate")), oid_sm2_sm3, bits(sign(w.office, to_sign))});
             });
         },
         Verdict::invalid},  // nor is it in the seal's list
        {maker_ok, "as made", [] { return document({}); }, Verdict::valid},
        {maker_wrong, "signed by a stranger", [] { return sealed({.maker_signs = &stranger}); }, Verdict::invalid},
        {maker_usage, "a key for enciphering", [] { return odd_maker(Usage::enciphers, "2026-01-01T00:00:00+08:00"); },
         Verdict::invalid},
        {maker_expired, "a certificate younger than the seal",
         [] { return odd_maker(Usage::signs, "2026-06-01T00:00:00+08:00"); }, Verdict::invalid},
        {maker_unsupported, "no certificate",
         [] {
             return valued([](TrustWorld& w, KeyAndCertificate& maker, BytesView xml) {
                 auto seal = make_seal(maker, w.office.certificate);
                 // The maker's certificate is the second member: the first octet of it is not a SEQUENCE any more.
                 Walk walk(seal);
                 walk.enter();
                 const auto info = walk.take();
                 seal = seq({info, octets(as_bytes("none")), oid_sm2_sm3, bits(sign(maker, info))});
                 return make_signature(seal, w.office, xml);
             });
         },
         Verdict::indeterminate},
        {seal_in_force, "in its time", [] { return document({}); }, Verdict::valid},
        {seal_expired, "ended before", [] { return sealed({.until = at("2026-11-01T00:00:00+08:00")}); },
         Verdict::invalid},
        {seal_dates, "turned round", [] { return sealed({.until = at("2026-01-31T00:00:00+08:00")}); },
         Verdict::invalid},
        {signer_listed, "listed", [] { return document({}); }, Verdict::valid},
        {signer_unlisted, "not listed", [] { return sealed({.listed_signer = &stranger.certificate}); },
         Verdict::invalid},
        {sealer_ok, "in its time", [] { return document({}); }, Verdict::valid},
        {sealer_usage, "a key for enciphering",
         [] { return odd_sealer(Usage::enciphers, "2026-01-01T00:00:00+08:00", "2031-01-01T00:00:00+08:00"); },
         Verdict::invalid},
        {sealer_expired, "ended before",
         [] { return odd_sealer(Usage::signs, "2026-01-01T00:00:00+08:00", "2026-11-01T00:00:00+08:00"); },
         Verdict::invalid},
        {sealer_chain_ok, "to the pinned root", [] { return document({}); }, Verdict::valid},
        {sealer_no_anchor, "of another root",
         [] {
             return valued([](TrustWorld&, KeyAndCertificate& maker, BytesView xml) {
                 return make_signature(make_seal(maker, stranger.certificate), stranger, xml);
             });
         },
         Verdict::invalid},  // nor is a stranger the issuing authority
        {sealer_revoked, "revoked before", [] { return revoked(false, false); }, Verdict::invalid},
        {sealer_crl, "a stale list", [] { return revoked(false, true); }, Verdict::indeterminate},
        {sealer_test, "a real root is pinned too",
         [] {
             return document({.context = [](VerifyContext& context) {
                 auto pin = context.pins.pins.front();
                 pin.fingerprint.fill(7);
                 context.pins.pins.push_back(pin);
             }});
         },
         Verdict::invalid},
        {maker_chain_ok, "to the pinned root", [] { return document({}); }, Verdict::valid},
        {maker_no_anchor, "of another root", [] { return sealed({.maker = &stranger}); }, Verdict::indeterminate},
        {maker_revoked, "revoked before", [] { return revoked(true, false); }, Verdict::invalid},
        {maker_crl, "a stale list", [] { return revoked(true, true); }, Verdict::indeterminate},
        {seal_copy_ok, "the same seal", [] { return document({.seal_file = true}); }, Verdict::valid},
        {seal_copy_absent, "no seal file", [] { return document({}); }, Verdict::valid},
        {seal_copy_differs, "another seal",
         [] { return document({.after = [](Parts& p) { append(p, "Main/Signs/One/Seal.esl"); }, .seal_file = true}); },
         Verdict::invalid},
        {time_stamp_absent, "none", [] { return document({}); }, Verdict::valid},
        {time_stamp_ok, "by a pinned authority", [] { return stamped(Usage::stamps, Signing::right, true); },
         Verdict::valid},
        {time_stamp_imprint, "of other octets", [] { return stamped(Usage::stamps, Signing::right, false); },
         Verdict::invalid},
        {time_stamp_wrong, "does not hold", [] { return stamped(Usage::stamps, Signing::without_z, true); },
         Verdict::invalid},
        {time_stamp_authority, "may not stamp", [] { return stamped(Usage::signs, Signing::right, true); },
         Verdict::invalid},
        {time_stamp_no_anchor, "of another root", [] { return stamped(Usage::stamps, Signing::right, true, true); },
         Verdict::indeterminate},
        {time_stamp_malformed, "no DER",
         [] {
             return valued([](TrustWorld& w, KeyAndCertificate& maker, BytesView xml) {
                 return make_signature(make_seal(maker, w.office.certificate), w.office, xml, {}, [](BytesView) {
                     return Bytes{1, 2, 3};
                 });
             });
         },
         Verdict::invalid},
    };
}

/// Version 1 leaves the form of the time open.
Report of_version_1(BytesView time_info) {
    const Bytes time(time_info.begin(), time_info.end());
    return valued([time](TrustWorld& world, KeyAndCertificate& maker, BytesView xml) {
        const auto utc = [](const char* text) { return tlv(0x17, text); };
        const auto property = seq({small_integer(1), tlv(0x0c, "示例市住房和城乡建设局"),
                                   tlv(0x30, {octets(world.office.certificate.der())}), utc("260201000000Z"),
                                   utc("260201000000Z"), utc("290201000000Z")});
        const auto picture = seq({tlv(0x16, "PNG"), octets(as_bytes("x")), small_integer(42), small_integer(42)});
        const auto info = seq(
            {seq({tlv(0x16, "ES"), small_integer(1), tlv(0x16, "TESTMAKER")}), tlv(0x16, "SEAL1"), property, picture});
        const auto certificate = octets(maker.certificate.der());
        const auto over = seq({info, certificate, oid_sm2_sm3});
        const auto seal = seq({info, seq({certificate, oid_sm2_sm3, bits(sign(maker, over))})});
        const auto to_sign =
            seq({small_integer(1), seal, bits(time), bits(sm3(xml)), tlv(0x16, "/Main/Signs/One/Signature.xml"),
                 octets(world.office.certificate.der()), oid_sm2_sm3});
        return seq({to_sign, bits(sign(world.office, to_sign))});
    });
}

std::vector<Scenario> agreement_scenarios() {
    using enum FindingCode;
    return {
        {seal_time_unknown, "version 1 with a time in no known form", [] { return of_version_1(as_bytes("??")); },
         Verdict::indeterminate},
        {seal_issuer_agrees, "the authority's certificate", [] { return document({}); }, Verdict::valid},
        {seal_issuer_differs, "another body's certificate",
         [] {
             return valued([](TrustWorld& w, KeyAndCertificate& maker, BytesView xml) {
                 return make_signature(make_seal(maker, w.other.certificate), w.other, xml);
             });
         },
         Verdict::invalid},
        {metadata_agrees, "the same", [] { return document({}); }, Verdict::valid},
        {metadata_differs, "another holder",
         [] { return document({.before = [](Parts& p) { replace_in(part_of(p, "OFD.xml"), "张样例", "李样例"); }}); },
         Verdict::invalid},
        {metadata_differs, "another code named",
         [] {
             return document({.before = [](Parts& p) {
                 replace_in(part_of(p, "OFD.xml"), "</ofd:CustomDatas>",
                            "<ofd:CustomData Name=\"elic.payload\">100123</ofd:CustomData></ofd:CustomDatas>");
             }});
         },
         Verdict::invalid},
        {metadata_absent, "no number",
         [] { return document({.before = [](Parts& p) { replace_in(part_of(p, "OFD.xml"), "\"ZZBH\"", "\"x\""); }}); },
         Verdict::indeterminate},
        {text_agrees, "the same", [] { return document({}); }, Verdict::valid},
        {text_differs, "another holder",
         [] {
             return document(
                 {.before = [](Parts& p) { replace_in(part_of(p, "Main/Pages/P.xml"), "张样例", "李样例"); }});
         },
         Verdict::invalid},
        {text_not_indexed, "no index of the holder",
         [] {
             return document({.before = [](Parts& p) {
                 replace_in(part_of(p, "Main/Tags/Tag.xml"), "<CZZT>", "<x>");
                 replace_in(part_of(p, "Main/Tags/Tag.xml"), "</CZZT>", "</x>");
             }});
         },
         Verdict::indeterminate},
        {text_hidden, "the holder's name is not drawn",
         [] {
             return document({.before = [](Parts& p) {
                 replace_in(part_of(p, "Main/Pages/P.xml"), "<TextObject ID=\"11\">",
                            "<TextObject ID=\"11\" Alpha=\"0\">");
             }});
         },
         Verdict::invalid},
        {face_text_only, "another program's", [] { return document({}); }, Verdict::valid},
        {face_redrawn, "the same", [] { return redrawn([](FaceReading& f, const Parts& p) { f.redrawn = p; }); },
         Verdict::valid},
        {face_not_redrawn, "another font here",
         [] { return redrawn([](FaceReading& f, const Parts&) { f.not_redrawn = "font ukai differs"; }); },
         Verdict::valid},
        {face_other_layout, "version 1 of its layout is another here",
         [] {
             return redrawn([](FaceReading& f, const Parts&) {
                 f.other_layout = true;
                 f.not_redrawn = "its layout, version 1, has another digest here";
             });
         },
         Verdict::indeterminate},
        {face_differs, "other glyphs",
         [] {
             return redrawn([](FaceReading& f, const Parts& p) {
                 f.redrawn = p;
                 append(*f.redrawn, "Main/Files/f.ttf");
             });
         },
         Verdict::invalid},
        {face_differs, "one page more in the document",
         [] {
             return redrawn([](FaceReading& f, const Parts& p) {
                 f.redrawn = p;
                 std::erase_if(*f.redrawn, [](const Part& each) { return each.path == "Main/Annot.xml"; });
                 replace_in(part_of(*f.redrawn, "Main/Annots.xml"), "<FileLoc>Annot.xml</FileLoc>", "");
             });
         },
         Verdict::invalid},
        {not_run, "nobody drew it", [] { return redrawn([](FaceReading&, const Parts&) {}); }, Verdict::indeterminate},
    };
}

}  // namespace

TEST_CASE("verify_document gives each finding where its cause is, and the verdict of the whole") {
    for (const auto& list : {package_scenarios(), seal_scenarios(), agreement_scenarios()}) {
        for (const auto& scenario : list) {
            INFO(row_of(scenario.code).code << ": " << scenario.what);
            const auto report = scenario.report();
            INFO(summary(report));
            CHECK(has(report, scenario.code));
            CHECK(report.verdict() == scenario.verdict);
        }
    }
}

TEST_CASE("Every finding about a document has a scenario") {
    std::set<FindingCode> produced;
    for (const auto& list : {package_scenarios(), seal_scenarios(), agreement_scenarios()}) {
        for (const auto& scenario : list) produced.insert(scenario.code);
    }
    for (const auto& row : finding_rows()) {
        if (row.check < first_document_check) continue;
        INFO(row.code);
        CHECK(produced.contains(row.number));
    }
}
