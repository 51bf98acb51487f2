#include "trust/folder_objects.h"
#include "unit/trust/import_world.h"

using namespace elic;

namespace {

const Bytes no_object = {1, 2, 3};

/// An object of this kind whose content is none.
Bytes hollow(SignatureKind kind, KeyAndCertificate& signer) {
    return sign_object(kind, Bytes{1}, signer.key, signer.certificate).value();
}

Bytes list_of(std::uint64_t number, KeyAndCertificate& signer) {
    return ImportWorld::list_file(ImportWorld::status(province(), number), signer);
}

Bytes delta_after(const Bytes& before, std::uint64_t number, KeyAndCertificate& signer) {
    return ImportWorld::delta_file(province(), number, before, signer);
}

template <typename Object>
void check_refused(const Result<Object>& read, const std::string& why) {
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::malformed_trust);
    CHECK_THAT(read.error().context, Catch::Contains(why));
}

/// What each reader says of what is no object, an object of another kind, and one of its kind without its content.
template <typename Reader>
void check_reader(Reader read, SignatureKind kind, KeyAndCertificate& signer) {
    const auto unlike = kind == SignatureKind::genuine_list ? SignatureKind::rollover : SignatureKind::genuine_list;
    CAPTURE(name_of(kind));
    check_refused(read(no_object), "not a signed object");
    check_refused(read(hollow(unlike, signer)),
                  std::string(name_of(kind)) + " is expected, this is a " + std::string(name_of(unlike)));
    check_refused(read(hollow(kind, signer)), "map of keys");
}

}  // namespace

TEST_CASE("A file of the folder is an object of its kind with the content of its kind") {
    auto world = make_world();
    auto& signer = world.office;
    check_reader(read_delegation_file, SignatureKind::delegation, signer);
    check_reader(read_rollover_file, SignatureKind::rollover, signer);
    check_reader(read_genuine_file, SignatureKind::genuine_list, signer);
    check_reader([](const Bytes& file) { return read_published_status({file}); }, SignatureKind::status_list, signer);
    const auto full = list_of(1, signer);
    check_reader(
        [&](const Bytes& file) {
            return read_published_status({full, file});
        },
        SignatureKind::status_delta, signer);
}

TEST_CASE("A published status list is the list after its deltas, each of which goes on from the file before") {
    auto world = make_world();
    auto& signer = world.office;
    const auto full = list_of(1, signer);
    const auto second = delta_after(full, 2, signer);
    const auto third = delta_after(second, 3, signer);
    const auto status = read_published_status({full, second, third}).value();
    CHECK(status.list.number == 3);
    REQUIRE(status.files.size() == 3);
    CHECK(status.files[0].as_of == ImportWorld::on_hour(1));
    CHECK(status.files[2].as_of == ImportWorld::on_hour(3));
    CHECK(status.files[2].object.kind == SignatureKind::status_delta);
    check_refused(read_published_status({full, third}), "delta 3 does not go on from the file before it");
    const auto fifth = list_of(5, signer);
    check_refused(read_published_status({fifth, delta_after(fifth, 4, signer)}), "the delta's does not count up");
}
