#include <algorithm>

#include "crypto/openssl_ptr.h"
#include "crypto/sm2_field.h"
#include "elic/base/assert.h"
#include "elic/crypto/sm2.h"

namespace elic {

Result<Sm2Signature> signature_from_der(BytesView der) {
    const unsigned char* at = der.data();
    const openssl::Signature parsed(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (parsed == nullptr || at != der.data() + der.size()) {
        openssl::last_error();
        return fail(Errc::malformed_value, "not a DER signature (SEQUENCE of two INTEGERs)");
    }
    Sm2Signature signature{};
    const BIGNUM* r = ECDSA_SIG_get0_r(parsed.get());
    const BIGNUM* s = ECDSA_SIG_get0_s(parsed.get());
    if (BN_is_negative(r) != 0 || BN_is_negative(s) != 0 || BN_bn2binpad(r, signature.data(), 32) != 32 ||
        BN_bn2binpad(s, signature.data() + 32, 32) != 32) {
        openssl::last_error();
        return fail(Errc::malformed_value, "a signature's numbers have at most 32 bytes");
    }
    const BytesView numbers(signature);
    if (!sm2::scalar_from(numbers.first<32>()) || !sm2::scalar_from(numbers.last<32>()))
        return fail(Errc::malformed_value, "a signature's numbers lie in 1 .. n-1");
    const auto again = signature_to_der(signature);
    if (!std::equal(again.begin(), again.end(), der.begin(), der.end()))
        return fail(Errc::malformed_value, "a signature is not in its shortest DER form");
    return signature;
}

Bytes signature_to_der(const Sm2Signature& signature) {
    const openssl::Signature parsed(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(signature.data(), 32, nullptr);
    BIGNUM* s = BN_bin2bn(signature.data() + 32, 32, nullptr);
    ELIC_ASSERT(parsed != nullptr && r != nullptr && s != nullptr && ECDSA_SIG_set0(parsed.get(), r, s) == 1);
    unsigned char* out = nullptr;
    const int size = i2d_ECDSA_SIG(parsed.get(), &out);
    ELIC_ASSERT(size > 0);
    Bytes der(out, out + size);
    OPENSSL_free(out);
    return der;
}

}  // namespace elic
