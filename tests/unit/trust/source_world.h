#pragma once

#include <catch2/catch.hpp>
#include <functional>

#include "codec/json.h"
#include "unit/trust/trust_world.h"

namespace elic {

/// A folder with the files that a source names, and a source that reads.
struct SourceFolder {
    SourceFolder() : world(make_world()) {
        put("root.pem", world.ca.certificate.pem());
        put("office.cer", world.office.certificate.der());
        put("other.pem", world.other.certificate.pem());
        put("area.json", as_bytes(area_pack_json));
        put("masked.json", as_bytes(masked_pack_json));
        json = read_json(R"({"format": "elic trust source 1", "number": 3, "roots": ["root.pem"],
            "packs": ["area.json", "masked.json"],
            "bodies": [{"code": "", "name": "示例市住房和城乡建设局", "hosts": ["verify.example"],
                        "certificates": [{"file": "office.cer"}],
                        "types": [{"types": ["11100000000013338W991"], "areas": ["430100"], "from": "2026-01-01"}]}]})")
                   .value();
        json["bodies"][0]["code"] = office_code().text();
    }

    void put(const std::string& name, BytesView bytes) { REQUIRE(write_file_durably(folder / name, bytes)); }
    Result<TrustSource> read() const {
        return read_trust_source(as_bytes(write_json(json)), folder.path(), world_time());
    }
    /// The same body under other_code(), by itself.
    void as_delegation() {
        json = Json{{"format", "elic delegation source 1"},
                    {"parent", other_code().text()},
                    {"packs", json["packs"]},
                    {"body", json["bodies"][0]}};
    }
    Result<Delegation> read_delegation() const {
        return read_delegation_source(as_bytes(write_json(json)), folder.path(), world_time());
    }
    Json& body() { return json["bodies"][0]; }
    Json& certificate() { return body()["certificates"][0]; }
    Json& types() { return body()["types"][0]; }

    TrustWorld world;
    TemporaryFolder folder;
    Json json;
};

}  // namespace elic
