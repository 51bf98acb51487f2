#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

/// A list of the openssl command (testdata/revocation), and the certificate of the authority that made it.
Bytes published_file(const char* name) {
    return read_file(std::string(ELIC_SOURCE_DIR) + "/testdata/revocation/" + name, 1 << 20).value();
}

}  // namespace

TEST_CASE("A revocation list is taken in when a list names its authority, and its signature holds") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto crl = published_file("list.pem");
    const auto authority = Certificate::parse(published_file("ca.pem")).value();
    CHECK(w.refusal({crl}).code == Errc::not_found);
    w.world.source.content.number = 8;
    w.world.source.content.intermediates = {authority.fingerprint()};
    w.world.source.certificates.push_back(authority);
    REQUIRE(w.build());
    // The signature stands at the end: another character in the last full line of the PEM.
    auto altered = crl;
    auto& character = altered[altered.size() - 60];
    character = character == 'A' ? 'B' : 'A';
    CHECK(w.refusal({altered}).code == Errc::malformed_trust);
    const auto report = w.take({crl}).value();
    const auto name = revocation_name(sm3(crl));
    CHECK(has_line(report, "added " + name));
    const auto trust = w.open();
    CHECK(trust.revocation_lists(authority.subject()).value().size() == 1);
    CHECK(trust.revocation_lists("CN=nobody").value().empty());
    CHECK_FALSE(w.take({crl}).value().changed);
    w.damage(name);
    const auto damaged = w.open();
    CHECK(damaged.revocation_lists(authority.subject()).value().empty());
    CHECK(damaged.passed_over().size() == 1);
}
