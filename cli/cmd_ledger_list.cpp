#include "base/text.h"
#include "elic/issue/office.h"
#include "elic/ledger/exchange_view.h"
#include "elic/ledger/ledger_query.h"
#include "ledger_commands.h"
#include "ledger_text.h"

namespace elic::cli {

namespace {

struct ListOptions {
    std::string office, view, holder, number, type, from, until, state, request;
    std::size_t limit = 0;
    bool json = false;
};

/// A day's first or last second, or an instant. Errors: bad_argument.
Result<std::optional<Timestamp>> read_bound(const std::string& option, const std::string& text, bool last) {
    if (text.empty()) return std::optional<Timestamp>();
    if (auto day = Date::parse(text)) {
        return std::optional(last ? Timestamp::last_second_of(*day) : Timestamp::first_second_of(*day));
    }
    auto at = Timestamp::parse(text);
    if (!at) return fail(Errc::bad_argument, option + " " + text + ": a date (2026-12-01) or an instant is expected");
    return std::optional(*at);
}

Result<LicenseFilter> filter_of(const ListOptions& options) {
    LicenseFilter filter;
    const auto given = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    filter.holder = given(options.holder);
    filter.number = given(options.number);
    filter.request = given(options.request);
    if (!options.type.empty()) {
        auto type = LicenseTypeCode::parse(options.type);
        if (!type) return fail_in("--type", type.error());
        filter.type = *type;
    }
    auto from = read_bound("--from", options.from, false);
    auto until = read_bound("--until", options.until, true);
    if (!from) return tl::unexpected(from.error());
    if (!until) return tl::unexpected(until.error());
    filter.from = *from;
    filter.until = *until;
    if (!options.state.empty()) {
        filter.state = license_state_named(options.state);
        if (!filter.state) {
            return fail(Errc::bad_argument,
                        "--state " + options.state +
                            ": one of valid, suspended, lapsed, cancelled, withdrawn, revoked, transferred-out, "
                            "replaced is expected");
        }
    }
    if (options.limit > 0) filter.limit = options.limit;
    return filter;
}

/// What was reserved and not issued is in no list: it is said, where somebody might look for it.
Status tell_unfinished(Session& session, const Ledger& ledger, const LicenseFilter& filter, bool found) {
    std::size_t count = 0;
    if (filter.everything()) {
        auto unfinished = ledger.unfinished();
        if (!unfinished) return tl::unexpected(unfinished.error());
        count = unfinished->size();
    } else if (filter.request && !found) {
        auto reserved = ledger.find_request(*filter.request);
        if (!reserved) return tl::unexpected(reserved.error());
        if (*reserved) {
            auto issued = ledger.find((*reserved)->id);
            count = issued ? 0 : 1;
        }
    }
    if (count > 0) {
        session.console.hint(
            std::to_string(count) +
            " reserved but not issued (a run ended early): issue the same requests again to finish them");
    }
    return {};
}

/// What other agencies told (elic ledger import), in the columns of a license of the ledger.
int list_view(Session& session, const ListOptions& options) {
    if (!options.request.empty()) {
        return session.console.fail({Errc::bad_argument, "--request is not known to a view"});
    }
    for (const auto& [option, text] : {std::pair("--from", &options.from), std::pair("--until", &options.until)}) {
        if (!text->empty() && !Date::parse(*text)) {
            return session.console.fail({Errc::bad_argument, std::string(option) + " " + *text +
                                                                 ": of a view a date (2026-12-01) is asked for"});
        }
    }
    auto view = ExchangeView::open(options.view);
    if (!view) return session.console.fail(view.error());
    const auto given = [](const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); };
    const ViewFilter filter{.holder = given(options.holder),
                            .number = given(options.number),
                            .type = given(options.type),
                            .state = given(options.state),
                            .from = given(options.from),
                            .until = given(options.until),
                            .limit = options.limit > 0 ? std::optional(options.limit) : std::nullopt};
    auto done = view->select(filter, [&](const ExchangeRow& row) {
        using enum ExchangeColumn;
        std::string line;
        if (options.json) {
            Json json = Json::object();
            for (std::size_t i = 0; i < exchange_column_count; ++i) json[exchange_columns()[i].name] = row.cells[i];
            line = write_json(json);
        } else {
            for (const auto column : {source_id, name, number, holder, issue_date}) {
                line += escape_for_output(row[column].empty() ? "-" : row[column]) + "\t";
            }
            line += "-\t-\t" + shown_state(row);  // the table has neither an end nor a request
        }
        session.console.data(line);
        return !session.console.lost_output();
    });
    return done ? exit_done : session.console.fail(done.error());
}

int list(Session& session, const ListOptions& options) {
    if (options.view.empty() && options.office.empty()) return session.console.fail_usage("--office is required");
    if (!options.view.empty()) return list_view(session, options);
    auto filter = filter_of(options);
    if (!filter) return session.console.fail(filter.error());
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    auto ledger = Ledger::open(office->ledger());
    if (!ledger) return session.console.fail(ledger.error());
    std::optional<Error> damaged;
    bool found = false;
    auto done = ledger->select(*filter, session.clock.now(), [&](const ListedLicense& license) {
        found = true;
        auto json = entry_json(license.entry);
        if (!json) {
            damaged = json.error();
            return false;
        }
        (*json)["state"] = name_of(license.state);
        session.console.data(options.json ? write_json(*json) : entry_line(*json));
        return !session.console.lost_output();
    });
    if (!done) return session.console.fail(done.error());
    if (damaged) return session.console.fail(*damaged);
    if (auto told = tell_unfinished(session, *ledger, *filter, found); !told) return session.console.fail(told.error());
    return exit_done;
}

}  // namespace

void add_ledger_list(Command& group, Session& session) {
    auto options = std::make_shared<ListOptions>();
    auto* command = add_command(group, session, "list", "The licenses issued, one a line, with their state",
                                "elic ledger list --office office --holder 430199198502280019 --state valid --json",
                                [&session, options] { return list(session, *options); });
    command->add_option("--office", options->office, "The issuing office")->envname("ELIC_OFFICE");
    command->add_option("--view", options->view, "A view that `elic ledger import` made, instead of an office");
    command->add_option("--holder", options->holder, "Only those of the holder with this code");
    command->add_option("--number", options->number, "Only those with this license number, as printed");
    command->add_option("--type", options->type, "Only those of this license type (21 characters)");
    command->add_option("--from", options->from, "Only those signed from this day (+08:00) or instant on");
    command->add_option("--until", options->until, "Only those signed up to the end of this day, or to this instant");
    command->add_option("--state", options->state, "Only those that are now in this state: valid, suspended, ...");
    command->add_option("--request", options->request, "Only that of this request (case number)");
    command->add_option("--limit", options->limit, "At most so many")->between(1, 1000000000);
    command->add_flag("--json", options->json, "One JSON object a line");
}

}  // namespace elic::cli
