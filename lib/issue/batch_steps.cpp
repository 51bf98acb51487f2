#include "issue/batch_row.h"
#include "issue/canonical_draft.h"

namespace elic {

namespace {

void take(WorkingRow& row, IssueAnswer answer) {
    std::visit([&](auto& each) { row.answer = std::move(each); }, answer);
}

ReserveRequest request_of(const WorkingRow& row, const Office& office) {
    const auto& built = row.prepared.built;
    return {.request = row.draft->request,
            .draft = row.said,
            .content = built.faults.empty() ? built.content : "",
            .type = row.draft->type,
            .issuer = office.issuer,
            .serial = built.serial,
            .previous = row.draft->previous,
            .at = row.now};
}

std::vector<ReserveRequest> requests_of(const std::vector<WorkingRow*>& rows, const Office& office) {
    std::vector<ReserveRequest> requests;
    requests.reserve(rows.size());
    for (const auto* row : rows) requests.push_back(request_of(*row, office));
    return requests;
}

}  // namespace

Status RowSteps::prepare(WorkingRow& row) const {
    if (row.row.trouble) {
        row.answer = *row.row.trouble;
        return {};
    }
    auto reading = plan_.read(row.row);
    if (!reading.draft) {
        row.refuse(std::move(reading.faults));
        return {};
    }
    row.draft = std::move(reading.draft);
    row.warnings = std::move(reading.warnings);
    row.said = canonical_draft(*row.draft);
    row.now = clock_.now();
    auto prepared = rules_.prepare_at(*row.draft, row.now);
    if (!prepared) return tl::unexpected(prepared.error());
    row.prepared = std::move(*prepared);
    // Nothing is reserved that a verifier would refuse.
    if (row.prepared.built.faults.empty()) rules_.check_as_verifier(row.prepared, row.now, row.now);
    return {};
}

Status RowSteps::sign(WorkingRow& row, Signer& signer) const {
    const auto& reservation = row.reserved->reservation;
    if (row.as_reserved) {
        auto prepared = rules_.prepare_reserved(row.draft->request, reservation);
        if (!prepared) return tl::unexpected(prepared.error());
        if (prepared->built.faults.empty()) rules_.check_as_verifier(*prepared, reservation.signed_at, row.now);
        row.prepared = std::move(*prepared);
        if (!row.prepared.built.faults.empty()) {
            row.refuse(std::move(row.prepared.built.faults));
            return {};
        }
    }
    const auto license = IssueRules::license_at(row.prepared, reservation);
    auto made = rules_.sign(license, *row.prepared.pack, signer, row.now);
    if (!made) return tl::unexpected(made.error());
    row.made = std::move(*made);
    return {};
}

Status RowSteps::answer(WorkingRow& row) const {
    if (row.entry) {
        auto told = tell(row);
        if (!told) return told;
    }
    if (!plan_.output || plan_.dry) return {};
    auto output = plan_.output(std::get<Issued>(*row.answer));
    if (output) {
        row.output = std::move(*output);
    } else {
        row.output_failed = output.error();
    }
    return {};
}

Status RowSteps::tell(WorkingRow& row) const {
    auto warnings = std::move(row.prepared.built.warnings);
    if (row.again) {
        // What was warned of then is warned of again, as long as the draft can still be read by the type's pack.
        auto then = rules_.prepare_at(*row.draft, row.entry->reservation.signed_at);
        warnings = then ? std::move(then->built.warnings) : std::vector<std::string>();
    }
    auto issued = issued_of(row.draft->request, std::move(*row.entry), row.again, std::move(warnings));
    if (!issued) return tl::unexpected(issued.error());
    issued->warnings.insert(issued->warnings.begin(), row.warnings.begin(), row.warnings.end());
    row.entry.reset();
    row.answer = std::move(*issued);
    return {};
}

Status GroupSteps::alone(WorkingRow& row, bool dry) {
    auto answer = issuer_.run(*row.draft, {}, dry);
    if (!answer) return tl::unexpected(answer.error());
    take(row, std::move(*answer));
    return {};
}

/// What the group's answer to one row makes of it.
Status GroupSteps::settle(WorkingRow& row, Result<Reserved> reserved) {
    auto& faults = row.prepared.built.faults;
    if (!reserved) {
        const bool unknown = reserved.error().code == Errc::not_found || reserved.error().code == Errc::draft_refused;
        if (!faults.empty() && unknown) {
            row.refuse(std::move(faults));
            return {};
        }
        if (!faults.empty() && reserved.error().code == Errc::request_conflict) return alone(row, false);
        auto refused = refuse_or_fail(*row.draft, reserved.error());
        if (!refused) return tl::unexpected(refused.error());
        take(row, std::move(*refused));
        return {};
    }
    if (reserved->issued) {
        row.entry = std::move(reserved->issued);
        row.again = true;
        return {};
    }
    row.as_reserved = !faults.empty() || reserved->reservation.content != row.prepared.built.content;
    row.reserved = std::move(*reserved);
    return {};
}

Status GroupSteps::reserve(const std::vector<WorkingRow*>& rows, WorkingRow*& at) {
    const auto requests = requests_of(rows, issuer_.rules->office());
    // A publication in between moves the signing time: what was checked for another is looked at again.
    const auto check = [&](std::size_t n, const Reservation& reservation) -> Status {
        auto& row = *rows[n];
        if (reservation.signed_at == row.now) return {};
        row.prepared.built.faults = issuer_.rules->authority_faults(row.prepared, reservation.signed_at, row.now);
        return row.prepared.built.faults.empty() ? Status() : fail(Errc::draft_refused, "");
    };
    auto answers = issuer_.ledger.reserve_many(requests, check);
    if (!answers) return tl::unexpected(answers.error());
    for (std::size_t n = 0; n < rows.size(); ++n) {
        auto settled = settle(*rows[n], std::move((*answers)[n]));
        if (settled) continue;
        at = rows[n];
        return settled;
    }
    return {};
}

Status GroupSteps::check_one(WorkingRow& row) {
    auto request = request_of(row, issuer_.rules->office());
    auto before = issuer_.ledger.find_request(request.request);
    if (!before) return tl::unexpected(before.error());
    if (*before) return alone(row, true);
    if (!row.prepared.built.faults.empty()) {
        row.refuse(std::move(row.prepared.built.faults));
        return {};
    }
    auto place = issuer_.ledger.preview(request);
    if (!place) {
        auto refused = refuse_or_fail(*row.draft, place.error());
        if (!refused) return tl::unexpected(refused.error());
        take(row, std::move(*refused));
        return {};
    }
    const auto license = IssueRules::license_at(row.prepared, place->reservation);
    row.warnings.insert(row.warnings.end(), row.prepared.built.warnings.begin(), row.prepared.built.warnings.end());
    row.answer = checked(*row.draft, license, std::move(row.warnings));
    return {};
}

Status GroupSteps::check(const std::vector<WorkingRow*>& rows, WorkingRow*& at) {
    for (auto* row : rows) {
        at = row;
        if (auto done = check_one(*row); !done) return done;
    }
    return {};
}

Status GroupSteps::commit(const std::vector<WorkingRow*>& rows, WorkingRow*& at) {
    std::vector<GroupLicense> licenses;
    licenses.reserve(rows.size());
    for (const auto* row : rows) {
        licenses.push_back(
            {.reservation = row->reserved->reservation, .payload = row->made.payload, .license = row->made.license});
    }
    auto answers = issuer_.ledger.commit_many(licenses);
    if (!answers) return tl::unexpected(answers.error());
    for (std::size_t n = 0; n < rows.size(); ++n) {
        auto& row = *rows[n];
        auto& answer = (*answers)[n];
        if (!answer) {
            auto refused = refuse_or_fail(*row.draft, answer.error());
            at = &row;
            if (!refused) return tl::unexpected(refused.error());
            take(row, std::move(*refused));
        } else if (*answer) {
            // Another process, or a row before, was first: its license is the license.
            row.entry = std::move(**answer);
            row.again = true;
        } else {
            row.entry = LedgerEntry{.request = row.draft->request,
                                    .reservation = std::move(row.reserved->reservation),
                                    .payload = std::move(row.made.payload),
                                    .license = std::move(row.made.license),
                                    .previous = row.draft->previous};
        }
    }
    return {};
}

}  // namespace elic
