#include "trust/folder_names.h"
#include "trust/folder_objects.h"
#include "unit/trust/import_world.h"
#include "unit/trust/unlistable_folder.h"

using namespace elic;

// Roll-overs, status lists, lists of genuine issues and revocation lists of an opened folder.

namespace {

struct StoredObjects : ImportWorld {
    StoredObjects() { REQUIRE(build()); }

    /// A file of more bytes than are read, none of which is on the disk.
    void put_too_large(const std::string& name, std::size_t limit) const {
        put(name, {});
        std::filesystem::resize_file(file(name), limit + 1);
    }
    KeyHint hint() const { return key_hint(city_key.certificate.fingerprint()); }
    std::string rollover_place() const { return rollover_name(hint()); }
    Bytes rollover() { return rollover_file(city_key, world.office); }
    Bytes list(std::uint64_t number) { return list_file(status(province(), number), world.office); }
};

template <class Read>
void check_unreadable(const Read& read, const std::string& what) {
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::io);
    CHECK_THAT(read.error().context, Catch::Contains(what));
}

void check_passed(const TrustFolder& trust, Errc code, const std::string& name) {
    REQUIRE(trust.passed_over().size() == 1);
    CHECK(trust.passed_over()[0].code == code);
    CHECK_THAT(trust.passed_over()[0].context, Catch::StartsWith(name + ": "));
}

}  // namespace

TEST_CASE("A part that a folder does not have is empty, one that cannot be listed is an error") {
    StoredObjects w;
    const auto trust = w.open();
    CHECK(trust.rollovers().value().empty());
    CHECK(trust.status_lists().value().empty());
    CHECK(trust.status(province(), 1).error().code == Errc::not_found);
    CHECK(trust.genuine_issuers().value().empty());
    CHECK(trust.genuine_lists(province()).value().empty());
    CHECK(trust.revocation_lists("CN=nobody").value().empty());
    CHECK(trust.passed_over().empty());
    for (const char* part : {"rollovers", "status", "genuine", "revocation"}) make_unlistable(w.file(part));
    const auto other = w.open();
    check_unreadable(other.rollovers(), "rollovers: cannot be listed");
    check_unreadable(other.status_lists(), "status: cannot be listed");
    check_unreadable(other.status(province(), 1), "cannot be listed");
    check_unreadable(other.genuine_issuers(), "genuine: cannot be listed");
    check_unreadable(other.genuine_lists(province()), "cannot be listed");
    check_unreadable(other.all_revocation_lists(), "revocation: cannot be listed");
    check_unreadable(other.revocation_lists("CN=nobody"), "revocation: cannot be listed");
}

TEST_CASE("A file that cannot be read is an error, not a file that is passed over") {
    StoredObjects w;
    const auto genuine = genuine_name(province(), Digest{});
    for (const auto& name : {w.rollover_place(), status_list_name(province(), 1, 1), genuine, revocation_name({})}) {
        w.block(name);
    }
    const auto trust = w.open();
    check_unreadable(trust.rollover(w.hint()), w.rollover_place());
    check_unreadable(trust.rollovers(), w.rollover_place());
    check_unreadable(trust.status(province(), 1), status_list_name(province(), 1, 1));
    check_unreadable(trust.genuine_lists(province()), genuine);
    check_unreadable(trust.all_revocation_lists(), revocation_name({}));
    CHECK(trust.passed_over().empty());
    make_unlistable(w.file("status") / stranger().text());
    check_unreadable(w.open().status_lists(), stranger().text() + ": cannot be listed");
}

TEST_CASE("A roll-over that is not there is none, and nothing is told of it") {
    StoredObjects w;
    const auto trust = w.open();
    CHECK_FALSE(trust.rollover(w.hint()).value());
    CHECK(trust.passed_over().empty());
}

TEST_CASE("A roll-over that is too large or another than its name says is passed over and told") {
    StoredObjects w;
    SECTION("too large") {
        w.put_too_large(w.rollover_place(), max_rollover_file);
        const auto trust = w.open();
        CHECK_FALSE(trust.rollover(w.hint()).value());
        check_passed(trust, Errc::limit_exceeded, w.rollover_place());
    }
    SECTION("of another certificate") {
        w.put(w.rollover_place(), w.rollover_file(w.county_key, w.world.office));
        const auto trust = w.open();
        CHECK(trust.rollovers().value().empty());
        check_passed(trust, Errc::malformed_trust, w.rollover_place());
    }
}

TEST_CASE("Files of other names are passed by, and nothing is told of them") {
    StoredObjects w;
    w.put(w.rollover_place(), w.rollover());
    const auto genuine = ImportWorld::genuine_file(province(), w.world.office);
    w.put(genuine_name(province(), sm3(genuine)), genuine);
    const auto revocation = w.revocation_file(w.world.ca);
    w.put(revocation_name(sm3(revocation)), revocation);
    w.put(status_list_name(province(), 1, 1), w.list(1));
    for (const auto& folder :
         {std::string("rollovers"), status_folder(province(), 1), genuine_folder(province()), std::string("revocation"),
          "status/" + province().text(), std::string("status"), std::string("genuine")}) {
        w.put(folder + "/notes.txt", as_bytes("x"));
    }
    const auto trust = w.open();
    CHECK(trust.rollovers().value().size() == 1);
    CHECK(trust.status(province(), 1).value().list.number == 1);
    CHECK(trust.status_lists().value() == std::vector<std::pair<Uscc, std::uint64_t>>{{province(), 1}});
    CHECK(trust.genuine_issuers().value() == std::vector<Uscc>{province()});
    CHECK(trust.genuine_lists(province()).value().size() == 1);
    CHECK(trust.all_revocation_lists().value().size() == 1);
    CHECK(trust.passed_over().empty());
}

