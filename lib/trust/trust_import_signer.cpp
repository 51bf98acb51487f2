#include <algorithm>

#include "trust/folder_names.h"
#include "trust/import_objects.h"

// Who may have signed an object that is taken in. Whether it is to be relied on is judged in verify/; here it is enough
// that something in the folder names the certificate for that body and that kind, so that a stranger's file takes
// nobody's place.

namespace elic {

namespace {

constexpr std::size_t max_height = 8;     ///< delegations above a body, as verify/ has it
constexpr std::size_t max_rollovers = 8;  ///< one after the other

/// The certificate when this standing names it for the kind; a body's own roll-over stands for the certificate before.
std::optional<Certificate> named_certificate(const ImportState& state, const ImportStanding& standing,
                                             const Digest& signer, SignatureKind kind) {
    Digest named = signer;
    std::optional<Certificate> rolled;
    for (std::size_t step = 0; step <= max_rollovers; ++step) {
        if (const auto* listed = standing.body.certificate(named)) {
            if (!listed->may(kind)) return {};
            if (rolled) return rolled;
            for (const auto& carried : standing.carried) {
                if (carried.fingerprint() == signer) return carried;
            }
            return state.certificate(signer);
        }
        const auto bytes = state.read(rollover_name(key_hint(named)), max_rollover_file);
        const auto read = bytes ? read_rollover_file(*bytes) : Result<SignedRollover>(tl::unexpected(bytes.error()));
        if (!read || !(read->rollover.body == standing.body.code) ||
            read->rollover.new_certificate.fingerprint() != named) {
            return {};
        }
        if (!rolled) rolled = read->rollover.new_certificate;
        named = read->rollover.old_fingerprint;
    }
    return {};
}

void add_once(std::vector<Uscc>& codes, const Uscc& code) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
}

}  // namespace

tl::unexpected<Error> refuse(const Incoming& file, Errc code, const std::string& what) {
    return fail(code, file.name + ": " + what);
}

tl::unexpected<Error> refuse_older(const Incoming& file, const std::string& kind, std::uint64_t number,
                                   std::uint64_t there) {
    if (number == there) {
        return refuse(file, Errc::malformed_trust,
                      "another " + kind + " of number " + std::to_string(number) +
                          " is there: ask who made it which one counts; the next one needs a higher number");
    }
    return refuse(file, Errc::malformed_trust,
                  "older than what is there (number " + std::to_string(number) + ", the folder has " +
                      std::to_string(there) + "): leave it out, or get the newest");
}

Result<Certificate> find_signer(const ImportState& state, const Incoming& file, const SignedObject& object,
                                const std::vector<Uscc>& bodies) {
    for (const auto& code : bodies) {
        for (const auto& standing : state.standings(code)) {
            const auto certificate = named_certificate(state, standing, object.signer, object.kind);
            if (!certificate) continue;
            if (object.holds(certificate->public_key())) return *certificate;
            return refuse(file, Errc::malformed_trust, "its signature does not hold: it was altered; fetch it again");
        }
    }
    return refuse(file, Errc::not_found,
                  "no trust list or delegation here names its signer's certificate for " + bodies.front().text() +
                      " and for " + std::string(name_of(object.kind)) +
                      ": import the list or delegation that does together with it");
}

std::vector<Uscc> publishers_for(const ImportState& state, const Uscc& body) {
    std::vector<Uscc> codes{body};
    std::size_t begin = 0;
    for (std::size_t height = 0; height < max_height; ++height) {
        const auto end = codes.size();
        for (; begin < end; ++begin) {
            for (const auto& parent : state.parents(codes[begin])) add_once(codes, parent);
        }
    }
    for (const auto& standing : state.standings(body)) {
        if (standing.body.successor) add_once(codes, standing.body.successor->code);
    }
    return codes;
}

}  // namespace elic
