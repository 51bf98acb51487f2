#include "base/file.h"
#include "base/hex.h"
#include "base/process.h"
#include "base/text.h"
#include "codec/json.h"
#include "drawing_library.h"
#include "elic/document/electronic_seal.h"
#include "key_file.h"
#include "picture_library.h"
#include "session.h"

namespace elic::cli {

namespace {

constexpr std::size_t max_picture_file = 1 << 20;

struct MakeOptions {
    std::string maker_key, maker_cert, picture, draw, text, name, out, id, maker_id = "elic", from, until;
    std::vector<std::string> sealer_certs;
    int width = 42, height = 42, years = 3;
    bool digests = false;
    PassphraseOptions passphrase;
};

struct ShowOptions {
    std::string file, at;
    bool json = false;
};

/// A key file, or "exec:CMD".
Result<std::unique_ptr<Signer>> open_maker(const MakeOptions& options, const Certificate& maker) {
    if (options.maker_key.starts_with(exec_prefix))
        return make_command_signer(options.maker_key.substr(exec_prefix.size()), maker.public_key());
    auto key = load_key(options.maker_key, options.passphrase);
    if (!key) return tl::unexpected(key.error());
    return std::unique_ptr<Signer>(std::make_unique<PrivateKey>(std::move(*key)));
}

Result<SealPicture> picture_for(const MakeOptions& options, bool test) {
    if (!options.picture.empty()) {
        auto bytes = read_file(options.picture, max_picture_file);
        if (!bytes) return tl::unexpected(bytes.error());
        // Viewers stretch whatever it is into its place: what none can decode must not become a seal.
        const bool png = bytes->size() > 4 && (*bytes)[0] == 0x89 && (*bytes)[1] == 'P';
        if (!png) return fail(Errc::malformed_picture, options.picture + ": a PNG is expected");
        auto pictures = picture_library();
        if (!pictures) return tl::unexpected(pictures.error());
        if (auto read = (*pictures)->read(*bytes, {}); !read) return fail_in(options.picture, read.error());
        return SealPicture{"PNG", std::move(*bytes), options.width, options.height};
    }
    auto draws = drawing_library();
    if (!draws) return tl::unexpected(draws.error());
    const auto form = options.draw == "oval"     ? SealLook::Form::oval
                      : options.draw == "square" ? SealLook::Form::square
                                                 : SealLook::Form::round;
    auto drawn = (*draws)->draw_seal({.form = form, .name = options.name, .text = options.text, .test = test});
    if (!drawn) return tl::unexpected(drawn.error());
    return SealPicture{"PNG", std::move(drawn->png), drawn->width_mm, drawn->height_mm};
}

Result<std::string> id_for(const MakeOptions& options) {
    if (!options.id.empty()) return options.id;
    Bytes random(16);
    if (auto filled = fill_random(random); !filled) return tl::unexpected(filled.error());
    return to_hex(random);
}

Result<SealPlan> plan_for(const Session& session, const MakeOptions& options, const Certificate& maker) {
    const auto now = session.clock.now();
    auto from = now;
    if (!options.from.empty()) {
        auto day = Date::parse(options.from);
        if (!day) return fail_in("--from", day.error());
        from = Timestamp::first_second_of(*day);
    }
    auto until = Timestamp::from_unix(from.unix_seconds() + std::int64_t{options.years} * 365 * 86400).value();
    if (!options.until.empty()) {
        auto given = Timestamp::parse(options.until);
        if (!given) return fail_in("--until", given.error());
        until = *given;
    }
    std::vector<Certificate> sealers;
    for (const auto& file : options.sealer_certs) {
        auto certificate = load_certificate(file);
        if (!certificate) return tl::unexpected(certificate.error());
        sealers.push_back(std::move(*certificate));
    }
    auto id = id_for(options);
    if (!id) return tl::unexpected(id.error());
    auto picture = picture_for(options, maker.is_test());
    if (!picture) return tl::unexpected(picture.error());
    return SealPlan{.id = std::move(*id),
                    .maker_id = options.maker_id,
                    .name = options.name,
                    .list_kind = options.digests ? SignerListKind::digests : SignerListKind::certificates,
                    .signers = std::move(sealers),
                    .created_at = now,
                    .valid_from = from,
                    .valid_until = until,
                    .picture = std::move(*picture),
                    .maker = maker};
}

int make_seal(Session& session, const MakeOptions& options) {
    if (options.picture.empty() == options.draw.empty())
        return session.console.fail_usage("either --picture or --draw is required");
    auto maker = load_certificate(options.maker_cert);
    if (!maker) return session.console.fail(maker.error());
    auto plan = plan_for(session, options, *maker);
    if (!plan) return session.console.fail(plan.error());
    auto signer = open_maker(options, *maker);
    if (!signer) return session.console.fail(signer.error());
    auto seal = make_electronic_seal(*plan, **signer);
    if (!seal) return session.console.fail(seal.error());
    if (auto written = create_file_durably(options.out, *seal); !written) return session.console.fail(written.error());
    session.console.data(options.out);
    if (maker->is_test()) session.console.hint("a TEST seal: its maker's certificate says so");
    return exit_done;
}

struct NamedCheck {
    const char* name;
    bool holds;
};

std::vector<NamedCheck> named(const SealChecks& checks) {
    return {{"maker_signature", checks.maker_signature == SignatureCheck::holds},
            {"maker_may_sign", checks.maker_may_sign},
            {"maker_valid_when_made", checks.maker_valid_when_made},
            {"dates_in_order", checks.dates_in_order},
            {"in_force", checks.in_force},
            {"extensions_understood", !checks.critical_extension}};
}

std::string name_of_certificate(const EmbeddedCertificate& certificate) {
    return certificate.certificate ? certificate.certificate->subject() : "unreadable: " + certificate.fault;
}

Json json_of(const ElectronicSeal& seal, const SealChecks& checks, Timestamp at) {
    Json json = {{"version", static_cast<int>(seal.version)},
                 {"id", seal.id},
                 {"name", seal.name},
                 {"maker_id", seal.maker_id},
                 {"maker", name_of_certificate(seal.maker)},
                 {"created_at", seal.created_at.format()},
                 {"valid_from", seal.valid_from.format()},
                 {"valid_until", seal.valid_until.format()},
                 {"at", at.format()},
                 {"picture",
                  {{"format", seal.picture.format},
                   {"bytes", seal.picture.bytes.size()},
                   {"width_mm", seal.picture.width_mm},
                   {"height_mm", seal.picture.height_mm}}}};
    json["sealers"] = Json::array();
    for (const auto& signer : seal.signers) json["sealers"].push_back(name_of_certificate(signer));
    for (const auto& digest : seal.signer_digests)
        json["sealers"].push_back(escape_for_output(digest.algorithm) + ":" + to_hex(digest.value));
    for (const auto& check : named(checks)) json["checks"][check.name] = check.holds;
    json["signature"] = std::string(name_of(checks.maker_signature));
    json["notes"] = Json::array();
    for (const auto note : seal.notes) json["notes"].push_back(std::string(name_of(note)));
    return json;
}

void print_text(Session& session, const ElectronicSeal& seal, const SealChecks& checks) {
    const auto line = [&](const std::string& name, const std::string& value) {
        session.console.data(name + "\t" + value);
    };
    line("seal", seal.id);
    line("version", std::to_string(static_cast<int>(seal.version)));
    line("name", seal.name);
    line("maker", name_of_certificate(seal.maker));
    line("made", seal.created_at.format());
    line("valid", seal.valid_from.format() + " .. " + seal.valid_until.format());
    for (const auto& signer : seal.signers) line("sealer", name_of_certificate(signer));
    for (const auto& digest : seal.signer_digests)
        line("sealer", escape_for_output(digest.algorithm) + ":" + to_hex(digest.value));
    line("picture", seal.picture.format + ", " + std::to_string(seal.picture.bytes.size()) + " bytes, " +
                        std::to_string(seal.picture.width_mm) + " x " + std::to_string(seal.picture.height_mm) + " mm");
    for (const auto note : seal.notes) line("note", std::string(text_of(note)));
    for (const auto& check : named(checks)) line(check.name, check.holds ? "yes" : "no");
}

int show_seal(Session& session, const ShowOptions& options) {
    auto at = options.at.empty() ? Result<Timestamp>(session.clock.now()) : Timestamp::parse(options.at);
    if (!at) return session.console.fail(at.error());
    auto bytes = read_file(options.file, max_seal_file);
    if (!bytes) return session.console.fail(bytes.error());
    const auto seal = read_electronic_seal(*bytes);
    if (!seal) {
        session.console.complain(options.file + ": " + seal.error().context);
        return seal.error().code == Errc::newer_format ? exit_indeterminate : exit_invalid;
    }
    const auto checks = check_seal(*seal, *at);
    if (options.json) {
        session.console.data(write_json(json_of(*seal, checks, *at)));
    } else {
        print_text(session, *seal, checks);
    }
    session.console.hint("whether its maker is to be trusted is not looked at here: elic verify does, of a document");
    return checks.all_hold() ? exit_done : exit_invalid;
}

}  // namespace

void add_seal(Command& app, Session& session) {
    auto* group = app.add_subcommand("seal", "Make and look at electronic seals (GB/T 38540)");
    group->require_subcommand();
    auto making = std::make_shared<MakeOptions>();
    auto* make = add_command(*group, session, "make", "Make an electronic seal from a picture, or draw one",
                             "elic seal make --maker-key maker.key.pem --maker-cert maker.pem --sealer-cert sealer.pem "
                             "--draw round --name 示例省政务服务局 --out office.esl",
                             [&session, making] { return make_seal(session, *making); });
    make->add_option("--maker-key", making->maker_key, "The seal maker's key, or exec:CMD that signs")->required();
    make->add_option("--maker-cert", making->maker_cert, "The seal maker's certificate")->required();
    make->add_option("--sealer-cert", making->sealer_certs, "Whose certificate may use the seal; may be repeated")
        ->required()
        ->repeated();
    make->add_option("--name", making->name, "The seal's name: the body's")->required();
    make->add_option("--out", making->out, "The seal file; never overwritten")->required();
    auto* picture = make->add_option("--picture", making->picture, "Its picture, PNG");
    auto* draw = make->add_option("--draw", making->draw, "Draw it instead: round (a star), oval or square")
                     ->one_of({"round", "oval", "square"});
    picture->excludes(draw);
    make->add_option("--text", making->text, "Drawn: the line below the star")->needs(draw);
    make->add_option("--width", making->width, "Width of the picture in mm")->between(1, 200)->needs(picture);
    make->add_option("--height", making->height, "Height of the picture in mm")->between(1, 200)->needs(picture);
    make->add_option("--id", making->id, "The seal's identifier; else a random one");
    make->add_option("--maker-id", making->maker_id, "Who makes seals here (Vid)");
    make->add_option("--from", making->from, "First day of its validity; else now");
    auto* until = make->add_option("--until", making->until, "End of its validity");
    make->add_option("--years", making->years, "Or its length in years of 365 days")->between(1, 20)->excludes(until);
    make->add_flag("--digests", making->digests, "Name the sealers by digest (certListType 2)");
    making->passphrase.add_to(*make);
    auto shown = std::make_shared<ShowOptions>();
    auto* show = add_command(*group, session, "show", "Take a seal apart and check it", "elic seal show office.esl",
                             [&session, shown] { return show_seal(session, *shown); });
    show->add_option("file", shown->file, "The seal file")->required();
    show->add_option("--at", shown->at, "Judge its validity at this time");
    show->add_flag("--json", shown->json, "One JSON object");
}

}  // namespace elic::cli