TEST_CASE("Status lists are named in the order of their numbers, and so are deltas read: 10 comes after 9") {
    StoredObjects w;
    const auto full = w.list(8);
    const auto ninth = ImportWorld::delta_file(province(), 9, full, w.world.office);
    const auto tenth = ImportWorld::delta_file(province(), 10, ninth, w.world.office);
    w.put(status_list_name(province(), 1, 8), full);
    w.put(status_delta_name(province(), 1, 9), ninth);
    w.put(status_delta_name(province(), 1, 10), tenth);
    w.put(status_list_name(province(), 9, 1), full);
    w.put(status_list_name(province(), 10, 1), full);
    const auto trust = w.open();
    CHECK(trust.status(province(), 1).value().list.number == 10);
    CHECK(trust.status_lists().value() ==
          std::vector<std::pair<Uscc, std::uint64_t>>{{province(), 1}, {province(), 9}, {province(), 10}});
}

TEST_CASE("Of a status list only the newest full one and the deltas after it count") {
    StoredObjects w;
    const auto first = w.list(1);
    w.put(status_list_name(province(), 1, 1), first);
    w.put(status_delta_name(province(), 1, 2), ImportWorld::delta_file(province(), 2, first, w.world.office));
    w.put(status_delta_name(province(), 1, 3), ImportWorld::delta_file(province(), 3, first, w.world.office));
    const auto third = w.list(3);
    w.put(status_list_name(province(), 1, 3), third);
    auto status = w.open().status(province(), 1).value();
    CHECK(status.list.number == 3);
    CHECK(status.files.size() == 1);
    w.put(status_delta_name(province(), 1, 4), ImportWorld::delta_file(province(), 4, third, w.world.office));
    status = w.open().status(province(), 1).value();
    CHECK(status.list.number == 4);
    CHECK(status.files.size() == 2);
}

TEST_CASE("Deltas without a full list are no status list") {
    StoredObjects w;
    w.put(status_delta_name(province(), 1, 2), ImportWorld::delta_file(province(), 2, {}, w.world.office));
    const auto status = w.open().status(province(), 1);
    REQUIRE_FALSE(status);
    CHECK(status.error().code == Errc::not_found);
    CHECK_THAT(status.error().context, Catch::Contains("no status list 1 of " + province().text()));
}

TEST_CASE("A status list is the one of the issuer, the list and the number that its name says") {
    StoredObjects w;
    auto content = ImportWorld::status(province(), 2);
    auto issuer = province();
    SECTION("as it is") {}
    SECTION("another issuer") { content.issuer = stranger(); }
    SECTION("another list") { content.list = 2; }
    SECTION("another number") { content.number = 3; }
    const bool same = content.issuer == issuer && content.list == 1 && content.number == 2;
    w.put(status_list_name(issuer, 1, 2), ImportWorld::list_file(content, w.world.office));
    const auto status = w.open().status(issuer, 1);
    REQUIRE(status.has_value() == same);
    if (same) return;
    CHECK(status.error().code == Errc::malformed_trust);
    CHECK(status.error().context == status_folder(issuer, 1) + ": is not the status list that its name says");
}

TEST_CASE("A list of genuine issues that is damaged, too large, or of another issuer or digest is passed over") {
    StoredObjects w;
    const auto good = ImportWorld::genuine_file(province(), w.world.office);
    w.put(genuine_name(province(), sm3(good)), good);
    const auto other = ImportWorld::genuine_file(stranger(), w.world.other);
    auto name = genuine_name(province(), sm3(other));
    auto code = Errc::malformed_trust;
    SECTION("another issuer") { w.put(name, other); }
    SECTION("another digest") { w.put(name, good); }
    SECTION("damaged") { w.put(name, as_bytes("x")); }
    SECTION("too large") {
        code = Errc::limit_exceeded;
        w.put_too_large(name, max_genuine_file);
    }
    const auto trust = w.open();
    CHECK(trust.genuine_lists(province()).value().size() == 1);
    check_passed(trust, code, name);
}

TEST_CASE("A revocation list that is damaged, too large or of another digest is passed over") {
    StoredObjects w;
    const auto good = w.revocation_file(w.world.ca);
    w.put(revocation_name(sm3(good)), good);
    const auto name = revocation_name(Digest{});
    auto code = Errc::malformed_certificate;
    SECTION("another digest") { w.put(name, good); }
    SECTION("damaged") { w.put(name, as_bytes("x")); }
    SECTION("too large") {
        code = Errc::limit_exceeded;
        w.put_too_large(name, max_revocation_file);
    }
    const auto trust = w.open();
    CHECK(trust.revocation_lists(w.world.ca.certificate.subject()).value().size() == 1);
    check_passed(trust, code, name);
}

TEST_CASE("Revocation lists are read once") {
    StoredObjects w;
    const auto good = w.revocation_file(w.world.ca);
    w.put(revocation_name(sm3(good)), good);
    const auto trust = w.open();
    REQUIRE(trust.all_revocation_lists().value().size() == 1);
    std::filesystem::remove(w.file(revocation_name(sm3(good))));
    CHECK(trust.all_revocation_lists().value().size() == 1);
    CHECK(w.open().all_revocation_lists().value().empty());
}
