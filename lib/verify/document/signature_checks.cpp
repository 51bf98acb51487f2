#include "verify/document/signature_checks.h"

#include <algorithm>

#include "elic/document/seal_signature.h"
#include "elic/document/signed_data.h"
#include "elic/document/time_stamp.h"

namespace elic {

namespace {

std::string subject_of(const EmbeddedCertificate& certificate) {
    return certificate.certificate ? certificate.certificate->subject() : certificate.fault;
}

std::string dates_of(const Certificate& certificate) {
    return certificate.subject() + ": valid " + certificate.not_before().format() + " .. " +
           certificate.not_after().format();
}

std::string text_of(const std::vector<EncodingNote>& notes) {
    std::string all;
    for (const auto note : notes) all += (all.empty() ? "" : ", ") + std::string(name_of(note));
    return all;
}

/// The checks of one signature, in the order of GB/T 38540.
class SignatureJudge {
public:
    SignatureJudge(const DocumentAnchors& anchors, Timestamp now, const OfdPackage& package,
                   const OfdSignature& signature, DocumentFindings& findings, SignatureAnswer& answer)
        : anchors_(anchors),
          now_(now),
          package_(package),
          signature_(signature),
          findings_(findings),
          answer_(answer),
          xml_(package.find(signature.part)->content) {}

    void run() {
        check_references();
        const auto* value = package_.find(signature_.signed_value_part);
        if (value == nullptr) {
            note(FindingCode::signatures_malformed, "no signed value");
            return;
        }
        // What it is decides, not what it is called: some vendors put SES into a signature of type Sign.
        auto seal = read_seal_signature(value->content);
        if (seal) return check_seal(*seal);
        auto data = read_signed_data(value->content);
        if (data && signature_.type == OfdSignature::Type::sign) return check_data(*data);
        const auto& error = signature_.type == OfdSignature::Type::sign ? data.error() : seal.error();
        if (data && data->form == SignedData::Form::bare) {
            note(FindingCode::seal_bare);
        } else if (data) {
            note(FindingCode::seal_malformed, "a signature without seal where a seal is said to be");
        } else if (error.code == Errc::newer_format) {
            note(FindingCode::seal_newer, error.context);
        } else {
            note(FindingCode::seal_malformed, error.context);
        }
    }

private:
    void note(FindingCode code, const std::string& detail = {}) { findings_.note(code, detail); }

    void check_references() {
        if (signature_.references.empty()) note(FindingCode::digests_unsupported, "it names no part");
        for (const auto& reference : signature_.references) {
            switch (reference.state) {
                case ReferenceState::matches:
                    break;
                case ReferenceState::altered:
                    note(FindingCode::digests_altered, reference.part);
                    break;
                case ReferenceState::missing:
                    note(FindingCode::digests_missing, reference.file_ref);
                    break;
                case ReferenceState::unknown:
                    note(FindingCode::digests_unsupported, reference.part);
                    break;
            }
        }
        note(FindingCode::digests_ok, std::to_string(signature_.references.size()) + " parts");
    }

    void check_form(const std::vector<EncodingNote>& notes, const std::string& form) {
        if (notes.empty()) return note(FindingCode::seal_read, form);
        note(FindingCode::seal_read_tolerantly, form + ": " + text_of(notes));
    }

    void check_seal(const SealSignature& seal) {
        const auto* file = package_.find(signature_.seal_part);
        SignedDescription over{.signature_xml = xml_, .path = signature_.part};
        if (file != nullptr) over.seal_file = file->content;
        const auto checks = check_seal_signature(seal, over, now_);
        const auto at = seal.signed_at.value_or(now_);
        auto notes = seal.notes;
        notes.insert(notes.end(), seal.seal.notes.begin(), seal.seal.notes.end());
        check_form(notes, "seal version " + std::to_string(static_cast<int>(seal.seal.version)));
        if (!checks.versions_agree) note(FindingCode::seal_versions);
        if (checks.critical_extension || checks.seal.critical_extension) note(FindingCode::seal_extension);
        if (!checks.property) note(FindingCode::signed_path_wrong, seal.property);
        note_digest(checks.data_hash);
        note_signature(checks.signature, seal.sealer, at);
        note_maker(seal.seal, checks.seal);
        note_validity(seal, checks);
        note(checks.sealer_in_list ? FindingCode::signer_listed : FindingCode::signer_unlisted,
             subject_of(seal.sealer));
        note_sealer(seal.sealer, checks.sealer_may_sign, checks.sealer_valid, at);
        const bool anchored = note_sealer_chain(seal.sealer, {}, at);
        note_maker_chain(seal.seal);
        if (file == nullptr) {
            note(FindingCode::seal_copy_absent);
        } else {
            note(checks.seal_file ? FindingCode::seal_copy_ok : FindingCode::seal_copy_differs, signature_.seal_part);
        }
        note_time_stamp(seal.time_stamp, seal.signature.octets);
        add_signer(seal.sealer, seal.seal.name, anchored);
    }

