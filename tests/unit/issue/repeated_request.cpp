#include <catch2/catch.hpp>

#include "issue/canonical_draft.h"
#include "issue/office_fixture.h"

using namespace elic;

namespace {

const std::string issuer_item = "发证机关";

/// A signer whose machine loses power before it signs.
class Dying final : public Signer {
public:
    explicit Dying(PublicKey key) : key_(std::move(key)) {}
    const PublicKey& public_key() const override { return key_; }
    Result<Sm2Signature> sign_digest(const Digest&) override { return fail(Errc::signer_failed, "power cut"); }

private:
    PublicKey key_;
};

/// The office under a list that another operator built anew from the first one.
class NewList {
public:
    explicit NewList(TestOffice& desk)
        : desk_(desk),
          source_{.content = TrustFolder::open(desk.office().trust)->lists().front().content().value(),
                  .certificates = {},
                  .pack_files = {}} {
        const auto trust = TrustFolder::open(desk.office().trust).value();
        source_.content.number = 2;
        source_.content.roots.push_back(operator_.certificate.fingerprint());
        for (const auto& fingerprint : {source_.content.roots[0], desk.office().certificate.fingerprint()}) {
            source_.certificates.push_back(trust.certificate(fingerprint).value());
        }
        source_.certificates.push_back(operator_.certificate);
        for (const auto& entry : source_.content.packs) source_.pack_files.emplace_back(entry, file_of(entry));
    }

    std::string& body_name() { return source_.content.bodies[0].name; }

    /// Version 2 of a type's pack, with its text changed, beside version 1 or in its place.
    void add_version_2(const LicenseTypeCode& type, const std::function<void(Json&)>& change, bool keep_1) {
        auto& packs = source_.content.packs;
        const auto at = std::find_if(packs.begin(), packs.end(), [&](const auto& entry) { return entry.type == type; });
        REQUIRE(at != packs.end());
        auto json = read_json(as_text(file_of(*at))).value();
        json["version"] = 2;
        change(json);
        const auto text = write_json(json);
        const auto pack = read_type_pack(as_bytes(text)).value();
        const PackEntry entry{
            .digest = pack.digest, .type = pack.code, .version = 2, .name = pack.name, .words = pack.words};
        if (!keep_1) packs.erase(at);
        std::erase_if(source_.pack_files, [&](const auto& file) { return !keep_1 && file.first.type == type; });
        packs.push_back(entry);
        std::sort(packs.begin(), packs.end(), [](const auto& a, const auto& b) {
            return std::tuple(a.type, a.version) < std::tuple(b.type, b.version);
        });
        source_.pack_files.emplace_back(entry, Bytes(as_bytes(text).begin(), as_bytes(text).end()));
    }

    Issuer issuer() {
        std::vector<std::string> warnings;
        const auto folder = desk_.folder / "trust-2";
        auto written = write_trust_folder(source_, operator_.key, operator_.certificate, folder, warnings);
        if (!written) FAIL(written.error().context);
        auto office = desk_.office();
        office.trust = folder;
        auto pins = desk_.pins();
        pins.pins.push_back({.fingerprint = operator_.certificate.fingerprint()});
        auto opened = Issuer::open(office, desk_.key(), pins, desk_.clock);
        if (!opened) FAIL(opened.error().context);
        return std::move(*opened);
    }

private:
    Bytes file_of(const PackEntry& entry) const { return TypePacks::builtin().file(entry.type, entry.version).value(); }

    TestOffice& desk_;
    PilotCa operator_ = make_pilot_ca(time_at("2025-12-01T00:00:00+08:00")).value();
    TrustSource source_;
};

Json safety_with_issuer() {
    auto json = sample("construction-safety");
    json["face"][issuer_item] = "示例省政务服务局（测试）";
    return json;
}

/// A new version of a pack asks for one item more.
void require_more(Json& pack) {
    pack["fields"].push_back(Json{{"n", 24}, {"label", "样例新增项"}, {"kind", "text"}, {"required", "R"}});
}

void leave_unfinished(TestOffice& desk, const LicenseDraft& draft) {
    Dying dying(desk.key().public_key());
    auto issuer = desk.open(dying);
    REQUIRE(issuer);
    auto answer = issuer->issue(draft);
    REQUIRE_FALSE(answer);
    REQUIRE(answer.error().code == Errc::signer_failed);
    REQUIRE(issuer->ledger().unfinished()->size() == 1);
}

std::string canonical(const Json& json) { return canonical_draft(draft_of(json)); }

}  // namespace

