#include <fstream>

#include "base/file.h"
#include "base/hex.h"
#include "base/text.h"
#include "checkpoint_trust.h"
#include "elic/ledger/ledger_proof.h"
#include "ledger_commands.h"
#include "office_session.h"
#include "picture_library.h"

namespace elic::cli {

namespace {

struct TreeOptions {
    std::string office, out, qr, leaves, id, checkpoint, from, keep;
    std::vector<std::string> files;
    PassphraseOptions passphrase;
    CheckpointTrust trust;
};

/// A checkpoint of the ledger as it is now, signed with the office's key.
Result<SignedCheckpoint> sign_now(Session& session, SigningOffice& hand, const Ledger& ledger) {
    auto head = ledger.head();
    if (!head) return tl::unexpected(head.error());
    const Checkpoint checkpoint{
        .origin = {.issuer = hand.office.issuer, .office = ledger.office(), .identity = ledger.identity()},
        .head = *head,
        .at = session.clock.now()};
    auto text = sign_checkpoint(checkpoint, *hand.signer, hand.office.certificate);
    if (!text) return tl::unexpected(text.error());
    return read_checkpoint(*text);
}

Status write_leaves(const Ledger& ledger, std::uint64_t size, const std::string& file) {
    std::ofstream stream(file, std::ios::binary | std::ios::trunc);
    auto written = ledger.leaves(size, [&](BytesView leaf) -> Status {
        stream.write(reinterpret_cast<const char*>(leaf.data()), static_cast<std::streamsize>(leaf.size()));
        return {};
    });
    if (!written) return written;
    stream.flush();
    return stream ? Status() : fail(Errc::io, file + ": the leaves cannot be written");
}

int checkpoint(Session& session, const TreeOptions& options) {
    auto hand = open_for_signing(options.office, options.passphrase);
    if (!hand) return session.console.fail(hand.error());
    auto ledger = Ledger::open(hand->office.ledger());
    if (!ledger) return session.console.fail(ledger.error());
    if (const auto refusal = ledger->refusal()) return session.console.fail({Errc::ledger_unusable, *refusal});
    auto made = sign_now(session, *hand, *ledger);
    if (!made) return session.console.fail(made.error());
    const auto text = write_checkpoint(*made);
    if (!options.leaves.empty()) {
        if (auto written = write_leaves(*ledger, made->checkpoint.head.size, options.leaves); !written) {
            return session.console.fail(written.error());
        }
    }
    if (!options.qr.empty()) {
        auto pictures = picture_library();
        if (!pictures) return session.console.fail(pictures.error());
        auto modules = (*pictures)->draw_qr(text, QrLevel::m);
        auto png = modules ? (*pictures)->png(*modules, {.test = hand->office.test}) : tl::unexpected(modules.error());
        auto written = png ? write_file_durably(options.qr, *png) : Status(tl::unexpected(png.error()));
        if (!written) return session.console.fail(written.error());
    }
    if (auto written = write_file_durably(options.out, as_bytes(text)); !written) {
        return session.console.fail(written.error());
    }
    if (auto recorded = ledger->record_head(); !recorded) return session.console.fail(recorded.error());
    session.console.data(escape_for_output(options.out) + "\t" + std::to_string(made->checkpoint.head.size) + "\t" +
                         to_hex(made->checkpoint.head.root));
    return exit_done;
}

int prove(Session& session, const TreeOptions& options) {
    if (options.id.empty() == options.from.empty()) {
        return session.console.fail({Errc::bad_argument, "give a license identifier, or --from CHECKPOINT"});
    }
    auto office = open_office(options.office);
    if (!office) return session.console.fail(office.error());
    auto ledger = Ledger::open(office->ledger());
    if (!ledger) return session.console.fail(ledger.error());
    Result<SignedCheckpoint> to = fail(Errc::not_found, "");
    if (options.checkpoint.empty()) {
        auto hand = open_for_signing(options.office, options.passphrase);
        to = hand ? sign_now(session, *hand, *ledger) : Result<SignedCheckpoint>(tl::unexpected(hand.error()));
    } else {
        to = load_checkpoint(options.checkpoint);
    }
    if (!to) return session.console.fail(to.error());
    Result<std::string> proof = fail(Errc::not_found, "");
    if (options.from.empty()) {
        auto id = LicenseId::parse(options.id);
        proof = id ? prove_issued(*ledger, *id, *to) : Result<std::string>(tl::unexpected(id.error()));
    } else {
        auto from = load_checkpoint(options.from);
        proof = from ? prove_consistent(*ledger, *from, *to) : Result<std::string>(tl::unexpected(from.error()));
    }
    if (!proof) return session.console.fail(proof.error());
    auto read = read_ledger_proof(*proof);
    if (!read || !read->holds()) {
        return session.console.fail({Errc::ledger_unusable,
                                     "the ledger does not come to that checkpoint: run `elic "
                                     "ledger audit --against` it"});
    }
    if (options.out.empty()) {
        session.console.data(proof->substr(0, proof->size() - 1));
        return exit_done;
    }
    auto written = write_file_durably(options.out, as_bytes(*proof));
    return written ? exit_done : session.console.fail(written.error());
}

std::string sizes_of(const LedgerProof& proof) {
    return std::to_string(proof.from->checkpoint.head.size) + " to " +
           std::to_string(proof.checkpoint.checkpoint.head.size);
}

/// The exit status of a checkpoint whose signature does not count: 4 when it is bad, 2 when it cannot be told.
int refuse(Session& session, const Error& error) {
    session.console.complain(error.context);
    return error.code == Errc::chain_broken ? exit_invalid : exit_failed;
}

int check(Session& session, const TreeOptions& options) {
    auto bytes = read_file(options.files.front(), max_ledger_proof);
    if (!bytes) return session.console.fail(bytes.error());
    auto proof = read_ledger_proof(as_text(*bytes));
    if (!proof) return session.console.fail(proof.error());
    if (!proof->holds()) {
        session.console.data("BAD\tthe path does not lead from what is proven to the root of the checkpoint");
        return exit_invalid;
    }
    if (auto counts = options.trust.check(proof->checkpoint); !counts) return refuse(session, counts.error());
    const auto& later = proof->checkpoint.checkpoint;
    if (proof->from) {
        if (auto counts = options.trust.check(*proof->from); !counts) return refuse(session, counts.error());
        session.console.data("consistent\t" + later.origin.text() + "\t" + sizes_of(*proof) + "\t" + later.at.format());
        return exit_done;
    }
    session.console.data(escape_for_output(proof->kind) + "\t" + escape_for_output(proof->id) + "\tevent " +
                         std::to_string(proof->number) + " of " + later.origin.text() + "\t" + later.at.format());
    session.console.note(escape_for_output(proof->payload));
    return exit_done;
}

/// What the witness has of a ledger, and what it is now told.
int compare(Session& session, const SignedCheckpoint& kept, const SignedCheckpoint& told,
            const std::optional<LedgerProof>& proof) {
    const auto& old_head = kept.checkpoint.head;
    const auto& new_head = told.checkpoint.head;
    const auto fork = [&](const std::string& why) {
        session.console.data("FORK\t" + told.checkpoint.origin.text() + "\t" + std::to_string(old_head.size) + "\t" +
                             std::to_string(new_head.size) + "\t" + why);
        return exit_invalid;
    };
    if (old_head.size == new_head.size) {
        return old_head.root == new_head.root ? exit_done : fork("two roots over as many events, both signed");
    }
    if (new_head.size < old_head.size) {
        return session.console.fail(
            {Errc::bad_argument, "it is older than what is kept (" + std::to_string(old_head.size) + " events)"});
    }
    if (!proof || !proof->from) {
        return session.console.fail(
            {Errc::bad_argument,
             "give the proof that it goes on from what is kept: --proof FILE (elic ledger prove "
             "--from, from the agency)"});
    }
    if (proof->from->checkpoint.head != old_head || proof->checkpoint.checkpoint.head != new_head) {
        return session.console.fail({Errc::bad_argument, "the proof is not from the checkpoint kept to this one"});
    }
    return proof->holds() ? exit_done : fork("the proof does not hold");
}

int witness(Session& session, const TreeOptions& options) {
    auto told = load_checkpoint(options.files.front());
    if (!told) return session.console.fail(told.error());
    if (auto counts = options.trust.check(*told); !counts) return refuse(session, counts.error());
    const auto& origin = told->checkpoint.origin;
    const auto folder = std::filesystem::path(options.keep);
    const auto name = origin.issuer.text() + "-" + std::to_string(origin.office) + "-" + to_hex(origin.identity);
    const auto newest = folder / (name + ".checkpoint");
    if (auto made = make_folders(folder); !made) return session.console.fail(made.error());
    if (file_exists(newest)) {
        auto kept = load_checkpoint(newest.string());
        if (!kept) return session.console.fail(kept.error());
        std::optional<LedgerProof> proof;
        if (!options.from.empty()) {
            auto bytes = read_file(options.from, max_ledger_proof);
            auto read = bytes ? read_ledger_proof(as_text(*bytes)) : tl::unexpected(bytes.error());
            if (!read) return session.console.fail(read.error());
            proof = std::move(*read);
        }
        const int status = compare(session, *kept, *told, proof);
        if (status != exit_done) {
            // Evidence of a fork is kept beside, never in the place of what was there.
            if (status == exit_invalid) {
                static_cast<void>(write_file_durably(folder / (name + ".fork"), as_bytes(write_checkpoint(*told))));
            }
            return status;
        }
    } else {
        session.console.note("the first checkpoint of " + origin.text() + " that is kept here");
    }
    const auto text = write_checkpoint(*told);
    const auto dated = folder / (name + "-" + std::to_string(told->checkpoint.head.size) + ".checkpoint");
    auto written = write_file_durably(dated, as_bytes(text));
    if (written) written = write_file_durably(newest, as_bytes(text));
    if (!written) return session.console.fail(written.error());
    session.console.data("kept\t" + origin.text() + "\t" + std::to_string(told->checkpoint.head.size));
    return exit_done;
}

void add_prove(Command& group, Session& session) {
    auto options = std::make_shared<TreeOptions>();
    auto* command = add_command(group, session, "prove", "Prove that a license is in the ledger, or that it only grew",
                                "elic ledger prove --office office 1.2.156.3005.2.(...).001.A --out proof.json",
                                [&session, options] { return prove(session, *options); });
    command->add_option("id", options->id, "License identifier");
    command->add_option("--from", options->from, "Instead: that the ledger goes on from this checkpoint");
    command->add_option("--checkpoint", options->checkpoint, "Under this checkpoint (default: a new one, signed now)");
    command->add_option("--office", options->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command->add_option("--out", options->out, "The proof (default: standard output)");
    options->passphrase.add_to(*command);
}

}  // namespace

void add_ledger_tree(Command& group, Session& session) {
    auto made = std::make_shared<TreeOptions>();
    auto* command = add_command(group, session, "checkpoint", "Sign what the ledger is now, to be kept outside it",
                                "elic ledger checkpoint --office office --out 2026-11.checkpoint --qr 2026-11.png",
                                [&session, made] { return checkpoint(session, *made); });
    command->add_option("--office", made->office, "The issuing office")->required()->envname("ELIC_OFFICE");
    command->add_option("--out", made->out, "The checkpoint, a text file")->required();
    command->add_option("--qr", made->qr, "The same as a QR code for paper (.png)");
    command->add_option("--leaves", made->leaves, "The leaf hashes, so that an audit can name the first bad event");
    made->passphrase.add_to(*command);
    add_prove(group, session);
    auto checked = std::make_shared<TreeOptions>();
    auto* proof = add_command(
        group, session, "check", "Check a proof, without the ledger. Exit: 0 holds, 4 bad, 2 failed",
        "elic ledger check proof.json --cert office.pem", [&session, checked] { return check(session, *checked); });
    proof->add_option("proof", checked->files, "The proof")->required()->single();
    checked->trust.add_to(*proof);
    auto kept = std::make_shared<TreeOptions>();
    auto* keeper = add_command(group, session, "witness", "Keep another agency's checkpoints. Exit: 4 when it forked",
                               "elic ledger witness 2026-12.checkpoint --proof proof.json --keep kept --trust trust",
                               [&session, kept] { return witness(session, *kept); });
    keeper->add_option("checkpoint", kept->files, "The checkpoint")->required()->single();
    keeper->add_option("--proof", kept->from, "That it goes on from the one kept (elic ledger prove --from)");
    keeper->add_option("--keep", kept->keep, "Folder of the checkpoints kept")->required();
    kept->trust.add_to(*keeper);
}

}  // namespace elic::cli
