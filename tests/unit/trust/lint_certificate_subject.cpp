#include "unit/trust/lint_told.h"

// Whose a certificate is: its subject beside the body, and certificates and keys that occur more than once.

using namespace elic;

namespace {

using W = LintWorld;

const Told another_name = {"certificate.name_differs bodies[0].certificates[0].file"},
           another_code = {"certificate.code_differs bodies[0].certificates[0].file"};

std::function<void(W&)> made_for(const std::string& subject, const std::function<void(W&)>& change = {}) {
    return [subject, change](W& w) {
        w.key()["file"] = w.made(subject);
        if (change) change(w);
    };
}

/// With this in its subject, beside the body's name.
std::function<void(W&)> with_unit(const std::string& unit, const std::function<void(W&)>& change = {}) {
    return made_for("CN=示例市住房和城乡建设局,OU=" + unit, change);
}

std::string text_for(const std::string& subject) {
    LintWorld world;
    made_for(subject)(world);
    return only_text(world.lint());
}

}  // namespace

TEST_CASE("A certificate is for a body whose present or former name begins its name or organisation") {
    const auto former = [](W& w) {
        w.body()["former_names"] = {{{"name", "示例市建设委员会"}, {"until", "2020-01-01"}}};
    };
    check_told({
        {"its name", made_for("CN=示例市住房和城乡建设局"), {}},
        {"its organisation", made_for("CN=7,O=示例市住房和城乡建设局"), {}},
        {"more behind it", made_for("CN=示例市住房和城乡建设局（电子证照专用）"), {}},
        {"more before it", made_for("CN=新示例市住房和城乡建设局"), another_name},
        {"a former name", made_for("CN=示例市建设委员会", former), {}},
        {"another former name", made_for("CN=示例市建设管理局", former), another_name},
        {"no name", [](W& w) { w.body()["name"] = ""; }, {"name.empty bodies[0].name"}},
        {"a former name that is empty",
         made_for("CN=示例市建设委员会",
                  [&](W& w) {
                      former(w);
                      w.body()["former_names"][0]["name"] = "";
                  }),
         {"name.empty bodies[0].former_names[0].name", another_name[0]}},
        {"a name that is nothing but blanks",
         [](W& w) { w.body()["name"] = "　　"; },
         {"name.empty bodies[0].name", another_name[0]}},
    });
    CHECK(text_for("CN=示例市往房和城乡建设局,C=CN") ==
          "'示例市往房和城乡建设局' only looks like the body's name '示例市住房和城乡建设局'");
    CHECK(text_for("CN=样本市住建局") == "CN=样本市住建局 is not the body's name '示例市住房和城乡建设局'");
}

TEST_CASE("A word of 18 letters and digits in a subject is the code of the body") {
    const auto code = other_code().text(), own = office_code().text();
    check_told({
        {"another body's", with_unit(code), another_code},
        {"its own", with_unit(own), {}},
        {"another one as the second word", with_unit("No 7 " + code), another_code},
        {"another one before a word", with_unit(code + " No 7"), another_code},
        {"both", with_unit(own + " " + code), another_code},
        {"17 characters", with_unit(code.substr(1)), {}},
        {"19 characters", with_unit(code + "0"), {}},
        {"no digit", with_unit("ABCDEFGHIJKLMNOPQR"), {}},
        {"18 digits", with_unit("123456789012345679"), another_code},
        {"beside no code of the body",
         with_unit(code, [](W& w) { w.body()["code"] = "1"; }),
         {"code.malformed bodies[0].code"}},
    });
    const auto name = std::string("CN=示例市住房和城乡建设局,OU=");
    CHECK(text_for(name + code) == "the subject has " + code + ", the body is " + own);
    CHECK(text_for(name + "123456789012345679") ==
          "the subject has 123456789012345679 (which fails its check), the body is " + own);
}

TEST_CASE("A certificate or key of an authority or of another body is told where it stands again") {
    const std::string first = "bodies[0].certificates[0]", second = "bodies[0].certificates[1]",
                      other = "bodies[1].certificates[0]";
    check_told({
        {"a root",
         [](W& w) {
             w.second()["certificates"].push_back({{"file", "root.pem"}, {"kinds", {"rollover"}}});
         },
         {"certificate.is_ca bodies[1].certificates[1].file", "certificate.long_lived bodies[1].certificates[1].file",
          "certificate.self_signed bodies[1].certificates[1].file",
          "certificate.name_differs bodies[1].certificates[1].file",
          "certificate.also_root bodies[1].certificates[1].file"}},
        {"an intermediate",
         [](W& w) {
             w.json["intermediates"] = {"intermediate.pem"};
             w.json["roots"].push_back("chain_root.pem");
             w.second()["certificates"].push_back({{"file", "intermediate.pem"}, {"kinds", {"rollover"}}});
         },
         {"intermediate.unused intermediates[0]", "certificate.is_ca bodies[1].certificates[1].file",
          "certificate.cannot_sign bodies[1].certificates[1].file",
          "certificate.long_lived bodies[1].certificates[1].file",
          "certificate.name_differs bodies[1].certificates[1].file",
          "certificate.also_root bodies[1].certificates[1].file"}},
        {"the key of a root",
         [](W& w) { w.key()["file"] = w.renewed("2026-01-01T00:00:00+08:00", 5, &w.ca.key); },
         {"key.of_authority " + first + ".file"}},
        {"the key of the body itself",
         [](W& w) {
             w.key()["until"] = "2026-06-30";
             w.body()["certificates"].push_back({{"file", w.renewed("2026-07-01T00:00:00+08:00", 5, &w.office.key)}});
         },
         {"key.reused " + second + ".file"}},
        {"the key of another body",
         [](W& w) {
             const auto request = make_certificate_request(w.office.key, "CN=样本市交通运输局").value();
             w.put("same.pem",
                   certify(w.ca, request, CertificatePurpose::issuing, at("2026-01-01T00:00:00+08:00")).value().pem());
             w.second()["certificates"][0]["file"] = "same.pem";
         },
         {"key.two_bodies " + other + ".file"}},
    });
}

TEST_CASE("A key that is lost in one certificate is lost in each: told at the one that is not marked") {
    const auto marked = [](int lost) {
        LintWorld world;
        auto& keys = world.body()["certificates"];
        keys.push_back({{"file", world.renewed("2026-08-01T00:00:00Z", 5, &world.office.key)}});
        for (int i = 0; i < 2; ++i) {
            if (lost == i || lost == 2) keys[i]["compromised_since"] = "2026-11-01";
        }
        Told places;
        for (const auto& fault : world.lint()) {
            if (fault.code == LintCode::compromised_same_key) places.push_back(fault.place);
        }
        return places;
    };
    CHECK(marked(0) == Told{"bodies[0].certificates[1]"});
    CHECK(marked(1) == Told{"bodies[0].certificates[0]"});
    CHECK(marked(2).empty());
    CHECK(marked(3).empty());
}