TEST_CASE("The same request gives the same license after the authority was renamed") {
    TestOffice desk;
    const auto draft = draft_of(safety_with_issuer());
    const auto first = issued(desk.issuer().issue(draft));

    NewList list(desk);
    list.body_name() = "示例省数据和政务服务局（测试）";
    auto issuer = list.issuer();
    const auto again = issued(issuer.issue(draft));
    CHECK(again.again);
    CHECK(again.payload == first.payload);
    CHECK(again.license == first.license);
    const auto checked = issued(issuer.check(draft));
    CHECK(checked.again);
    CHECK(checked.license == first.license);

    // In other words, without the old name, it still comes to the same.
    auto json = safety_with_issuer();
    json["face"].erase(issuer_item);
    CHECK(issued(issuer.issue(draft_of(json))).payload == first.payload);
    // A new request must use the new name.
    json = safety_with_issuer();
    json["request"] = "another";
    CHECK(refused(issuer.issue(draft_of(json))) == Faults{"face.发证机关 issuer"});
    CHECK(desk.events() == 2);
}

TEST_CASE("The same request gives the same license when the type's pack has a new version") {
    TestOffice desk;
    const auto draft = draft_of(sample("construction-safety"));
    const auto first = issued(desk.issuer().issue(draft));

    NewList list(desk);
    list.add_version_2(draft.type, require_more, GENERATE(true, false));
    auto issuer = list.issuer();
    const auto again = issued(issuer.issue(draft));
    CHECK(again.again);
    CHECK(again.payload == first.payload);
    CHECK(again.license == first.license);
    auto json = sample("construction-safety");
    json["request"] = "another";
    CHECK(refused(issuer.check(draft_of(json))) == Faults{"face.样例新增项 required"});
    CHECK(desk.events() == 2);
}

TEST_CASE("A reservation is finished with what was reserved, under another name of the authority and another pack") {
    TestOffice desk;
    const auto draft = draft_of(safety_with_issuer());
    leave_unfinished(desk, draft);
    const auto first_day = desk.clock.at;
    desk.clock.at = time_at("2026-11-25T10:00:00+08:00");

    NewList list(desk);
    list.body_name() = "示例省数据和政务服务局（测试）";
    list.add_version_2(draft.type, require_more, true);
    auto issuer = list.issuer();
    const auto shown = issued(issuer.check(draft));
    CHECK_FALSE(shown.again);
    const auto license = issued(issuer.issue(draft));
    CHECK_FALSE(license.again);
    CHECK(license.license == shown.license);
    CHECK_THAT(license.license, Catch::Contains("示例省数据和政务服务局（测试）"));
    CHECK(issuer.ledger().find(license.id)->reservation.signed_at == first_day);
    CHECK(issuer.ledger().unfinished()->empty());
    CHECK(issued(issuer.issue(draft)).payload == license.payload);
}

TEST_CASE("A reservation whose pack is gone from the list is refused, and finished when it is back") {
    TestOffice desk;
    const auto draft = draft_of(sample("construction-safety"));
    leave_unfinished(desk, draft);
    {
        NewList list(desk);
        list.add_version_2(draft.type, require_more, false);
        auto issuer = list.issuer();
        CHECK(refused(issuer.check(draft)) == Faults{"face.样例新增项 required"});
        CHECK(refused(issuer.issue(draft)) == Faults{"face.样例新增项 required"});
        CHECK(issuer.ledger().unfinished()->size() == 1);
    }
    CHECK_FALSE(issued(desk.issuer().issue(draft)).again);
    CHECK(desk.events() == 2);
}

TEST_CASE("A damaged content of a reservation is an error of the ledger, not another license") {
    const auto id =
        LicenseId::make(draft_of(sample("construction-safety")).type, Uscc::parse("11430199MB00TX017C").value(), "1", 1)
            .value();
    for (const auto* content : {"", "{", "[]", "{}", R"({"type":"11100000000013338W032"})"}) {
        const auto draft = reserved_draft({.number = 1,
                                           .id = id,
                                           .status = {},
                                           .signed_at = time_at("2026-11-23T10:00:00+08:00"),
                                           .draft = "",
                                           .content = content},
                                          "r");
        REQUIRE_FALSE(draft);
        CHECK(draft.error().code == Errc::ledger_unusable);
    }
}

