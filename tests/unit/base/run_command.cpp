#include <catch2/catch.hpp>
#include <csignal>
#include <ctime>
#include <fstream>
#include <thread>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "temporary_folder.h"

using namespace elic;
using namespace std::chrono_literals;

TEST_CASE("run_command feeds input and returns output, however large") {
    const Bytes input(300000, 'x');
    const auto output = run_command("cat", input, input.size(), 20s);
    REQUIRE(output);
    CHECK(*output == input);
    CHECK(as_text(*run_command("printf '%s' \"$0\"; exec 1>&-", {}, 100, 20s)) == "sh");
    CHECK(run_command("true", {}, 0, 20s).value().empty());
}

TEST_CASE("run_command survives a command that does not want its input") {
    const Bytes input(300000, 'x');
    CHECK(as_text(run_command("echo done", input, 100, 20s).value()) == "done\n");
    CHECK(as_text(run_command("exec 0<&-; echo done", input, 100, 20s).value()) == "done\n");
}

TEST_CASE("run_command reports exit status and signal") {
    const auto refused = run_command("echo lost; exit 7", {}, 100, 20s);
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == Error{Errc::command_failed, "the command ended with exit status 7"});
    CHECK(run_command("kill -9 $$", {}, 100, 20s).error().context == "the command was ended by signal 9");
    CHECK(run_command("no-such-command-here 2>/dev/null", {}, 100, 20s).error().context ==
          "the command ended with exit status 127");
}

TEST_CASE("run_command stops at the output limit") {
    CHECK(run_command("printf 12345", {}, 5, 20s));
    const auto refused = run_command("printf 123456", {}, 5, 20s);
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == Error{Errc::command_failed, "the command wrote more than 5 bytes"});
    CHECK_FALSE(run_command("yes", {}, 100000, 20s));
}

TEST_CASE("run_command kills what does not end in time, children included") {
    const TemporaryFolder folder;
    const std::string file = (folder / "pid").string();
    for (const std::string& command :
         {"(sleep 60 & echo $! >'" + file + "'; wait)", "exec 1>&-; sleep 60 & echo $! >'" + file + "'; wait"}) {
        const auto refused = run_command(command, {}, 100, 1s);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == Errc::command_failed);
        CHECK(refused.error().context.find("in time") != std::string::npos);
        pid_t grandchild = 0;
        std::ifstream(file) >> grandchild;
        REQUIRE(grandchild > 0);
        bool gone = false;
        for (int i = 0; i < 100 && !gone; ++i) {
            // A killed process without a parent that waits may stay as a zombie.
            std::ifstream status("/proc/" + std::to_string(grandchild) + "/stat");
            std::string number, name, state;
            gone = !(status >> number >> name >> state) || state == "Z" || state == "X";
            if (!gone) std::this_thread::sleep_for(20ms);
        }
        CHECK(gone);
    }
}

TEST_CASE("run_command leaves the signals of the process alone") {
    sigset_t before;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &before);
    CHECK(run_command("true", Bytes(300000), 10, 20s));
    sigset_t after;
    ::pthread_sigmask(SIG_SETMASK, nullptr, &after);
    CHECK(::sigismember(&before, SIGPIPE) == ::sigismember(&after, SIGPIPE));
    sigset_t pending;
    ::sigpending(&pending);
    CHECK(::sigismember(&pending, SIGPIPE) == 0);
}
