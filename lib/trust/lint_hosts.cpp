#include <algorithm>
#include <set>

#include "base/text.h"
#include "trust/lint_names.h"

namespace elic {

namespace {

constexpr std::size_t longest_host = 253, longest_label = 63;  // RFC 1035, 2.3.4

bool made_of(std::string_view text, std::string_view characters) {
    return text.find_first_not_of(characters) == std::string_view::npos;
}

std::string ascii_lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    return text;
}

std::vector<std::string> labels_of(const std::string& host) {
    std::vector<std::string> labels{""};
    for (const char c : host) {
        if (c == '.') {
            labels.emplace_back();
        } else {
            labels.back().push_back(c);
        }
    }
    return labels;
}

bool is_address(const std::string& host) {
    const auto labels = labels_of(host);
    const bool four = labels.size() == 4 && made_of(host, "0123456789.");
    const bool six = std::count(host.begin(), host.end(), ':') > 1 && made_of(host, "0123456789abcdefABCDEF:.[]%");
    return four || six;
}

bool well_formed(const std::string& host) {
    const auto labels = labels_of(host);
    return host.size() <= longest_host && std::all_of(labels.begin(), labels.end(), [](const std::string& label) {
               return !label.empty() && label.size() <= longest_label && label.front() != '-' && label.back() != '-' &&
                      made_of(label, "abcdefghijklmnopqrstuvwxyz0123456789-");
           });
}

void lint_host(const Placed& host, LintFaults& faults) {
    const auto& text = host.text;
    if (text.empty()) return faults.add(LintCode::host_malformed, host.place, "the host is empty");
    if (const auto fault = find_text_fault(text))
        return faults.add(LintCode::host_malformed, host.place, in_quotes(text) + ": " + describe(*fault));
    if (is_address(text)) return faults.add(LintCode::host_ip, host.place, in_quotes(text) + " is an IP address");
    if (text.find_first_of(":/?#@") != std::string::npos)
        return faults.add(LintCode::host_url, host.place, in_quotes(text) + " is more than a host name");
    const auto lower = ascii_lower(text);
    if (lower != text) faults.add(LintCode::host_case, host.place, in_quotes(text) + " is not in lower case");
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!ascii || lower.starts_with("xn--") || lower.find(".xn--") != std::string::npos) {
        faults.add(LintCode::host_international, host.place,
                   in_quotes(text) + " has characters other than ASCII: it may look like another host");
    }
    if (ascii && !well_formed(lower))
        return faults.add(LintCode::host_malformed, host.place, in_quotes(text) + " is no host name");
    const auto labels = labels_of(lower);
    const auto& last = labels.back();
    if (labels.size() == 1 || last == "local" || last == "localhost" || last == "lan" || last == "internal" ||
        last == "localdomain")
        faults.add(LintCode::host_private, host.place, in_quotes(text) + " is not known outside the own network");
}

}  // namespace

void lint_hosts(const std::vector<Placed>& hosts, LintFaults& faults) {
    std::set<std::string> seen;
    for (const auto& host : hosts) {
        lint_host(host, faults);
        if (!seen.insert(ascii_lower(host.text)).second)
            faults.add(LintCode::host_twice, host.place, in_quotes(host.text) + " is listed twice");
    }
}

}  // namespace elic