TEST_CASE("The content of every sample makes the same license again") {
    TestOffice desk;
    for (const auto& name : sample_names()) {
        INFO(name);
        const auto draft = draft_of(sample(name));
        leave_unfinished(desk, draft);
        CHECK_FALSE(issued(desk.issuer().issue(draft)).again);
    }
}

TEST_CASE("A canonical draft does not change with the order of members, the form of JSON or the writing of dates") {
    const auto json = sample("construction-safety");
    Json turned;
    for (auto at = json.items().begin(); at != json.items().end(); ++at) {
        Json next{{at.key(), at.value()}};
        for (const auto& [key, value] : turned.items()) next[key] = value;
        turned = next;
    }
    turned["issued_on"] = "2026年3月1日";
    turned["valid_until"] = "2029.2.28";
    CHECK(canonical(turned) == canonical(json));

    Json flat{{"ZZLXDM", json["type"]},
              {"request", json["request"]},
              {"ZZBH", json["number"]},
              {"CZZT", json["holders"][0]["name"]},
              {"CZZTDM", json["holders"][0]["code"]},
              {"CZZTDMLXDM", json["holders"][0]["code_type"]},
              {"ZZBFRQ", "2026年03月01日"},
              {"ZZYXQQSRQ", "20260301"},
              {"ZZYXQJZRQ", "2029.02.28"}};
    std::vector<std::pair<std::string, Json>> face;
    for (const auto& [label, text] : json["face"].items()) face.emplace_back(label, text);
    std::reverse(face.begin(), face.end());
    for (const auto& [label, text] : face) flat[label] = text;
    CHECK(canonical(flat) == canonical(json));
}

TEST_CASE("A canonical draft changes with everything that the draft says") {
    const auto whole = canonical(sample("construction-safety"));
    const std::function<void(LicenseDraft&)> changes[] = {
        [](LicenseDraft& d) { d.type = LicenseTypeCode::parse("11100000000013338W032").value(); },
        [](LicenseDraft& d) { d.number += "x"; },
        [](LicenseDraft& d) { d.holders[0].name += "x"; },
        [](LicenseDraft& d) { d.holders[0].code += "x"; },
        [](LicenseDraft& d) { d.holders[0].code_type = HolderCodeType::parse("001").value(); },
        [](LicenseDraft& d) { d.holders.push_back(d.holders[0]); },
        [](LicenseDraft& d) { d.issued_on = Date::parse("2026-03-02").value(); },
        [](LicenseDraft& d) { d.validity.valid_from = Date::parse("2026-03-02").value(); },
        [](LicenseDraft& d) { d.validity.valid_until = Date::parse("2029-02-27").value(); },
        [](LicenseDraft& d) {
            d.validity = {ValidityForm::long_term, d.validity.valid_from, {}};
        },
        [](LicenseDraft& d) {
            d.validity = {ValidityForm::none, d.validity.valid_from, {}};
        },
        [](LicenseDraft& d) { d.face[0].second += "x"; },
        [](LicenseDraft& d) { d.face[0].first += "x"; },
        [](LicenseDraft& d) { d.face.pop_back(); },
        [](LicenseDraft& d) { d.face.push_back(d.face[0]); },
        [](LicenseDraft& d) { d.serial = "1"; },
        [](LicenseDraft& d) {
            d.previous = LicenseId::make(d.type, Uscc::parse("11430199MB00TX017C").value(), "1", 1).value();
        },
        [](LicenseDraft& d) { d.issuer_code = "x"; },
        [](LicenseDraft& d) { d.issuer_name = "x"; },
        [](LicenseDraft& d) { d.license_name = "x"; },
    };
    std::set<std::string> all{whole};
    for (const auto& change : changes) {
        auto draft = draft_of(sample("construction-safety"));
        change(draft);
        CHECK(all.insert(canonical_draft(draft)).second);
    }
}

TEST_CASE("An office whose name is not the trust list's is warned once, and issues") {
    TestOffice desk;
    NewList list(desk);
    list.body_name() = "示例省数据和政务服务局（测试）";
    auto issuer = list.issuer();
    const auto first = issued(issuer.issue(draft_of(sample("construction-safety"))));
    REQUIRE(first.warnings.size() == 1);
    CHECK_THAT(first.warnings[0], Catch::Contains("示例省数据和政务服务局（测试）") && Catch::Contains("office.json"));
    CHECK(issued(issuer.issue(draft_of(sample("construction-permit")))).warnings.empty());
}
