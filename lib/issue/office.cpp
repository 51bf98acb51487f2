#include "elic/issue/office.h"

#include "base/custody.h"
#include "base/file.h"
#include "base/secret.h"
#include "codec/json.h"
#include "elic/crypto/private_key.h"
#include "elic/ledger/ledger.h"
#include "elic/trust/trust_folder.h"

namespace elic {

namespace {

constexpr std::string_view office_format = "elic office 1";
constexpr std::size_t max_office_file = 64 << 10;
constexpr std::string_view exec_prefix = "exec:";

std::string relative_to(const std::filesystem::path& folder, const std::filesystem::path& target) {
    std::error_code error;
    const auto base = std::filesystem::weakly_canonical(std::filesystem::absolute(folder, error), error);
    const auto whole = std::filesystem::weakly_canonical(std::filesystem::absolute(target, error), error);
    const auto relative = whole.lexically_relative(base);
    return (relative.empty() ? whole : relative).string();
}

/// "exec:CMD" as CMD; empty: none.
Result<std::optional<std::string>> read_command(std::string_view member, const std::string& text) {
    if (text.empty()) return std::optional<std::string>();
    if (!text.starts_with(exec_prefix) || text.size() == exec_prefix.size())
        return fail(Errc::bad_argument, "office.json: " + std::string(member) + ": exec:CMD is expected");
    return std::optional(text.substr(exec_prefix.size()));
}

Result<Office> office_from(const Json& json, const std::filesystem::path& folder) {
    auto object = JsonObject::open(json, "office.json");
    if (!object) return tl::unexpected(object.error());
    auto said = object->text("format");
    if (!said) return tl::unexpected(said.error());
    if (*said != office_format)
        return fail(Errc::newer_format, "office.json: format '" + *said + "' is not known: update elic");
    auto issuer = object->text("issuer");
    auto name = object->text("name");
    auto number = object->integer("number");
    auto trust = object->text("trust");
    auto signer = object->text_or("signer", "");
    auto sealer = object->text_or("sealer", "");
    auto test = object->boolean_or("test", false);
    for (const auto* text : {&issuer, &name, &trust, &signer, &sealer}) {
        if (!*text) return tl::unexpected(text->error());
    }
    if (!number) return tl::unexpected(number.error());
    if (!test) return tl::unexpected(test.error());
    if (auto done = object->finish(); !done) return tl::unexpected(done.error());
    auto code = Uscc::parse(*issuer);
    if (!code) return fail_in("office.json: issuer", code.error());
    if (*number < 1 || *number > 999) return fail(Errc::bad_argument, "office.json: number: 1 to 999");
    auto pem = read_file(folder / "certificate.pem", max_office_file);
    if (!pem) return tl::unexpected(pem.error());
    auto certificate = Certificate::parse(*pem);
    if (!certificate) return fail_in("certificate.pem", certificate.error());
    Office office{.folder = folder,
                  .issuer = *code,
                  .name = *name,
                  .number = static_cast<int>(*number),
                  .certificate = *certificate,
                  .trust = (folder / *trust).lexically_normal(),
                  .signer_command = {},
                  .sealer_command = {},
                  .test = *test};
    auto signing = read_command("signer", *signer);
    auto sealing = read_command("sealer", *sealer);
    if (!signing) return tl::unexpected(signing.error());
    if (!sealing) return tl::unexpected(sealing.error());
    office.signer_command = std::move(*signing);
    office.sealer_command = std::move(*sealing);
    return office;
}

/// An encrypted key is compared when it is opened.
Status check_key(const Bytes& pem, const Certificate& certificate) {
    if (pem.empty() || PrivateKey::is_encrypted(pem)) return {};
    auto key = PrivateKey::from_pem(pem, {});
    if (!key) return tl::unexpected(key.error());
    if (!(key->public_key() == certificate.public_key())) {
        return fail(Errc::bad_argument,
                    "the key is not the one of the certificate: give the key that the request was made with");
    }
    return {};
}

Status check_plan(const OfficePlan& plan) {
    if (file_exists(plan.folder / "office.json")) {
        return fail(Errc::already_exists, plan.folder.string() + " is an office already: choose another folder");
    }
    if (plan.number < 1 || plan.number > 999) return fail(Errc::bad_argument, "an office number is 1 to 999");
    if (plan.name.empty()) return fail(Errc::bad_argument, "the name of the issuing authority is empty");
    if (plan.signer_command.has_value() == !plan.key_pem.empty()) {
        return fail(Errc::bad_argument, "give either a key or a signer command");
    }
    if (plan.signer_command && plan.signer_command->empty())
        return fail(Errc::bad_argument, "the signer command is empty: exec:CMD is expected");
    if (on_network_file_system(plan.folder)) {
        return fail(Errc::bad_argument,
                    plan.folder.string() +
                        " lies on a network file system, where a ledger cannot be relied on: choose "
                        "a folder on a disk of this machine");
    }
    if (auto folder = TrustFolder::open(plan.trust); !folder) return fail_in("trust folder", folder.error());
    if (plan.seal) {
        if (plan.seal->command.has_value() == !plan.seal->key_pem.empty())
            return fail(Errc::bad_argument, "seal: give either a key or a command that signs");
        if (plan.seal->command && plan.seal->command->empty())
            return fail(Errc::bad_argument, "seal: the command is empty: exec:CMD is expected");
        if (auto fine = check_key(plan.seal->key_pem, plan.seal->sealer); !fine) return fail_in("seal", fine.error());
    }
    return check_key(plan.key_pem, plan.certificate);
}

/// A key that an earlier try left is accepted when it is the same.
Status put_key(const std::filesystem::path& path, const Bytes& pem) {
    if (pem.empty()) return {};
    auto written = create_file_durably(path, pem, FileAccess::owner_only);
    if (written || written.error().code != Errc::already_exists) return written;
    auto there = read_file(path, max_office_file);
    const bool same = there && *there == pem && !readable_by_others(path);
    if (there) wipe(there->data(), there->size());
    return same ? Status() : written;
}

Status put_seal(const std::filesystem::path& folder, const OfficeSeal& seal) {
    if (auto written = put_key(folder / "sealer.key.pem", seal.key_pem); !written) return written;
    if (auto written = write_file_durably(folder / "sealer.pem", seal.sealer.pem()); !written) return written;
    return write_file_durably(folder / "seal.esl", seal.seal);
}

}  // namespace

Result<Office> create_office(const OfficePlan& plan) {
    if (auto fine = check_plan(plan); !fine) return tl::unexpected(fine.error());
    if (auto made = make_private_folder(plan.folder); !made) return tl::unexpected(made.error());
    if (auto written = put_key(plan.folder / "key.pem", plan.key_pem); !written) return tl::unexpected(written.error());
    if (plan.seal) {
        if (auto written = put_seal(plan.folder, *plan.seal); !written) return tl::unexpected(written.error());
    }
    if (auto written = write_file_durably(plan.folder / "certificate.pem", plan.certificate.pem()); !written) {
        return tl::unexpected(written.error());
    }
    for (const auto& pin : plan.pins.pins) {
        auto added = add_root_pin(plan.folder / "trust.pin", pin, "relied on by this office");
        if (!added) return tl::unexpected(added.error());
    }
    if (auto made = Ledger::create(plan.folder / "ledger.db", plan.number); !made) return tl::unexpected(made.error());
    Json json;
    json["format"] = office_format;
    json["issuer"] = plan.issuer.text();
    json["name"] = plan.name;
    json["number"] = plan.number;
    json["trust"] = relative_to(plan.folder, plan.trust);
    if (plan.signer_command) json["signer"] = std::string(exec_prefix) + *plan.signer_command;
    if (plan.seal && plan.seal->command) json["sealer"] = std::string(exec_prefix) + *plan.seal->command;
    json["test"] = plan.test;
    auto written = create_file_durably(plan.folder / "office.json", as_bytes(write_json(json, true) + "\n"));
    if (!written) return tl::unexpected(written.error());
    return open_office(plan.folder);
}

Result<Office> open_office(const std::filesystem::path& folder) {
    for (const auto* name : {"office.json", "certificate.pem", "trust.pin", "ledger.db", "key.pem", "seal.esl",
                             "sealer.pem", "sealer.key.pem"}) {
        if (auto fine = check_custody(folder / name); !fine) return tl::unexpected(fine.error());
    }
    auto bytes = read_file(folder / "office.json", max_office_file);
    if (!bytes) {
        if (bytes.error().code != Errc::not_found) return tl::unexpected(bytes.error());
        return fail(Errc::not_found,
                    folder.string() + " is no issuing office (no office.json): make one with `elic office new`");
    }
    auto json = read_json(as_text(*bytes), max_office_file);
    if (!json) return fail_in((folder / "office.json").string(), json.error());
    return office_from(*json, folder);
}

namespace {

/// `beside`: the file that has the certificate.
Result<std::unique_ptr<Signer>> open_key(const std::filesystem::path& file, BytesView passphrase,
                                         const PublicKey& wanted, const std::string& beside) {
    if (auto fine = check_secret(file); !fine) return tl::unexpected(fine.error());
    auto pem = read_file(file, max_office_file);
    if (!pem) return tl::unexpected(pem.error());
    auto key = PrivateKey::from_pem(*pem, passphrase);
    wipe(pem->data(), pem->size());
    if (!key) return fail_in(file.string(), key.error());
    if (!(key->public_key() == wanted))
        return fail(Errc::bad_argument, file.string() + " is not the key of " + beside + " beside it");
    return std::unique_ptr<Signer>(std::make_unique<PrivateKey>(std::move(*key)));
}

}  // namespace

Result<std::unique_ptr<Signer>> open_signer(const Office& office, BytesView passphrase) {
    if (office.signer_command) return make_command_signer(*office.signer_command, office.certificate.public_key());
    return open_key(office.key(), passphrase, office.certificate.public_key(), "certificate.pem");
}

Result<std::unique_ptr<Signer>> open_sealer(const Office& office, BytesView passphrase) {
    if (!office.sealer_command && !file_exists(office.sealer_key())) return std::unique_ptr<Signer>();
    auto bytes = read_file(office.sealer_certificate(), max_office_file);
    if (!bytes) return tl::unexpected(bytes.error());
    auto certificate = Certificate::parse(*bytes);
    if (!certificate) return fail_in(office.sealer_certificate().string(), certificate.error());
    if (office.sealer_command) return make_command_signer(*office.sealer_command, certificate->public_key());
    return open_key(office.sealer_key(), passphrase, certificate->public_key(), "sealer.pem");
}

}  // namespace elic
