#include "elic/issue/kept_sealer.h"

#include <algorithm>
#include <mutex>

#include "base/custody.h"
#include "base/file.h"
#include "base/hex.h"
#include "codec/json.h"
#include "elic/crypto/sm3.h"
#include "elic/document/electronic_seal.h"
#include "elic/document/sign_document.h"

namespace elic {

namespace {

constexpr std::size_t max_record = 4096;
constexpr Micrometres micrometres_per_mm = 1000;

/// What is kept of one document.
struct SealRecord {
    Timestamp at;
    Digest digest{};  ///< e = SM3(Z || what is signed)
    Sm2Signature signature{};
};

/// Signs as another does, and remembers what.
class RecordingSigner final : public Signer {
public:
    explicit RecordingSigner(Signer& signer) : signer_(signer) {}
    const PublicKey& public_key() const override { return signer_.public_key(); }
    Result<Sm2Signature> sign_digest(const Digest& e) override {
        auto signature = signer_.sign_digest(e);
        if (signature) {
            digest = e;
            made = *signature;
        }
        return signature;
    }
    Digest digest{};
    Sm2Signature made{};

private:
    Signer& signer_;
};

/// Has no key: gives the signature that was made before, for the same content only.
class ReplayingSigner final : public Signer {
public:
    ReplayingSigner(PublicKey key, const SealRecord& record) : key_(std::move(key)), record_(record) {}
    const PublicKey& public_key() const override { return key_; }
    Result<Sm2Signature> sign_digest(const Digest& e) override {
        if (e == record_.digest) return record_.signature;
        return fail(Errc::signer_failed,
                    "the document is not the one that was sealed: it was drawn with other fonts, another layout, "
                    "portrait or seal, or by another version of this program");
    }

private:
    PublicKey key_;
    const SealRecord& record_;
};

Result<SealRecord> read_record(const std::filesystem::path& file) {
    auto bytes = read_file(file, max_record);
    if (!bytes) return tl::unexpected(bytes.error());
    auto json = read_json(as_text(*bytes), max_record);
    if (!json) return fail_in(file.string(), json.error());
    auto object = JsonObject::open(*json, "");
    if (!object) return fail_in(file.string(), object.error());
    auto at_text = object->text("sealed_at"), digest = object->text("digest"), signature = object->text("signature");
    if (!at_text || !digest || !signature) return fail(Errc::malformed_json, file.string() + ": damaged");
    auto at = Timestamp::parse(*at_text);
    auto e = from_hex(*digest), made = from_hex(*signature);
    if (!at || !e || !made || e->size() != Digest().size() || made->size() != Sm2Signature().size())
        return fail(Errc::malformed_json, file.string() + ": damaged");
    SealRecord record{.at = *at};
    std::ranges::copy(*e, record.digest.begin());
    std::ranges::copy(*made, record.signature.begin());
    return record;
}

class KeptSealer final : public DocumentSealer {
public:
    KeptSealer(const SealerPlan& plan, SealPicture picture) : plan_(plan), picture_(std::move(picture)) {}

    const Bytes& picture() const override { return picture_.bytes; }
    Micrometres width() const override { return static_cast<Micrometres>(picture_.width_mm) * micrometres_per_mm; }
    Micrometres height() const override { return static_cast<Micrometres>(picture_.height_mm) * micrometres_per_mm; }

    Result<std::vector<Part>> seal(std::vector<Part> parts, const LicenseId& id, const std::string& page_id,
                                   const Box& boundary) override {
        const std::lock_guard lock(sealing_);  // a signer is for one thread
        const auto file = record_file(id);
        if (!file_exists(file)) {
            auto made = seal_first(parts, id, page_id, boundary, file);
            // Another process may have come first: then its signature counts.
            if (made || made.error().code != Errc::already_exists) return made;
        }
        auto record = read_record(file);
        if (!record) return tl::unexpected(record.error());
        ReplayingSigner signer(plan_.sealer.public_key(), *record);
        return sign_document(std::move(parts), sealing(record->at, page_id, boundary), signer);
    }

private:
    /// Spread over 256 folders.
    std::filesystem::path record_file(const LicenseId& id) const {
        const auto folder = to_hex(sm3(as_bytes(id.text()))).substr(0, 2);
        return plan_.kept / folder / (id.text() + ".json");
    }

    SealingPlan sealing(Timestamp at, const std::string& page_id, const Box& boundary) const {
        return {.seal = plan_.seal, .sealer = plan_.sealer, .at = at, .page_id = page_id, .boundary = boundary};
    }

    Result<std::vector<Part>> seal_first(const std::vector<Part>& parts, const LicenseId& id,
                                         const std::string& page_id, const Box& boundary,
                                         const std::filesystem::path& file) {
        if (plan_.signer == nullptr)
            return fail(Errc::not_found, id.text() +
                                             ": no seal signature is kept; issue the same request again with "
                                             "--format ofd");
        RecordingSigner signer(*plan_.signer);
        const auto at = plan_.clock.now();
        auto sealed = sign_document(parts, sealing(at, page_id, boundary), signer);
        if (!sealed) return sealed;
        for (const auto& folder : {plan_.kept, file.parent_path()}) {
            if (auto made = make_private_folder(folder); !made) return tl::unexpected(made.error());
        }
        const Json record{
            {"sealed_at", at.format()}, {"digest", to_hex(signer.digest)}, {"signature", to_hex(signer.made)}};
        auto kept = create_file_durably(file, as_bytes(write_json(record) + "\n"), FileAccess::owner_only);
        if (!kept) return tl::unexpected(kept.error());
        return sealed;
    }

    SealerPlan plan_;
    SealPicture picture_;
    std::mutex sealing_;
};

}  // namespace

Result<std::shared_ptr<DocumentSealer>> open_kept_sealer(const SealerPlan& plan) {
    auto seal = read_electronic_seal(plan.seal);
    if (!seal) return tl::unexpected(seal.error());
    const auto& picture = seal->picture;
    constexpr std::int64_t largest = 200;
    const bool png = picture.bytes.size() > 8 && picture.bytes[0] == 0x89 && picture.bytes[1] == 'P';
    if (!png || picture.width_mm < 1 || picture.width_mm > largest || picture.height_mm < 1 ||
        picture.height_mm > largest)
        return fail(Errc::bad_argument, "the seal's picture is not a PNG of 1 to 200 mm");
    return std::shared_ptr<DocumentSealer>(std::make_shared<KeptSealer>(plan, picture));
}

}  // namespace elic
