#include "trust/folder_names.h"
#include "unit/trust/import_world.h"

using namespace elic;

TEST_CASE("A pack that was damaged in the folder is mended by the one that a list names") {
    ImportWorld w;
    REQUIRE(w.build());
    const auto& [entry, bytes] = w.world.source.pack_files[0];
    const auto name = pack_name(entry.type, entry.version);
    w.damage(name);
    REQUIRE(w.open().pack(entry).error().code == Errc::malformed_pack);
    CHECK(has_line(w.take({bytes}).value(), "replaced " + name));
    CHECK(w.open().pack(entry));
}

TEST_CASE("A pack does not take the place of another one that another list names by the same type and version") {
    ImportWorld w;
    REQUIRE(w.build());
    auto second = make_world();
    std::string json(area_pack_json);
    json.replace(json.find("示例许可证"), std::string("示例许可证").size(), "样例许可证");
    auto& entry = second.source.content.packs[0];
    const auto other = read_type_pack(as_bytes(json)).value();
    entry.digest = other.digest;
    entry.name = other.name;
    const auto list = TrustList::build(second.source.content, second.ca.key, second.ca.certificate, {}).value();
    REQUIRE(w.take({list, second.ca.certificate.der()}));
    const auto refused = w.refusal({Bytes(json.begin(), json.end())});
    CHECK(refused.code == Errc::malformed_trust);
    CHECK(refused.context == "file 1: two lists name different packs as " + pack_name(entry.type, entry.version) +
                                 ": publish a new version of one");
}
