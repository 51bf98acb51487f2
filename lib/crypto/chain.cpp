#include "crypto/certificate_impl.h"
#include "elic/crypto/certificate.h"

namespace elic {

namespace {

constexpr int max_depth = 6;

using Stack = std::unique_ptr<STACK_OF(X509), decltype([](STACK_OF(X509) * stack) { sk_X509_free(stack); })>;

/// OpenSSL takes notAfter itself as past; RFC 5280, 4.1.2.5 and Certificate::valid_at include it.
int accept_last_second(int fine, X509_STORE_CTX* context) {
    if (fine != 0 || X509_STORE_CTX_get_error(context) != X509_V_ERR_CERT_HAS_EXPIRED) return fine;
    const auto at = X509_VERIFY_PARAM_get_time(X509_STORE_CTX_get0_param(context));
    const X509* certificate = X509_STORE_CTX_get_current_cert(context);
    if (ASN1_TIME_cmp_time_t(X509_get0_notAfter(certificate), at) != 0) return 0;
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}

/// The one of `roots` that the verified chain ended in.
Result<Certificate> reached_root(X509_STORE_CTX* context, std::span<const Certificate> roots) {
    STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context);
    const int count = sk_X509_num(chain);
    if (count > 0) {
        const X509* last = sk_X509_value(chain, count - 1);
        for (const auto& root : roots) {
            if (X509_cmp(last, root.impl().x509.get()) == 0) return root;
        }
    }
    return fail(Errc::chain_broken, "the chain ends in no root that was given");
}

}  // namespace

Result<Certificate> verify_chain(const Certificate& leaf, std::span<const Certificate> intermediates,
                                 std::span<const Certificate> roots, Timestamp at) {
    for (const auto& root : roots) {
        if (!(root == leaf)) continue;
        if (!leaf.valid_at(at)) return fail(Errc::chain_broken, leaf.subject() + " was not valid at " + at.format());
        return root;
    }
    const openssl::X509Store store(X509_STORE_new());
    const openssl::X509StoreContext context(X509_STORE_CTX_new());
    const Stack untrusted(sk_X509_new_null());
    if (store == nullptr || context == nullptr || untrusted == nullptr) return openssl::failure("chain");
    for (const auto& root : roots) {
        if (X509_STORE_add_cert(store.get(), root.impl().x509.get()) != 1) return openssl::failure("chain");
    }
    for (const auto& certificate : intermediates) {
        if (sk_X509_push(untrusted.get(), certificate.impl().x509.get()) <= 0) return openssl::failure("chain");
    }
    if (X509_STORE_CTX_init(context.get(), store.get(), leaf.impl().x509.get(), untrusted.get()) != 1)
        return openssl::failure("chain");
    auto* parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
    X509_VERIFY_PARAM_set_depth(parameters, max_depth);
    X509_VERIFY_PARAM_set_time(parameters, static_cast<time_t>(at.unix_seconds()));
    X509_STORE_CTX_set_verify_cb(context.get(), accept_last_second);
    if (X509_verify_cert(context.get()) != 1) {
        const int code = X509_STORE_CTX_get_error(context.get());
        const std::string reason = X509_verify_cert_error_string(code);
        const int depth = X509_STORE_CTX_get_error_depth(context.get());
        openssl::last_error();
        return fail(Errc::chain_broken,
                    reason + " (certificate " + std::to_string(depth) + " from " + leaf.subject() + ")");
    }
    return reached_root(context.get(), roots);
}

}  // namespace elic
