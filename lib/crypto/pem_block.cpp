#include "crypto/pem_block.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "crypto/openssl_ptr.h"

namespace elic {

Result<Bytes> read_pem_block(BytesView text, std::string_view label, const char* what) {
    const auto bio = openssl::reader_of(text);
    if (bio == nullptr) return openssl::failure(std::string("read a ") + what);
    Bytes der;
    for (int count = 0;; ++count) {
        char* name = nullptr;
        char* header = nullptr;
        unsigned char* block = nullptr;
        long size = 0;
        if (PEM_read_bio(bio.get(), &name, &header, &block, &size) != 1) {
            const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
            const auto reason = openssl::last_error();
            if (count == 1 && at_end) return der;
            return fail(Errc::malformed_certificate, std::string("neither DER nor a PEM ") + what + ": " + reason);
        }
        const bool fine = count == 0 && std::string_view(name) == label;
        if (fine) der.assign(block, block + size);
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_clear_free(block, static_cast<std::size_t>(size));
        if (!fine)
            return fail(Errc::malformed_certificate, std::string("one PEM ") + what + " and nothing else is expected");
    }
}

}  // namespace elic
