// no_network CMD ARGS: runs a command that is killed by the kernel (SIGSYS) at its first attempt to use a socket, or
// another way round the filter: io_uring, or a system call of another architecture's numbering (32 bits, x32).
#include <cstdio>
#include <initializer_list>
#include <seccomp.h>
#include <unistd.h>

namespace {

bool install() {
    // The filter's base: any call through an architecture that was not added kills. x32 counts as one.
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool fine = filter != nullptr && seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
    for (const int call : {SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
                           SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg),
                           SCMP_SYS(recvfrom), SCMP_SYS(recvmsg), SCMP_SYS(recvmmsg), SCMP_SYS(io_uring_setup)}) {
        fine = fine && seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, call, 0) == 0;
    }
    fine = fine && seccomp_load(filter) == 0;  // sets no_new_privs too; children inherit both
    seccomp_release(filter);
    return fine;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: no_network CMD ARGS\n");
        return 2;
    }
    if (!install()) {
        std::fprintf(stderr, "no_network: the filter could not be installed\n");
        return 125;
    }
    execvp(argv[1], argv + 1);
    std::perror(argv[1]);
    return 127;
}
