// The control: what the filter must kill. `opens_socket KIND` makes one forbidden system call and says that it lived.
#include <cstdio>
#include <string_view>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char** argv) {
    const std::string_view kind = argc > 1 ? argv[1] : "";
    int pair[2];
    char parameters[256] = {};
    if (kind == "socket") {
        (void)socket(AF_INET, SOCK_STREAM, 0);
    } else if (kind == "unix") {
        (void)socket(AF_UNIX, SOCK_STREAM, 0);
    } else if (kind == "socketpair") {
        (void)socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    } else if (kind == "connect") {
        (void)connect(-1, nullptr, 0);
    } else if (kind == "bind") {
        (void)bind(-1, nullptr, 0);
    } else if (kind == "listen") {
        (void)listen(-1, 1);
    } else if (kind == "accept") {
        (void)accept(-1, nullptr, nullptr);
    } else if (kind == "accept4") {
        (void)accept4(-1, nullptr, nullptr, 0);
    } else if (kind == "sendto") {
        (void)sendto(-1, parameters, 1, 0, nullptr, 0);
    } else if (kind == "sendmsg") {
        (void)syscall(SYS_sendmsg, -1, nullptr, 0);
    } else if (kind == "sendmmsg") {
        (void)syscall(SYS_sendmmsg, -1, nullptr, 0, 0);
    } else if (kind == "recvfrom") {
        (void)recvfrom(-1, parameters, 1, 0, nullptr, nullptr);
    } else if (kind == "recvmsg") {
        (void)syscall(SYS_recvmsg, -1, nullptr, 0);
    } else if (kind == "recvmmsg") {
        (void)syscall(SYS_recvmmsg, -1, nullptr, 0, 0, nullptr);
    } else if (kind == "io_uring") {
        (void)syscall(SYS_io_uring_setup, 1, parameters);
#ifdef __x86_64__
    } else if (kind == "x32") {
        (void)syscall(0x40000000 | SYS_getpid);
    } else if (kind == "i386") {
        long number = 20;  // getpid of the 32-bit numbering
        asm volatile("int $0x80" : "+a"(number) : : "memory", "r8", "r9", "r10", "r11");
#endif
    } else if (kind != "nothing") {
        return 2;
    }
    std::puts("lived");
    return 0;
}
