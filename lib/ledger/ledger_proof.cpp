#include "elic/ledger/ledger_proof.h"

#include <algorithm>

#include "base/hex.h"
#include "codec/json.h"
#include "elic/crypto/sm3.h"
#include "ledger/ledger_impl.h"

namespace elic {

namespace {

constexpr std::string_view proof_format = "elic ledger proof 1";
constexpr std::size_t max_path = 128;

Status check_of(const Ledger& ledger, const Checkpoint& checkpoint) {
    if (checkpoint.origin.identity == ledger.identity() && checkpoint.origin.office == ledger.office()) return {};
    return fail(Errc::bad_argument, "the checkpoint is of another ledger: " + checkpoint.origin.text());
}

Json path_json(const std::vector<Digest>& path) {
    Json json = Json::array();
    for (const auto& node : path) json.push_back(to_hex(node));
    return json;
}

Json event_json(const EventRow& row) {
    Json json;
    for (std::size_t i = 0; i < event_columns; ++i) {
        const auto column = static_cast<Column>(i);
        const std::string name(name_of(column));
        if (const auto number = row.integer(column)) json[name] = *number;
        if (const auto text = row.text(column)) json[name] = std::string(*text);
    }
    return json;
}

Result<std::vector<Digest>> read_path(JsonObject& object) {
    auto texts = object.texts("path");
    if (!texts) return tl::unexpected(texts.error());
    if (texts->size() > max_path) return fail(Errc::limit_exceeded, "path: longer than any tree is high");
    std::vector<Digest> path;
    for (const auto& text : *texts) {
        const auto bytes = from_hex(text);
        if (!bytes || bytes->size() != Digest().size()) {
            return fail(Errc::malformed_value, "path: hashes of 64 hexadecimal digits are expected");
        }
        std::copy(bytes->begin(), bytes->end(), path.emplace_back().begin());
    }
    return path;
}

Result<SignedCheckpoint> checkpoint_in(JsonObject& object, std::string_view key) {
    auto text = object.text(key);
    if (!text) return tl::unexpected(text.error());
    return read_checkpoint(*text);
}

/// The event's fields, whatever they are called, as the leaf has them.
Status read_event(const Json& json, LedgerProof& proof) {
    auto object = JsonObject::open(json, "event");
    if (!object) return tl::unexpected(object.error());
    EventRow row;
    for (std::size_t i = 0; i < event_columns; ++i) {
        const auto column = static_cast<Column>(i);
        const auto* member = object->member(name_of(column));
        if (member == nullptr) continue;
        if (member->is_number_integer()) {
            row.set(column, member->get<std::int64_t>());
        } else if (member->is_string()) {
            row.set(column, std::string_view(member->get_ref<const std::string&>()));
        } else {
            return fail(Errc::malformed_json,
                        "event." + std::string(name_of(column)) + ": a number or text is expected");
        }
    }
    if (auto done = object->finish(); !done) return done;
    proof.number = row.integer(Column::number).value_or(0);
    if (proof.number < 1) return fail(Errc::malformed_value, "event.number: 1 or more is expected");
    proof.kind = row.text(Column::kind).value_or("");
    proof.id = row.text(Column::id).value_or("");
    proof.payload = row.text(Column::payload).value_or("");
    Bytes input;
    row.write_leaf_input(input);
    proof.leaf = sm3(input);
    return {};
}

}  // namespace

Result<std::string> prove_issued(const Ledger& ledger, const LicenseId& id, const SignedCheckpoint& checkpoint) {
    if (auto fine = check_of(ledger, checkpoint.checkpoint); !fine) return tl::unexpected(fine.error());
    auto event = ledger.issued_event(id);
    if (!event) return tl::unexpected(event.error());
    if (static_cast<std::uint64_t>(event->number) > checkpoint.checkpoint.head.size) {
        return fail(Errc::bad_argument, id.text() + " was issued after that checkpoint: make a new one");
    }
    auto path = ledger.inclusion_path(event->number, checkpoint.checkpoint.head.size);
    if (!path) return tl::unexpected(path.error());
    auto fields = read_json(event->fields);
    if (!fields) return tl::unexpected(fields.error());
    Json json{{"format", proof_format}, {"proves", "inclusion"}, {"event", std::move(*fields)}};
    json["path"] = path_json(*path);
    json["checkpoint"] = write_checkpoint(checkpoint);
    return write_json(json, true) + "\n";
}

Result<std::string> prove_consistent(const Ledger& ledger, const SignedCheckpoint& from, const SignedCheckpoint& to) {
    for (const auto* checkpoint : {&from, &to}) {
        if (auto fine = check_of(ledger, checkpoint->checkpoint); !fine) return tl::unexpected(fine.error());
    }
    auto path = ledger.consistency_path(from.checkpoint.head.size, to.checkpoint.head.size);
    if (!path) return tl::unexpected(path.error());
    Json json{{"format", proof_format}, {"proves", "consistency"}, {"from", write_checkpoint(from)}};
    json["path"] = path_json(*path);
    json["checkpoint"] = write_checkpoint(to);
    return write_json(json, true) + "\n";
}

Result<IssuedEvent> Ledger::issued_event(const LicenseId& id) const {
    auto rows = sqlite::Statement::prepare(
        impl_->database.get(), "SELECT " + event_column_list() + " FROM events WHERE kind = 'issued' AND id = ?");
    if (!rows) return tl::unexpected(rows.error());
    auto found = rows->bind(id.text()).step();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return fail(Errc::not_found, id.text() + " was not issued by this office (see `elic ledger list`)");
    EventRow row;
    row.read(*rows, 0);
    return IssuedEvent{.number = row.integer(Column::number).value_or(0), .fields = write_json(event_json(row))};
}

Result<LedgerProof> read_ledger_proof(std::string_view text) {
    auto json = read_json(text, max_ledger_proof, 4);
    if (!json) return tl::unexpected(json.error());
    auto object = JsonObject::open(*json, "proof");
    if (!object) return tl::unexpected(object.error());
    auto said = object->text("format");
    if (!said) return tl::unexpected(said.error());
    if (*said != proof_format)
        return fail(Errc::newer_format, "proof: '" + std::string(proof_format) + "' is expected");
    auto proves = object->text("proves");
    if (!proves) return tl::unexpected(proves.error());
    auto path = read_path(*object);
    if (!path) return tl::unexpected(path.error());
    auto checkpoint = checkpoint_in(*object, "checkpoint");
    if (!checkpoint) return tl::unexpected(checkpoint.error());
    LedgerProof proof{.checkpoint = *checkpoint, .path = std::move(*path)};
    if (*proves == "consistency") {
        auto from = checkpoint_in(*object, "from");
        if (!from) return tl::unexpected(from.error());
        proof.from = *from;
    } else if (*proves == "inclusion") {
        auto event = object->required("event");
        if (!event) return tl::unexpected(event.error());
        if (auto read = read_event(**event, proof); !read) return tl::unexpected(read.error());
    } else {
        return fail(Errc::malformed_value, "proof: proves: inclusion or consistency is expected");
    }
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    return proof;
}

bool LedgerProof::holds() const {
    const auto& head = checkpoint.checkpoint.head;
    if (from) {
        return from->checkpoint.origin == checkpoint.checkpoint.origin &&
               merkle::goes_on_from(from->checkpoint.head, head, path);
    }
    return merkle::root_by_path(leaf, static_cast<std::uint64_t>(number) - 1, head.size, path) == head.root;
}

}  // namespace elic
