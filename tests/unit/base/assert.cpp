#include "elic/base/assert.h"

#include <catch2/catch.hpp>
#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

TEST_CASE("ELIC_ASSERT aborts on a broken expectation and passes a kept one") {
    ELIC_ASSERT(1 + 1 == 2);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::signal(SIGABRT, SIG_DFL);
        ::close(STDERR_FILENO);
        ELIC_ASSERT(1 + 1 == 3);
        ::_exit(0);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGABRT);
}