    void check_data(const SignedData& data) {
        if (data.form == SignedData::Form::bare) return note(FindingCode::seal_bare);
        const auto checks = check_signed_data(data, xml_, now_);
        const auto at = data.signing_time.value_or(now_);
        check_form(data.notes, data.form == SignedData::Form::digest ? "signed data over the digest"
                                                                     : "signed data over attributes");
        note_digest(checks.data_hash);
        note_signature(checks.signature, data.signer, at);
        note_sealer(data.signer, checks.signer_may_sign, checks.signer_valid, at);
        const bool anchored = note_sealer_chain(data.signer, data.certificates, at);
        add_signer(data.signer, "", anchored);
    }

    void note_digest(bool holds) {
        note(holds ? FindingCode::signed_digest_ok : FindingCode::signed_digest_wrong, signature_.part);
    }

    void note_signature(SignatureCheck check, const EmbeddedCertificate& signer, Timestamp at) {
        const auto detail = subject_of(signer) + ", " + at.format();
        switch (check) {
            case SignatureCheck::holds:
                return note(FindingCode::seal_signature_ok, detail);
            case SignatureCheck::wrong:
            case SignatureCheck::unreadable_signature:
                return note(FindingCode::seal_signature_wrong, detail);
            case SignatureCheck::holds_with_empty_user_id:
                return note(FindingCode::seal_signature_empty_id, detail);
            case SignatureCheck::holds_without_z:
                return note(FindingCode::seal_signature_without_z, detail);
            case SignatureCheck::unreadable_certificate:
            case SignatureCheck::unsupported_algorithm:
                return note(FindingCode::seal_signature_unsupported, detail);
        }
    }

    void note_maker(const ElectronicSeal& seal, const SealChecks& checks) {
        const auto maker = subject_of(seal.maker);
        switch (checks.maker_signature) {
            case SignatureCheck::holds:
                note(FindingCode::maker_ok, seal.name + ", made by " + maker);
                break;
            case SignatureCheck::unreadable_certificate:
            case SignatureCheck::unsupported_algorithm:
                note(FindingCode::maker_unsupported, maker);
                return;
            default:
                note(FindingCode::maker_wrong, std::string(name_of(checks.maker_signature)) + ": " + maker);
        }
        if (!checks.maker_may_sign) note(FindingCode::maker_usage, maker);
        if (!checks.maker_valid_when_made && seal.maker.certificate) {
            note(FindingCode::maker_expired, dates_of(*seal.maker.certificate) + ", made " + seal.created_at.format());
        }
    }

    void note_validity(const SealSignature& signature, const SealSignatureChecks& checks) {
        const auto& seal = signature.seal;
        const auto dates = "valid " + seal.valid_from.format() + " .. " + seal.valid_until.format();
        if (!checks.seal.dates_in_order) return note(FindingCode::seal_dates, dates);
        if (!checks.time_known) return note(FindingCode::seal_time_unknown);
        note(checks.seal.in_force ? FindingCode::seal_in_force : FindingCode::seal_expired,
             dates + ", signed " + signature.signed_at->format());
    }

    void note_sealer(const EmbeddedCertificate& sealer, bool may_sign, bool valid, Timestamp at) {
        if (!sealer.certificate) return;  // the check of the signature has said it
        if (!may_sign) return note(FindingCode::sealer_usage, sealer.certificate->subject());
        note(valid ? FindingCode::sealer_ok : FindingCode::sealer_expired,
             dates_of(*sealer.certificate) + ", signed " + at.format());
    }

