#include "crypto/pkcs8.h"

#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "base/secret.h"

namespace elic {

namespace {

constexpr std::size_t max_key_bytes = 64 << 10;
constexpr std::size_t max_passphrase_bytes = 1 << 10;
constexpr int written_rounds = 600000;
/// Some seconds. A file that asks for more would hang its reader.
constexpr std::int64_t max_rounds = 10'000'000;

using KeyDocument = std::unique_ptr<PKCS8_PRIV_KEY_INFO, openssl::Freed<PKCS8_PRIV_KEY_INFO_free>>;  // PrivateKeyInfo
using Encrypted = std::unique_ptr<X509_SIG, openssl::Freed<X509_SIG_free>>;  // its encrypted form
using Pbes2 = std::unique_ptr<PBE2PARAM, openssl::Freed<PBE2PARAM_free>>;
using Pbkdf2 = std::unique_ptr<PBKDF2PARAM, openssl::Freed<PBKDF2PARAM_free>>;

struct Block {
    bool encrypted = false;
    Secret der;
};

/// Goes over blocks of other kinds, as the curve's parameters that some tools write first.
Result<Block> read_block(BytesView pem) {
    if (pem.size() > max_key_bytes) return fail(Errc::limit_exceeded, "a key file is at most 64 KiB");
    const auto bio = openssl::reader_of(pem);
    if (bio == nullptr) return openssl::failure("read a key");
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* der = nullptr;
    long size = 0;
    while (PEM_read_bio(bio.get(), &name, &header, &der, &size) == 1) {
        const std::string kind(name);
        Block block{.encrypted = kind == "ENCRYPTED PRIVATE KEY",
                    .der = Secret(BytesView(der, static_cast<std::size_t>(size)))};
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(der, static_cast<std::size_t>(size));
        if (block.encrypted || kind == "PRIVATE KEY") return block;
        if (kind.ends_with("PRIVATE KEY")) {
            return fail(Errc::malformed_key,
                        "'" + kind + "' is not PKCS#8: convert it with openssl pkcs8 -topk8 -in KEY -out NEW");
        }
    }
    return fail(Errc::malformed_key, "not a PEM PKCS#8 private key: " + openssl::last_error());
}

tl::unexpected<Error> unknown_scheme(const std::string& what) {
    openssl::last_error();
    return fail(Errc::malformed_key,
                "the key is encrypted with " + what +
                    ", which is not supported: decrypt it with the tool that made it, then encrypt it with openssl "
                    "pkcs8 -topk8 (PBES2, PBKDF2 with HMAC-SHA-256, AES-256-CBC)");
}

std::string name_of_algorithm(const ASN1_OBJECT* algorithm) {
    char text[80] = {};
    OBJ_obj2txt(text, sizeof text, algorithm, 0);
    return text;
}

/// Looks at the scheme before OpenSSL runs it, so that "wrong passphrase" means that and nothing else.
Status check_scheme(const X509_ALGOR* algorithm) {
    const auto pbes2_of = [](const X509_ALGOR* from) {
        return Pbes2(static_cast<PBE2PARAM*>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), from->parameter)));
    };
    if (OBJ_obj2nid(algorithm->algorithm) != NID_pbes2) return unknown_scheme(name_of_algorithm(algorithm->algorithm));
    const Pbes2 scheme = pbes2_of(algorithm);
    if (scheme == nullptr) return unknown_scheme("PBES2 parameters that cannot be read");
    const X509_ALGOR* derivation = scheme->keyfunc;
    if (OBJ_obj2nid(derivation->algorithm) != NID_id_pbkdf2)
        return unknown_scheme(name_of_algorithm(derivation->algorithm));
    if (EVP_get_cipherbyobj(scheme->encryption->algorithm) == nullptr)
        return unknown_scheme(name_of_algorithm(scheme->encryption->algorithm));
    const Pbkdf2 pbkdf2(
        static_cast<PBKDF2PARAM*>(ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), derivation->parameter)));
    if (pbkdf2 == nullptr) return unknown_scheme("PBKDF2 parameters that cannot be read");
    if (pbkdf2->prf != nullptr) {
        const int prf = OBJ_obj2nid(pbkdf2->prf->algorithm);
        int cipher = 0;
        int digest = 0;
        if (EVP_PBE_find(EVP_PBE_TYPE_PRF, prf, &cipher, &digest, nullptr) != 1)
            return unknown_scheme(name_of_algorithm(pbkdf2->prf->algorithm));
    }
    std::int64_t rounds = 0;
    if (ASN1_INTEGER_get_int64(&rounds, pbkdf2->iter) != 1 || rounds < 1 || rounds > max_rounds) {
        openssl::last_error();
        return fail(Errc::limit_exceeded, "the key's PBKDF2 rounds are not 1 to " + std::to_string(max_rounds));
    }
    return {};
}

