// Makes testdata/vectors/status: contents of status lists and deltas that are right, and such that break one rule each;
// deltas put upon lists. Nothing is signed. The same files each time. Usage: make_status_vectors FOLDER
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "base/file.h"
#include "codec/cbor.h"
#include "trust/status_blocks.h"
#include "trust/status_sets.h"
#include "unit/trust/status_world.h"
#include "vectors/status_json.h"

namespace {

using namespace elic;
using Value = cbor::Value;

class Maker {
public:
    explicit Maker(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void save(const std::string& name, const std::string& comment, const char* kind, const char* expect,
              const std::string& more, const std::string& body) {
        const auto text =
            "comment: " + comment + "\nkind: " + kind + "\nexpect: " + expect + "\n" + more + "\n" + body + "\n";
        if (!write_file_durably(folder_ / (name + ".txt"), as_bytes(text))) std::abort();
        ++count_;
    }

    void good(const std::string& name, const std::string& comment, const StatusListContent& list) {
        std::string answers;
        const auto ask = [&](std::uint64_t index, Timestamp at) {
            answers += (answers.empty() ? "" : ", ") + test::answer_json(list, index, at);
        };
        ask(0, list.as_of);
        ask(list.allotted, list.as_of);
        for (const auto at : {plus(list.base, -1), list.base}) {
            for (const auto& entry : list.entries) {
                if (entry.index < 100) ask(entry.index, at);
            }
        }
        for (const auto& change : list.changes) {
            if (change.index >= 100) continue;
            ask(change.index, plus(change.effective, -1));
            ask(change.index, change.effective);
        }
        save(name, comment, "list", "ok", "meaning: " + test::to_json(list) + "\nanswers: [" + answers + "]\n",
             to_hex(write_status_list(list).value()));
    }

    void good(const std::string& name, const std::string& comment, const StatusDelta& delta) {
        save(name, comment, "delta", "ok", "meaning: " + test::to_json(delta) + "\n",
             to_hex(write_status_delta(delta).value()));
    }

    void apply(const std::string& name, const std::string& comment, const StatusListContent& list,
               const StatusDelta& delta) {
        const auto after = apply_status_delta(list, delta);
        save(name, comment, "apply", after ? "ok" : "malformed",
             after ? "meaning: " + test::to_json(*after) + "\n" : "",
             to_hex(write_status_list(list).value()) + "\n" + to_hex(write_status_delta(delta).value()));
    }

    /// A right content with its map changed.
    void change(const std::string& name, const std::string& comment, const Bytes& content,
                const std::function<void(cbor::Map&)>& make, const char* expect = "malformed") {
        auto map = *cbor::read(content, {.depth = 1, .entries = 16, .bytes = 1 << 20})->map();
        const bool is_list = map.size() == 10;
        make(map);
        save(name, comment, is_list ? "list" : "delta", expect, "", to_hex(cbor::write(Value(std::move(map)))));
    }

    int count() const { return count_; }

private:
    std::filesystem::path folder_;
    int count_ = 0;
};

Value& at(cbor::Map& map, std::int64_t key) {
    for (auto& [k, v] : map) {
        if (*k.integer() == key) return v;
    }
    std::abort();
}

/// A block that `write` fills.
Value block(const std::function<void(BitWriter&)>& write) {
    BitWriter out;
    write(out);
    return out.finish();
}

StatusListContent bare_list() {
    auto list = small_list();
    list.entries.clear();
    list.changes.clear();
    return list;
}

void make_good(Maker& maker) {
    maker.good("ok", "ten entries, three not valid at the base, four changes", small_list());
    maker.good("ok-bare", "nothing but valid entries", bare_list());
    auto list = bare_list();
    list.allotted = 0;
    list.number = 1;
    list.previous.reset();
    maker.good("ok-nothing-allotted", "the first list of an office that has issued nothing", list);
    list = small_list();
    list.issuer = issuer_that_does_not_pack();
    maker.good("ok-issuer-as-text", "a credit code that cannot be packed", list);
    list = bare_list();
    list.allotted = max_status_entries;
    list.entries = {{0, LicenseState::lapsed}, {max_status_entries - 1, LicenseState::withdrawn}};
    maker.good("ok-widest", "the first and the last of 2^32 entries", list);
    list = bare_list();
    for (std::uint64_t i = 0; i < 10; ++i) list.entries.push_back({i, LicenseState::cancelled});
    maker.good("ok-all-cancelled", "an office that was closed: every entry in one state", list);
    list = bare_list();
    for (std::uint64_t i = 1; i < 8; ++i) list.entries.push_back({i, static_cast<LicenseState>(i)});
    for (int i = 0; i < 8; ++i) {
        list.changes.push_back({9, plus(list.base, 86400 * (i + 1)), static_cast<LicenseState>(i)});
    }
    maker.good("ok-all-states", "every state as an entry and as a change", list);
    list = bare_list();
    list.changes = {{4, plus(list.base, 1), LicenseState::suspended}, {4, instant("2199-12-31"), LicenseState::valid}};
    maker.good("ok-first-and-last-instant", "the second after the base and the last second of 2199", list);
    for (unsigned seed = 100; seed < 106; ++seed) {
        maker.good("ok-random-" + std::to_string(seed), "invented", StatusMaker(seed).list());
    }
    maker.good("delta-ok", "two changes", small_delta());
    auto delta = small_delta();
    delta.changes.clear();
    maker.good("delta-ok-no-changes", "nothing happened: new times only", delta);
    for (unsigned seed = 200; seed < 203; ++seed) {
        maker.good("delta-ok-random-" + std::to_string(seed), "invented", StatusMaker(seed).delta());
    }
}

void make_heads(Maker& maker) {
    const auto list = write_status_list(small_list()).value();
    const auto delta = write_status_delta(small_delta()).value();
    const auto number = [&](const char* name, const char* comment, const Bytes& content, int key, std::int64_t value) {
        maker.change(name, comment, content, [=](cbor::Map& m) { at(m, key) = Value(value); });
    };
    auto longer = list;
    longer.push_back(0);
    maker.save("trailing-byte", "a byte after the end", "list", "malformed", "", to_hex(longer));
    maker.save("cut", "the last byte lacks", "list", "malformed", "", to_hex(BytesView(list).first(list.size() - 1)));
    maker.save("delta-as-list", "the content of a delta read as a list", "list", "malformed", "", to_hex(delta));
    maker.save("list-as-delta", "the content of a list read as a delta", "delta", "malformed", "", to_hex(list));
    maker.change("key-11", "a key that does not exist", list,
                 [](cbor::Map& m) { m.emplace_back(std::int64_t{11}, std::int64_t{1}); });
    maker.change("key-8-lacks", "a list has a base", list, [](cbor::Map& m) { m.erase(m.begin() + 7); });
    maker.change("issuer-as-text", "a code that packs is packed", list,
                 [](cbor::Map& m) { at(m, 1) = Value("11430199MB00TX017C"); });
    maker.change("issuer-check", "a code with a wrong check character", list,
                 [](cbor::Map& m) { at(m, 1) = Value("11430199MB00TX017D"); });
    number("list-0", "lists count from 1", list, 2, 0);
    number("number-0", "publications count from 1", list, 3, 0);
    number("number-negative", "a number is not negative", list, 3, -1);
    number("delta-number-1", "a delta goes on from something", delta, 3, 1);
    const auto as_of = small_list().as_of.epoch_2000_seconds();
    number("next-update-before-as-of", "stale before it was made", list, 5, as_of - 1);
    number("base-after-as-of", "the base is not later than the ledger was read", list, 8, as_of + 1);
    number("instant-out-of-range", "an instant after 2199", list, 8, std::int64_t{1} << 40);
    maker.change("previous-31-bytes", "a digest has 32 bytes", list, [](cbor::Map& m) { at(m, 6) = Value(Bytes(31)); });
    maker.change("delta-previous-null", "a delta names what it goes on from", delta,
                 [](cbor::Map& m) { at(m, 6) = Value(); });
    maker.change(
        "allotted-over-limit", "more than 2^32 entries", list,
        [](cbor::Map& m) { at(m, 7) = Value(static_cast<std::int64_t>(max_status_entries) + 1); }, "limit");
    maker.change("entries-as-text", "a block is bytes", list, [](cbor::Map& m) { at(m, 9) = Value("1"); });
}

/// All of these lists have 10 entries allotted unless they say otherwise.
void make_entry_blocks(Maker& maker) {
    const auto list = write_status_list(bare_list()).value();
    const auto with = [&](const char* name, const char* comment, const std::function<void(BitWriter&)>& write,
                          std::uint64_t allotted = 10, const char* expect = "malformed") {
        maker.change(
            name, comment, list,
            [&](cbor::Map& m) {
                at(m, 7) = Value(static_cast<std::int64_t>(allotted));
                at(m, 9) = block(write);
                at(m, 10) = Value(write_changes(allotted, small_list().base, {}));
            },
            expect);
    };
    with("entries-empty-block", "the count lacks", [](BitWriter&) {});
    with("entries-padding", "the bits after the end are zero", [](BitWriter& out) {
        out.uniform(0, 11);
        out.bits(1, 2);
    });
    with("entries-extra-byte", "the block ends with its last bit", [](BitWriter& out) {
        out.uniform(0, 11);
        out.bits(0, 8);
    });
    with("entries-outside", "an index that is not allotted", [](BitWriter& out) {
        out.uniform(1, 11);
        out.golomb(10, Golomb(golomb_divisor(10, 1)));
        write_row(out, {0}, 7, 0);
    });
    with("entries-quotient", "a quotient without an end", [](BitWriter& out) {
        out.uniform(1, 11);
        out.bits(0, 50);
    });
    with("entries-states-lack", "the states lack", [](BitWriter& out) {
        const std::uint64_t all[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        out.uniform(9, 11);
        write_set(out, 10, all);
    });
    with(
        "entries-more-than-bits", "a count that the block cannot hold",
        [](BitWriter& out) { out.uniform(1000, 100001); }, 100000);
    with(
        "entries-over-limit", "more entries than a list may have",
        [](BitWriter& out) { out.uniform(max_status_marked + 1, max_status_entries + 1); }, max_status_entries,
        "limit");
}

/// A bare list with this block of changes.
void change_block(Maker& maker, const char* name, const char* comment, const std::function<void(BitWriter&)>& write,
                  std::uint64_t allotted = 10, const char* expect = "malformed") {
    maker.change(
        name, comment, write_status_list(bare_list()).value(),
        [&](cbor::Map& m) {
            at(m, 7) = Value(static_cast<std::int64_t>(allotted));
            at(m, 9) = Value(write_entries(allotted, {}));
            at(m, 10) = block(write);
        },
        expect);
}

/// Of 10 entries, entry 4 changes.
void begin_changes(BitWriter& out) {
    const std::uint64_t four[] = {4};
    out.uniform(1, 11);
    write_set(out, 10, four);
}

/// It does so `count` times, to suspended.
void begin_changes(BitWriter& out, std::uint64_t count) {
    begin_changes(out);
    out.gamma(count);
    std::vector<std::uint64_t> repeats(count - 1);
    for (std::size_t i = 0; i < repeats.size(); ++i) repeats[i] = i;
    write_set(out, count - 1, repeats);
    write_row(out, std::vector<std::uint32_t>(count, 1), license_states, 0);
}

void make_change_counts(Maker& maker) {
    change_block(maker, "changes-empty-block", "the count lacks", [](BitWriter&) {});
    change_block(maker, "changes-padding", "the bits after the end are zero", [](BitWriter& out) {
        out.uniform(0, 11);
        out.bits(1, 2);
    });
    change_block(maker, "changes-outside", "an index that is not allotted", [](BitWriter& out) {
        out.uniform(1, 11);
        out.golomb(10, Golomb(golomb_divisor(10, 1)));
        out.bits(0, 50);
    });
    change_block(maker, "changes-repeats-lack", "more repeats than the block can hold", [](BitWriter& out) {
        begin_changes(out);
        out.gamma(1000);
    });
    change_block(maker, "changes-gamma", "a number of repeats with more than 48 bits", [](BitWriter& out) {
        begin_changes(out);
        out.unary(49);
        out.bits(0, 49);
    });
    change_block(
        maker, "changes-repeats-over-limit", "more changes than a list may have",
        [](BitWriter& out) {
            begin_changes(out);
            out.gamma(max_status_changes + 1);
        },
        10, "limit");
    change_block(
        maker, "changes-over-limit", "more changed indexes than a list may have changes",
        [](BitWriter& out) { out.uniform(max_status_changes + 1, max_status_entries + 1); }, max_status_entries,
        "limit");
}

void make_change_times(Maker& maker) {
    const auto last = instant("2199-12-31").epoch_2000_seconds(), base = small_list().base.epoch_2000_seconds();
    const auto span = static_cast<std::uint64_t>(last - base);
    change_block(maker, "changes-time-order", "two changes of one index in the wrong order", [&](BitWriter& out) {
        begin_changes(out, 2);
        out.uniform(1, 2);
        out.uniform(0, span);
        out.uniform(0, span - 1);
        write_row(out, {1, 0}, 2, 1);
    });
    change_block(maker, "changes-one-instant", "two changes of one index at one instant", [&](BitWriter& out) {
        begin_changes(out, 2);
        out.uniform(0, 2);
        out.uniform(0, span);
    });
    change_block(maker, "changes-after-the-last", "a second instant after the last second of 2199",
                 [&](BitWriter& out) {
                     begin_changes(out, 2);
                     out.uniform(1, 2);
                     out.uniform(span - 1, span);
                 });
    change_block(maker, "changes-no-room-between", "three instants of which the last follows the first",
                 [&](BitWriter& out) {
                     begin_changes(out, 3);
                     out.uniform(2, 3);
                     out.uniform(0, span);
                     out.uniform(0, span - 1);
                     out.bits(0, 8);
                 });
    maker.change("changes-none-possible", "a change after a base that is the last second of all",
                 write_status_list(bare_list()).value(), [&](cbor::Map& m) {
                     for (const int key : {4, 5, 8}) at(m, key) = Value(last);
                     at(m, 10) = block([&](BitWriter& out) {
                         begin_changes(out, 1);
                         out.bits(0, 8);
                     });
                 });
}

void make_applied(Maker& maker) {
    const auto list = small_list();
    const auto with = [&](const char* name, const char* comment, const std::function<void(StatusDelta&)>& make) {
        auto delta = small_delta();
        make(delta);
        maker.apply(name, comment, list, delta);
    };
    with("apply-ok", "two changes added", [](StatusDelta&) {});
    with("apply-ok-there-already", "a change that is there already stays once", [&](StatusDelta& d) {
        d.changes = {list.changes[0], list.changes[2]};
    });
    with("apply-ok-before-base", "what is effective before the base counts from it", [&](StatusDelta& d) {
        d.changes = {{0, plus(list.base, -9), LicenseState::suspended}, {2, plus(list.base, -9), LicenseState::valid},
                     {3, plus(list.base, -9), LicenseState::revoked},   {3, list.base, LicenseState::cancelled},
                     {9, list.base, LicenseState::cancelled},           {9, plus(list.base, 1), LicenseState::valid}};
    });
    with("apply-same-instant", "another state at the same instant", [&](StatusDelta& d) {
        d.changes = {{2, list.changes[2].effective, LicenseState::revoked}};
    });
    with("apply-issuer", "another issuer", [](StatusDelta& d) { d.issuer = issuer_that_does_not_pack(); });
    with("apply-list", "another list", [](StatusDelta& d) { d.list = 4; });
    with("apply-number", "a number that does not count up", [&](StatusDelta& d) { d.number = list.number; });
    with("apply-as-of", "the ledger was read before", [&](StatusDelta& d) { d.as_of = plus(list.as_of, -1); });
    with("apply-allotted", "fewer allotted", [](StatusDelta& d) {
        d.allotted = 9;
        d.changes.clear();
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    Maker maker(argv[1]);
    make_good(maker);
    make_heads(maker);
    make_entry_blocks(maker);
    make_change_counts(maker);
    make_change_times(maker);
    make_applied(maker);
    std::printf("%d vectors\n", maker.count());
    return 0;
}