    bool note_sealer_chain(const EmbeddedCertificate& sealer, std::span<const EmbeddedCertificate> between,
                           Timestamp at) {
        const auto chain = anchors_.chain_of(sealer, between, at);
        switch (chain.kind) {
            case ChainAnswer::Kind::anchored:
                note(FindingCode::sealer_chain_ok, chain.root->subject());
                if (chain.root->is_test()) answer_.test_root = chain.root;
                return true;
            case ChainAnswer::Kind::no_anchor:
                note(FindingCode::sealer_no_anchor, chain.detail);
                break;
            case ChainAnswer::Kind::revoked:
                note(FindingCode::sealer_revoked, chain.detail);
                break;
            case ChainAnswer::Kind::unusable_list:
                note(FindingCode::sealer_crl, chain.detail);
                break;
            case ChainAnswer::Kind::test_refused:
                note(FindingCode::sealer_test, chain.detail);
                break;
        }
        return false;
    }

    void note_maker_chain(const ElectronicSeal& seal) {
        const auto chain = anchors_.chain_of(seal.maker, {}, seal.created_at);
        switch (chain.kind) {
            case ChainAnswer::Kind::anchored:
                return note(FindingCode::maker_chain_ok, chain.root->subject());
            case ChainAnswer::Kind::revoked:
                return note(FindingCode::maker_revoked, chain.detail);
            case ChainAnswer::Kind::unusable_list:
                return note(FindingCode::maker_crl, chain.detail);
            case ChainAnswer::Kind::no_anchor:
            case ChainAnswer::Kind::test_refused:
                return note(FindingCode::maker_no_anchor, chain.detail);
        }
    }

    void note_time_stamp(const std::optional<Bytes>& bytes, BytesView stamped) {
        if (!bytes) return note(FindingCode::time_stamp_absent);
        const auto stamp = read_time_stamp(*bytes);
        if (!stamp) return note(FindingCode::time_stamp_malformed, stamp.error().context);
        const auto checks = check_time_stamp(*stamp, stamped);
        const auto detail = subject_of(stamp->authority) + ", " + stamp->at.format();
        if (!checks.imprint) return note(FindingCode::time_stamp_imprint, detail);
        if (checks.signature != SignatureCheck::holds || !checks.attributes_fit) {
            return note(FindingCode::time_stamp_wrong, std::string(name_of(checks.signature)) + ": " + detail);
        }
        if (!checks.authority_named || !checks.may_stamp || !checks.authority_valid) {
            return note(FindingCode::time_stamp_authority, detail);
        }
        const auto chain = anchors_.chain_of(stamp->authority, stamp->certificates, stamp->at);
        note(chain.kind == ChainAnswer::Kind::anchored ? FindingCode::time_stamp_ok : FindingCode::time_stamp_no_anchor,
             detail);
    }

    void add_signer(const EmbeddedCertificate& signer, const std::string& seal_name, bool anchored) {
        if (!signer.certificate) return;
        answer_.signers.push_back({.certificate = *signer.certificate, .seal_name = seal_name, .anchored = anchored});
    }

    const DocumentAnchors& anchors_;
    Timestamp now_;
    const OfdPackage& package_;
    const OfdSignature& signature_;
    DocumentFindings& findings_;
    SignatureAnswer& answer_;
    BytesView xml_;
};

}  // namespace

SignatureAnswer check_signatures(const VerifyContext& context, const OfdPackage& package,
                                 const OfdSignatures& signatures, DocumentFindings& findings) {
    SignatureAnswer answer;
    if (!signatures.fault.empty()) findings.note(FindingCode::signatures_malformed, signatures.fault);
    const DocumentAnchors anchors(context);
    for (const auto& signature : signatures.signatures) {
        if (signatures.signatures.size() > 1) findings.set_place("signature " + signature.id + ": ");
        if (!signature.fault.empty()) {
            findings.note(FindingCode::signatures_malformed, signature.fault);
            continue;
        }
        SignatureJudge(anchors, context.at, package, signature, findings, answer).run();
    }
    findings.set_place("");
    const auto count = signatures.signatures.size();
    if (count != 0) {
        findings.note(FindingCode::signatures_present, std::to_string(count));
    } else {
        findings.note(FindingCode::signatures_absent);
    }
    return answer;
}

}  // namespace elic
