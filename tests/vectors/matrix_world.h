#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "elic/trust/delegation.h"
#include "elic/trust/status_list.h"
#include "elic/verify/finding.h"
#include "unit/verify/tree_world.h"

namespace elic::test {

// The world of the matrix vectors: a TEST root, an authority below it that certifies bodies, a certificate that signs
// trust lists. The list names a province and another body; the province delegates to a city, the city to a county,
// which issues and publishes. Keys are fixed ones; certificates are made with each run.

struct MatrixKeys {
    PilotCa root, authority, stranger_root;
    KeyAndCertificate list_signer, list_signer_ended, province, city, county, county_next, county_early, county_late,
        publisher, other, stranger, list_signer_below;
};

MatrixKeys make_matrix_keys();

/// A further fixed key with a certificate of the root, made for codes.
KeyAndCertificate certified_by_root(const MatrixKeys& keys, int key_number, const char* subject);

/// One vector before it is written: everything that is said in it, open to change.
struct Scene {
    const MatrixKeys& keys;
    Timestamp at = world_time();
    std::optional<Timestamp> now = {};
    std::vector<std::string> pins;  ///< lines of a pin file
    std::vector<std::string> seen;  ///< lines of a memory after its first
    bool allow_missing_status = false;
    TrustListContent list;
    const KeyAndCertificate* list_by = nullptr;
    std::vector<Certificate> list_path = {};  ///< between its signer and its root
    Delegation to_city, to_county;
    const KeyAndCertificate* city_by = nullptr;
    const KeyAndCertificate* county_by = nullptr;
    std::optional<StatusListContent> status = {};
    const KeyAndCertificate* status_by = nullptr;
    Metadata license;
    const KeyAndCertificate* license_by = nullptr;
    SignatureKind license_as = SignatureKind::payload;
    std::map<std::string, Bytes> more = {};                          ///< further files
    std::function<void(std::map<std::string, Bytes>&)> tamper = {};  ///< with the files, at the end
    std::function<void(Payload&)> tamper_code = {};

    explicit Scene(const MatrixKeys& all);
    Scene(const Scene&) = delete;
    Scene& operator=(const Scene&) = delete;

    Payload code() const;
    std::map<std::string, Bytes> files() const;
    std::string list_file() const;
    /// The license is of the body that the list names, not of the county.
    void issued_by_other();
};

inline std::string delegation_file(const Uscc& parent, const Uscc& child) {
    return "delegations/" + parent.text() + "/" + child.text() + ".elic";
}
inline std::string city_file() { return delegation_file(province_code(), city_code()); }
inline std::string county_file() { return delegation_file(city_code(), county_code()); }
inline std::string status_folder() { return "status/" + county_code().text() + "/1/"; }

/// Signed once for the same words: the vectors share their signatures.
Bytes seal_object(SignatureKind kind, const Bytes& content, const KeyAndCertificate& signer);
Bytes seal_list(const TrustListContent& content, const KeyAndCertificate& signer,
                const std::vector<Certificate>& path = {});
/// Signed as one kind and said to be another.
Bytes seal_wrongly(SignatureKind said, SignatureKind made, const Bytes& content, const KeyAndCertificate& signer);
Bytes seal_list_wrongly(SignatureKind made, const TrustListContent& content, const KeyAndCertificate& signer);

/// The county's issuing key was lost on 22 November.
void lose_key(Scene& scene);
/// A list of genuine issues of the county that names one digest.
void add_genuine_list(Scene& scene, const KeyAndCertificate& signer, const Digest& digest,
                      const char* as_of = "2026-11-21T23:59:59+08:00");
/// Of the scene's license as it is by now.
Digest envelope_digest(const Scene& scene);
/// The county goes over to its next key, which signs the license.
void roll_over(Scene& scene, Timestamp from);

/// A revocation list of `signer` in the folder, with one certificate (or none).
void add_revocation_list(Scene& scene, const PilotCa& signer, const Certificate* revoked, const char* when,
                         RevocationReason reason = RevocationReason::superseded,
                         const char* next_update = "2026-12-20T00:00:00+08:00");

/// Another content under the signature of the one before.
Bytes with_content(const Bytes& file, const Bytes& content);

/// A vector: `more` and `ok` scenes are outside the matrix.
struct MatrixVector {
    std::string name;
    std::string what;
    FindingCode finding;  ///< decides; where the verdict is valid, the one that matters
    std::function<void(Scene&)> change;
};

std::vector<MatrixVector> matrix_of_lists();     ///< trust-list, delegation, status
std::vector<MatrixVector> matrix_of_licenses();  ///< certificate, license
std::vector<MatrixVector> beside_the_matrix();   ///< ok, more

}  // namespace elic::test
