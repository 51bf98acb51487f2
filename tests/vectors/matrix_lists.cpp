#include "vectors/matrix_world.h"

namespace elic::test {

namespace {

using Code = FindingCode;

void flip_last_byte(std::map<std::string, Bytes>& files, const std::string& name) { files.at(name).back() ^= 1; }

std::string seen_line(const std::string& name, int number) {
    return name + " " + std::to_string(number) + " 2026-11-10T00:00:00+08:00";
}

/// Of the county's publisher, as the delegation lists it.
BodyCertificate& publisher(Scene& s) { return s.to_county.body.certificates[1]; }

std::string status_file() { return status_folder() + "9.elic"; }

std::vector<MatrixVector> trust_lists() {
    return {
        {"trust-list-before", "the list comes into force tomorrow", Code::trust_not_yet,
         [](Scene& s) { s.list.not_before = at("2026-11-24T00:00:00+08:00"); }},
        {"trust-list-in", "the list is in force", Code::trust_ok, {}},
        {"trust-list-after", "the list's next update was due a second ago", Code::trust_stale,
         [](Scene& s) { s.list.next_update = at("2026-11-23T09:59:59+08:00"); }},
        {"trust-list-withdrawn", "the certificate that signed the list had ended when it did",
         Code::trust_signer_refused, [](Scene& s) { s.list_by = &s.keys.list_signer_ended; }},
        {"trust-list-compromised",
         "the root revoked the list's signer after it signed: its key was lost, and what it signed counts for nothing",
         Code::trust_signer_refused,
         [](Scene& s) {
             add_revocation_list(s, s.keys.root, &s.keys.list_signer.certificate, "2026-11-20T00:00:00+08:00",
                                 RevocationReason::key_compromise);
         }},
        {"trust-list-missing", "the folder has everything but a list", Code::trust_missing,
         [](Scene& s) { s.tamper = [name = s.list_file()](auto& files) { files.erase(name); }; }},
        {"trust-list-tampered", "a bit of the list's signature is changed", Code::trust_malformed,
         [](Scene& s) { s.tamper = [name = s.list_file()](auto& files) { flip_last_byte(files, name); }; }},
        {"trust-list-rolled-back", "this machine has seen list 8, and is shown list 7", Code::trust_rolled_back,
         [](Scene& s) { s.seen = {seen_line("trust-list " + to_hex(s.list.roots[0]), 8)}; }},
        {"trust-list-wrong-kind", "signed as a delegation and said to be a list", Code::trust_malformed,
         [](Scene& s) {
             s.tamper = [&s](auto& files) {
                 files.at(s.list_file()) = seal_list_wrongly(SignatureKind::delegation, s.list, *s.list_by);
             };
         }},
    };
}

std::vector<MatrixVector> delegations() {
    return {
        {"delegation-before", "the delegation to the county comes into force tomorrow", Code::delegation_not_yet,
         [](Scene& s) { s.to_county.not_before = at("2026-11-24T00:00:00+08:00"); }},
        {"delegation-in", "the county below the city below the province, each vouched for", Code::delegation_ok, {}},
        {"delegation-after", "the next update of the delegation to the county was due a second ago",
         Code::delegation_stale, [](Scene& s) { s.to_county.next_update = at("2026-11-23T09:59:59+08:00"); }},
        {"delegation-withdrawn", "the city's certificate was withdrawn the second before it delegated",
         Code::delegation_signer,
         [](Scene& s) { s.to_city.body.certificates[0].until = at("2026-11-02T23:59:59+08:00"); }},
        {"delegation-compromised", "the city's key was lost after it delegated: what it signed counts for nothing",
         Code::delegation_signer,
         [](Scene& s) { s.to_city.body.certificates[0].compromised_since = at("2026-11-20T00:00:00+08:00"); }},
        {"delegation-missing", "nobody in the folder vouches for the city", Code::delegation_parent,
         [](Scene& s) { s.tamper = [](auto& files) { files.erase(city_file()); }; }},
        {"delegation-tampered", "a bit of the signature of the delegation to the county is changed",
         Code::delegation_signature,
         [](Scene& s) { s.tamper = [](auto& files) { flip_last_byte(files, county_file()); }; }},
        {"delegation-rolled-back", "this machine has seen delegation 6 to the county, and is shown number 5",
         Code::delegation_rolled_back,
         [](Scene& s) {
             s.seen = {seen_line(
                 "delegation " + to_hex(s.list.roots[0]) + " " + city_code().text() + " " + county_code().text(), 6)};
         }},
        {"delegation-wrong-kind", "signed as a status list and said to be a delegation", Code::delegation_signature,
         [](Scene& s) {
             s.tamper = [&s](auto& files) {
                 files.at(county_file()) = seal_wrongly(SignatureKind::delegation, SignatureKind::status_list,
                                                        write_delegation(s.to_county).value(), *s.county_by);
             };
         }},
    };
}

std::vector<MatrixVector> status_lists() {
    return {
        {"status-before", "the list was made before the license, and is current: nothing is known against it",
         Code::status_newer,
         [](Scene& s) {
             s.status->allotted = 42;
             s.status->as_of = at("2026-11-20T09:29:59+08:00");
         }},
        {"status-in", "the list is current and has nothing against the license", Code::status_valid, {}},
        {"status-after", "the list's next update was due a second ago", Code::status_stale,
         [](Scene& s) { s.status->next_update = at("2026-11-23T09:59:59+08:00"); }},
        {"status-withdrawn", "the publisher's certificate was withdrawn the second before the list was made",
         Code::status_signer, [](Scene& s) { publisher(s).until = at("2026-11-22T17:59:59+08:00"); }},
        {"status-compromised", "the publisher's key was lost after the list was made", Code::status_signer,
         [](Scene& s) { publisher(s).compromised_since = at("2026-11-23T00:00:00+08:00"); }},
        {"status-missing", "there is no status list of the county", Code::status_missing,
         [](Scene& s) { s.status.reset(); }},
        {"status-tampered", "a bit of the list's signature is changed", Code::status_signature,
         [](Scene& s) { s.tamper = [](auto& files) { flip_last_byte(files, status_file()); }; }},
        {"status-rolled-back", "this machine has seen list 10, and is shown list 9", Code::status_rolled_back,
         [](Scene& s) {
             s.seen = {seen_line("status " + to_hex(s.list.roots[0]) + " " + county_code().text() + " 1", 10)};
         }},
        {"status-wrong-kind", "signed as a delta and said to be a list", Code::status_signature,
         [](Scene& s) {
             s.tamper = [&s](auto& files) {
                 files.at(status_file()) = seal_wrongly(SignatureKind::status_list, SignatureKind::status_delta,
                                                        write_status_list(*s.status).value(), *s.status_by);
             };
         }},
    };
}

}  // namespace

std::vector<MatrixVector> matrix_of_lists() {
    auto all = trust_lists();
    for (auto&& each : delegations()) all.push_back(std::move(each));
    for (auto&& each : status_lists()) all.push_back(std::move(each));
    return all;
}

}  // namespace elic::test
