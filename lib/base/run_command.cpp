#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>

#include "base/descriptor.h"
#include "base/process.h"

extern char** environ;  // POSIX: declared by the program itself

namespace elic {
namespace {

tl::unexpected<Error> failed(const std::string& what) { return fail(Errc::command_failed, what); }

tl::unexpected<Error> failed(const std::string& what, int code) {
    return failed(what + ": " + std::generic_category().message(code));
}

/// A point on the clock that nobody sets; not the time of day.
class Deadline {
public:
    explicit Deadline(std::chrono::seconds timeout) {
        constexpr std::chrono::seconds longest = std::chrono::hours(24 * 365);
        end_ = milliseconds() + std::chrono::milliseconds(std::min(timeout, longest)).count();
    }

    /// For poll(2): 0 when it has passed.
    int left() const {
        constexpr std::int64_t longest_poll = 60'000;
        return static_cast<int>(std::clamp<std::int64_t>(end_ - milliseconds(), 0, longest_poll));
    }

private:
    static std::int64_t milliseconds() {
        timespec time{};
        ::clock_gettime(CLOCK_MONOTONIC, &time);
        return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
    }

    std::int64_t end_;
};

/// While it lives, writing to a pipe that nobody reads gives EPIPE and no signal, in this thread only. (A
/// process-wide SIG_IGN would be none of a library's business.)
class SigpipeBlocked {
public:
    SigpipeBlocked() {
        sigset_t pending;
        ::sigpending(&pending);
        was_pending_ = ::sigismember(&pending, SIGPIPE) == 1;
        ::sigemptyset(&sigpipe_);
        ::sigaddset(&sigpipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &sigpipe_, &before_);
    }
    SigpipeBlocked(const SigpipeBlocked&) = delete;
    SigpipeBlocked& operator=(const SigpipeBlocked&) = delete;
    ~SigpipeBlocked() {
        const timespec at_once{};
        while (!was_pending_ && ::sigtimedwait(&sigpipe_, nullptr, &at_once) == SIGPIPE) {
        }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t sigpipe_{};
    sigset_t before_{};
    bool was_pending_ = false;
};

struct Pipe {
    Descriptor reading;
    Descriptor writing;
};

/// Both ends lie above the standard streams, so that redirecting in the child never meets its own source.
Result<Pipe> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return failed("no pipe", errno);
    std::array<Descriptor, 2> owned{Descriptor(ends[0]), Descriptor(ends[1])};
    for (Descriptor& end : owned) {
        if (end.number() > STDERR_FILENO) continue;
        end = Descriptor(::fcntl(end.number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
        if (!end.open()) return failed("no pipe", errno);
    }
    return Pipe{std::move(owned[0]), std::move(owned[1])};
}

/// A started command: a process group of its own, killed and waited for at the latest when this dies.
class Child {
public:
    static Result<Child> start(const std::string& command);
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    Child(Child&& other) noexcept
        : input(std::move(other.input)), output(std::move(other.output)), process_(std::exchange(other.process_, 0)) {}
    Child& operator=(Child&&) = delete;
    ~Child() {
        if (process_ == 0) return;
        ::kill(-process_, SIGKILL);
        while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }

    /// Errors: time-out, ended by a signal, exit status other than 0.
    Status wait(const Deadline& deadline);

    Descriptor input;   ///< the command reads what is written here
    Descriptor output;  ///< what the command writes

private:
    Child() = default;
    pid_t process_ = 0;
};

Result<Child> Child::start(const std::string& command) {
    auto input = make_pipe();
    if (!input) return tl::unexpected<Error>(input.error());
    auto output = make_pipe();
    if (!output) return tl::unexpected<Error>(output.error());

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input->reading.number(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output->writing.number(), STDOUT_FILENO);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t sigpipe;
    ::sigemptyset(&sigpipe);
    ::posix_spawnattr_setsigmask(&attributes, &sigpipe);
    ::sigaddset(&sigpipe, SIGPIPE);
    ::posix_spawnattr_setsigdefault(&attributes, &sigpipe);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);

    std::string shell = "sh";
    std::string option = "-c";
    std::string text = command;
    std::array<char*, 4> arguments{shell.data(), option.data(), text.data(), nullptr};
    Child child;
    const int code = ::posix_spawn(&child.process_, "/bin/sh", &actions, &attributes, arguments.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (code != 0) {
        child.process_ = 0;
        return failed("the command cannot be started", code);
    }
    child.input = std::move(input->writing);
    child.output = std::move(output->reading);
    ::fcntl(child.input.number(), F_SETFL, O_NONBLOCK);
    ::fcntl(child.output.number(), F_SETFL, O_NONBLOCK);
    return child;
}

Status Child::wait(const Deadline& deadline) {
    int status = 0;
    for (;;) {
        const pid_t ended = ::waitpid(process_, &status, WNOHANG);
        if (ended == process_) break;
        if (ended < 0 && errno != EINTR) {
            process_ = 0;
            return failed("the command's exit status is lost", errno);
        }
        // Its output is closed, so that it ends at once in nearly all cases.
        constexpr int pause = 2;
        const int left = deadline.left();
        if (left == 0) return failed("the command did not end in time and was killed");
        ::poll(nullptr, 0, std::min(pause, left));
    }
    process_ = 0;
    if (WIFSIGNALED(status)) return failed("the command was ended by signal " + std::to_string(WTERMSIG(status)));
    const int exit_status = WEXITSTATUS(status);
    if (exit_status != 0) return failed("the command ended with exit status " + std::to_string(exit_status));
    return {};
}

bool would_block(int code) { return code == EINTR || code == EAGAIN || code == EWOULDBLOCK; }

/// Writes what fits now. A command that does not want its input all the same decides by its exit status.
void feed(Child& child, BytesView& input) {
    if (!input.empty()) {
        const ssize_t count = ::write(child.input.number(), input.data(), input.size());
        if (count < 0 && would_block(errno)) return;
        input = count < 0 ? BytesView() : input.subspan(static_cast<std::size_t>(count));
    }
    if (input.empty()) child.input.close();
}

/// Reads what is there now.
Status collect(Child& child, Bytes& output, std::size_t limit) {
    std::array<std::uint8_t, 16 * 1024> part{};
    const ssize_t count = ::read(child.output.number(), part.data(), part.size());
    if (count < 0 && would_block(errno)) return {};
    if (count < 0) return failed("the command's output cannot be read", errno);
    if (count == 0) child.output.close();
    const auto size = static_cast<std::size_t>(count);
    if (size > limit - output.size()) return failed("the command wrote more than " + std::to_string(limit) + " bytes");
    output.insert(output.end(), part.begin(), part.begin() + count);
    return {};
}

}  // namespace

Result<Bytes> run_command(const std::string& command, BytesView input, std::size_t output_limit,
                          std::chrono::seconds timeout) {
    const Deadline deadline(timeout);
    const SigpipeBlocked sigpipe_blocked;
    auto child = Child::start(command);
    if (!child) return tl::unexpected<Error>(child.error());

    Bytes output;
    feed(*child, input);
    while (child->output.open() || child->input.open()) {
        std::array<pollfd, 2> waited{pollfd{child->output.number(), POLLIN, 0},
                                     pollfd{child->input.number(), POLLOUT, 0}};  // poll skips -1
        const int left = deadline.left();
        if (left == 0) return failed("the command did not end in time and was killed");
        if (::poll(waited.data(), waited.size(), left) < 0 && errno != EINTR) return failed("poll", errno);
        if (waited[1].revents != 0) feed(*child, input);
        if (waited[0].revents == 0) continue;
        if (auto collected = collect(*child, output, output_limit); !collected) {
            return tl::unexpected<Error>(collected.error());
        }
    }
    if (auto ended = child->wait(deadline); !ended) return tl::unexpected<Error>(ended.error());
    return output;
}

}  // namespace elic
