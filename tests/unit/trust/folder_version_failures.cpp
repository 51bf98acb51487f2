#include "unit/trust/no_more_files.h"
#include "unit/trust/unlistable_folder.h"
#include "unit/trust/version_world.h"

using namespace elic;

namespace {

/// The refusal of a change; checks that nothing of it is left.
Error refused(const std::filesystem::path& folder, const NextVersion& next) {
    const auto before = list_folder(folder / "versions").value();
    const auto made = publish_version(folder, next);
    REQUIRE_FALSE(made);
    CHECK(list_folder(folder / "versions").value() == before);
    return made.error();
}

}  // namespace

TEST_CASE("A folder of versions that cannot be listed is an error, not a folder without versions") {
    const TemporaryFolder folder;
    make_unlistable(folder / "versions");
    const auto newest = newest_version(folder.path());
    REQUIRE_FALSE(newest);
    CHECK(newest.error().code == Errc::io);
    CHECK_THAT(newest.error().context, Catch::Contains("versions: cannot be listed"));
    const auto current = current_version(folder.path());
    REQUIRE_FALSE(current);
    CHECK(current.error().code == Errc::io);
}

TEST_CASE("A folder inside a version that cannot be listed is an error, however deep it lies") {
    for (const char* place : {"lists", "status/11430199MB00TX017C/1"}) {
        CAPTURE(place);
        const TemporaryFolder folder;
        REQUIRE(make_folders(folder / "versions/000001"));
        make_unlistable(folder / "versions/000001" / place);
        const auto files = files_of(newest_version(folder.path()).value().value());
        REQUIRE_FALSE(files);
        CHECK(files.error().code == Errc::io);
        CHECK_THAT(files.error().context, Catch::Contains(std::string(place) + ": cannot be listed"));
    }
}

TEST_CASE("A change of which a file cannot be put into place leaves nothing, and names what it was") {
    const TemporaryFolder folder;
    publish(folder.path(), "one");
    const auto base = newest_version(folder.path()).value();
    const auto context_of = [&](const std::set<std::string>& kept, const std::map<std::string, Bytes>& written) {
        const auto error = refused(folder.path(), {.base = base, .kept = kept, .written = written});
        CHECK(error.code == Errc::io);
        return error.context;
    };
    CHECK_THAT(context_of({}, {{"lists", {1}}, {first_name, {2}}}),
               Catch::Contains(".part/lists: the folder cannot be made"));
    CHECK_THAT(context_of({first_name}, {{"lists", {1}}}), Catch::Contains(".part/lists: the folder cannot be made"));
    CHECK_THAT(context_of({}, {{std::string(300, 'x'), {1}}, {first_name, {2}}}),
               Catch::Contains("xxx: cannot be created"));
    CHECK(current(folder.path()) == 1);
}

TEST_CASE("Who comes second with a version is told to do it again") {
    const TemporaryFolder folder;
    const NextVersion first{.base = {}, .kept = {}, .written = {{first_name, {1}}}};
    REQUIRE(publish_version(folder.path(), first));
    const auto error = refused(folder.path(), first);
    CHECK(error.code == Errc::already_exists);
    CHECK_THAT(error.context, Catch::Contains("somebody else changed the trust folder meanwhile: do it again"));
}

TEST_CASE("The last version has the number 999999") {
    const TemporaryFolder folder;
    const auto after = [](std::uint64_t number) {
        return NextVersion{
            .base = FolderVersion{.number = number, .path = {}}, .kept = {}, .written = {{first_name, {1}}}};
    };
    CHECK(publish_version(folder.path(), after(999998)).value().number == 999999);
    CHECK(current(folder.path()) == 999999);
    const auto error = refused(folder.path(), after(999999));
    CHECK(error.code == Errc::limit_exceeded);
    CHECK_THAT(error.context, Catch::Contains("no version number is left"));
}

TEST_CASE("A version whose own folder cannot be made is an error that names the folder") {
    const TemporaryFolder folder;
    // So long that the names of versions, but not those of unfinished ones, are shorter than a path may be.
    auto deep = folder.path();
    constexpr std::size_t longest_path = 4095, name_size = 200;
    const std::size_t end = longest_path - std::string("/versions/000001").size();
    while (deep.native().size() + name_size + 1 < end - 1) deep /= std::string(name_size, 'd');
    deep /= std::string(end - deep.native().size() - 1, 'd');
    const auto error = publish_version(deep, {.base = {}, .kept = {}, .written = {{first_name, {1}}}}).error();
    CHECK(error.code == Errc::io);
    CHECK_THAT(error.context, Catch::Contains(".part: the folder cannot be made"));
}

TEST_CASE("Where the folder of versions cannot be synced, no version is begun in it") {
    const TemporaryFolder folder;
    const NextVersion next{.base = {}, .kept = {}, .written = {{first_name, {1}}}};
    const auto made = [&] {
        const NoMoreFiles limit;
        return publish_version(folder.path(), next);
    }();
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::io);
    CHECK_THAT(made.error().context, Catch::StartsWith(folder.path().string() + ": cannot be opened"));
    CHECK(list_folder(folder / "versions").value().empty());
}

TEST_CASE("A pointer that cannot be written is an error, and the version stays for the next change") {
    const TemporaryFolder folder;
    REQUIRE(make_folders(folder / "current"));
    const auto made = publish_version(folder.path(), {.base = {}, .kept = {}, .written = {{first_name, {1}}}});
    REQUIRE_FALSE(made);
    CHECK(made.error().code == Errc::io);
    CHECK_THAT(made.error().context, Catch::Contains("current: cannot be opened for writing"));
    CHECK(newest_version(folder.path()).value().value().number == 1);
}