Result<KeyDocument> decrypt(BytesView der, BytesView passphrase) {
    const unsigned char* at = der.data();
    const Encrypted encrypted(d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (encrypted == nullptr || at != der.data() + der.size())
        return fail(Errc::malformed_key, "not an encrypted PKCS#8 key: " + openssl::last_error());
    const X509_ALGOR* algorithm = nullptr;
    X509_SIG_get0(encrypted.get(), &algorithm, nullptr);
    if (auto known = check_scheme(algorithm); !known) return tl::unexpected(known.error());
    if (passphrase.empty()) return fail(Errc::wrong_passphrase, "the key is encrypted: give its passphrase");
    if (passphrase.size() > max_passphrase_bytes)
        return fail(Errc::limit_exceeded, "a passphrase has at most 1024 bytes");
    KeyDocument document(PKCS8_decrypt(encrypted.get(), reinterpret_cast<const char*>(passphrase.data()),
                                       static_cast<int>(passphrase.size())));
    if (document == nullptr) {
        openssl::last_error();
        return fail(Errc::wrong_passphrase, "the passphrase does not open the key");
    }
    return document;
}

Result<KeyDocument> read_plain(BytesView der) {
    const unsigned char* at = der.data();
    KeyDocument document(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size())));
    if (document == nullptr || at != der.data() + der.size())
        return fail(Errc::malformed_key, "not a PKCS#8 key: " + openssl::last_error());
    return document;
}

}  // namespace

Result<openssl::Key> read_pkcs8(BytesView pem, BytesView passphrase) {
    const auto block = read_block(pem);
    if (!block) return tl::unexpected(block.error());
    const auto document = block->encrypted ? decrypt(block->der.view(), passphrase) : read_plain(block->der.view());
    if (!document) return tl::unexpected(document.error());
    openssl::Key key(EVP_PKCS82PKEY(document->get()));
    if (key == nullptr)
        return fail(Errc::malformed_key, "the key in the PKCS#8 is not sound: " + openssl::last_error());
    return key;
}

Result<Bytes> write_encrypted_pkcs8(EVP_PKEY* key, BytesView passphrase) {
    if (passphrase.empty()) return fail(Errc::bad_argument, "the passphrase is empty");
    if (passphrase.size() > max_passphrase_bytes)
        return fail(Errc::limit_exceeded, "a passphrase has at most 1024 bytes");
    const KeyDocument document(EVP_PKEY2PKCS8(key));
    if (document == nullptr) return openssl::failure("PKCS#8");
    X509_ALGOR* scheme = PKCS5_pbe2_set_iv(EVP_aes_256_cbc(), written_rounds, nullptr, 16, nullptr, NID_hmacWithSHA256);
    if (scheme == nullptr) return openssl::failure("PBES2");
    const Encrypted encrypted(PKCS8_set0_pbe(reinterpret_cast<const char*>(passphrase.data()),
                                             static_cast<int>(passphrase.size()), document.get(), scheme));
    if (encrypted == nullptr) {
        X509_ALGOR_free(scheme);
        return openssl::failure("PBES2");
    }
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    char* memory = nullptr;
    if (bio == nullptr || PEM_write_bio_PKCS8(bio.get(), encrypted.get()) != 1) return openssl::failure("write a key");
    const long size = BIO_get_mem_data(bio.get(), &memory);
    return Bytes(memory, memory + size);
}

}  // namespace elic
