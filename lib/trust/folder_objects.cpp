#include "trust/folder_objects.h"

#include "elic/crypto/sm3.h"

namespace elic {

Result<SignedObject> read_object(BytesView file, SignatureKind kind, std::size_t limit) {
    auto object = read_signed_object(file, limit);
    if (object && object->kind != kind) {
        return fail(Errc::malformed_trust,
                    std::string(name_of(kind)) + " is expected, this is a " + std::string(name_of(object->kind)));
    }
    return object;
}

Result<SignedDelegation> read_delegation_file(BytesView file) {
    auto object = read_object(file, SignatureKind::delegation, max_delegation_file);
    if (!object) return tl::unexpected(object.error());
    auto delegation = read_delegation(object->content);
    if (!delegation) return tl::unexpected(delegation.error());
    return SignedDelegation{.delegation = std::move(*delegation), .object = std::move(*object)};
}

Result<SignedRollover> read_rollover_file(BytesView file) {
    auto object = read_object(file, SignatureKind::rollover, max_rollover_file);
    if (!object) return tl::unexpected(object.error());
    auto rollover = read_rollover(*object);
    if (!rollover) return tl::unexpected(rollover.error());
    return SignedRollover{.rollover = std::move(*rollover), .object = std::move(*object)};
}

Result<SignedGenuineList> read_genuine_file(BytesView file) {
    auto object = read_object(file, SignatureKind::genuine_list, max_genuine_file);
    if (!object) return tl::unexpected(object.error());
    auto list = read_genuine_list(object->content);
    if (!list) return tl::unexpected(list.error());
    return SignedGenuineList{.list = std::move(*list), .object = std::move(*object)};
}

Result<PublishedStatus> read_published_status(const std::vector<Bytes>& files) {
    auto object = read_object(files.front(), SignatureKind::status_list, max_status_file);
    if (!object) return tl::unexpected(object.error());
    auto list = read_status_list(object->content);
    if (!list) return tl::unexpected(list.error());
    PublishedStatus status{.list = std::move(*list), .files = {}};
    status.files.push_back({.object = std::move(*object), .as_of = status.list.as_of});
    for (std::size_t n = 1; n < files.size(); ++n) {
        auto next = read_object(files[n], SignatureKind::status_delta, max_status_file);
        if (!next) return tl::unexpected(next.error());
        auto delta = read_status_delta(next->content);
        if (!delta) return tl::unexpected(delta.error());
        if (delta->previous != sm3(files[n - 1])) {
            return fail(Errc::malformed_trust,
                        "delta " + std::to_string(delta->number) + " does not go on from the file before it");
        }
        auto after = apply_status_delta(std::move(status.list), *delta);
        if (!after) return tl::unexpected(after.error());
        status.list = std::move(*after);
        status.files.push_back({.object = std::move(*next), .as_of = delta->as_of});
    }
    return status;
}

}  // namespace elic
