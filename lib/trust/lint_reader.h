#pragma once

#include "trust/lint_object.h"
#include "trust/source_reader.h"

namespace elic {

/// Reads a source leniently: each fault of form is named, and what could be understood is kept.
class LintReader {
public:
    LintReader(const std::filesystem::path& base, Timestamp now, LintFaults& faults)
        : base_(base), now_(now), faults_(faults) {}

    LintSource source(const Json& json);

private:
    void list(const Json& json);
    void delegation(const Json& json);
    void times(const LintObjectReader& object);
    void certificates(const LintObjectReader& object, std::string_view key, std::vector<LintCertificate>& certificates);
    std::optional<LintCertificate> certificate(const Placed& file);
    std::optional<Bytes> file(const Placed& named, std::size_t limit);
    void packs(const LintObjectReader& object);
    void pack(const Bytes& bytes, const std::string& place, const std::string& named);
    void builtin_packs(const std::string& place);
    void objects(const LintObjectReader& object);

    void body(const Json& json, const std::string& place);
    LintKey key(const Json& json, const std::string& place);
    LintGrant grant(const Json& json, const std::string& place);
    void grant_types(const LintObjectReader& object, LintGrant& grant);
    void grant_areas(const LintObjectReader& object, LintGrant& grant);
    void grant_rights(const LintObjectReader& object, LintGrant& grant);
    std::uint32_t kinds(const LintObjectReader& object);
    LintFormerName former_name(const Json& json, const std::string& place);
    LintSuccessor successor(const Json& json, const std::string& place);
    std::optional<Uscc> code(const std::string& text, const std::string& place);
    std::optional<Date> day(const LintObjectReader& object, std::string_view key, bool needed, bool& fine);
    std::optional<Timestamp> instant(const LintObjectReader& object, std::string_view key, SourceTime meaning,
                                     bool& fine);

    const std::filesystem::path& base_;
    Timestamp now_;
    LintFaults& faults_;
    LintSource source_;
    std::map<std::string, std::optional<LintCertificate>> files_;  ///< read once, however often named
};

/// A code that is refused: what it probably is and was meant to be.
void add_refused_code(LintFaults& faults, LintCode code, const std::string& place, const std::string& text,
                      const std::string& reason);

}  // namespace elic
