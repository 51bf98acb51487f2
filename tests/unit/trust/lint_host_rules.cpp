#include "trust/lint_names.h"
#include "unit/trust/lint_checks_world.h"

using namespace elic;

namespace {

Said said_of(const std::vector<std::string>& hosts) {
    std::vector<Placed> placed;
    for (const auto& host : hosts) placed.push_back({.text = host, .place = indexed("hosts", placed.size())});
    LintFaults faults;
    lint_hosts(placed, faults);
    return said(faults);
}

void check_each(const std::vector<std::string>& hosts, const std::string& kind, const std::string& why) {
    for (const auto& host : hosts) {
        CAPTURE(host);
        CHECK(said_of({host}) == Said{kind + " hosts[0]: " + in_quotes(host) + why});
    }
}

/// Of this length, made of labels of 49 letters and one that is shorter.
std::string host_of(std::size_t size) {
    std::string host;
    while (host.size() + 50 < size) host += std::string(49, 'a') + ".";
    return host + std::string(size - host.size(), 'a');
}

}  // namespace

TEST_CASE("A host of labels of letters, digits and hyphens that is known everywhere has no fault") {
    for (const std::string& host :
         {std::string("zw.example"), std::string("a.z"), std::string("0-9.example"), std::string("beef.cafe"),
          std::string("a.b.c.example"), std::string("1.2.3"), std::string("local.example"), std::string("zw.locals"),
          std::string(63, 'a') + ".example", host_of(253)}) {
        CAPTURE(host);
        CHECK(said_of({host}) == Said{});
    }
}

TEST_CASE("What DNS cannot name is malformed") {
    check_each({".", "zw..example", ".example", "zw.example.", "-zw.example", "zw-.example", "zw_a.example",
                "zw example", std::string(64, 'a') + ".example", host_of(254), "-"},
               "host.malformed", " is no host name");
    CHECK(said_of({""}) == Said{"host.malformed hosts[0]: the host is empty"});
    CHECK(said_of({"zw.\u200Bexample"}) ==
          Said{"host.malformed hosts[0]: 'zw.\\u{200B}example': character 4 is U+200B, a zero-width character"});
}

TEST_CASE(
    "Four numbers and what has colons like an address are addresses of machines; one colon or a path is more than "
    "a host") {
    check_each({"192.0.2.1", "::", "2001:db8::1", "[2001:DB8::1]", "fe80::1%1"}, "host.ip_address",
               " is an IP address");
    check_each(
        {"ad.be:80", "https://zw.example:8443/", "zw.example/path", "zw.example?a", "zw.example#a", "me@zw.example"},
        "host.url", " is more than a host name");
}

TEST_CASE("Upper case is told, the hosts are compared and judged in lower case") {
    check_each({"Az.example", "Zz.example"}, "host.upper_case", " is not in lower case");
    CHECK(said_of({"XN--A.example"}) ==
          Said{"host.upper_case hosts[0]: 'XN--A.example' is not in lower case",
               "host.international hosts[0]: 'XN--A.example' has characters other than ASCII: it may look like another "
               "host"});
}

TEST_CASE("Characters other than ASCII are told wherever they are, also in their xn-- form") {
    check_each({"示例.中国", "zw.ex\u0430mple", "xn--zw.example", "zw.xn--example"}, "host.international",
               " has characters other than ASCII: it may look like another host");
    CHECK(said_of({"zwxn--a.example"}) == Said{});
}

TEST_CASE("A host that only the own network knows is told") {
    check_each({"intranet", "zw.local", "zw.localhost", "zw.lan", "zw.internal", "zw.localdomain"}, "host.private",
               " is not known outside the own network");
}

TEST_CASE("A host that is listed again is told where it stands again, whatever its case") {
    CHECK(said_of({"zw.example", "jt.example", "zw.example", "JT.example"}) ==
          Said{"host.twice hosts[2]: 'zw.example' is listed twice",
               "host.upper_case hosts[3]: 'JT.example' is not in lower case",
               "host.twice hosts[3]: 'JT.example' is listed twice"});
}
