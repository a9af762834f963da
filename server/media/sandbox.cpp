#include "media/sandbox.hpp"

#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <memory>
#include <type_traits>

#include "media/pictures.hpp"

namespace fitview::media {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif
#else
constexpr bool is_sanitized = false;
#endif

constexpr rlim_t processor_seconds_max = 90;  // a worker retires after 60, see decode_worker.cpp
constexpr rlim_t open_files_max = 8;          // the standard three, the channel, two for a request
constexpr rlim_t written_bytes_max = 3 * picture_pixels_max + (1 << 20);

void limit(int resource, rlim_t value) {
    const rlimit both{value, value};
    setrlimit(static_cast<__rlimit_resource>(resource), &both);  // never raises, so it cannot be refused
}

// Memory, time, threads of this process, and what is open already.
constexpr int allowed[] = {SCMP_SYS(read),
                           SCMP_SYS(readv),
                           SCMP_SYS(pread64),
                           SCMP_SYS(write),
                           SCMP_SYS(writev),
                           SCMP_SYS(lseek),
                           SCMP_SYS(close),
                           SCMP_SYS(recvmsg),
                           SCMP_SYS(sendmsg),
                           SCMP_SYS(poll),
                           SCMP_SYS(ppoll),
                           SCMP_SYS(mmap),
                           SCMP_SYS(munmap),
                           SCMP_SYS(mremap),
                           SCMP_SYS(mprotect),
                           SCMP_SYS(madvise),
                           SCMP_SYS(brk),
                           SCMP_SYS(futex),
                           SCMP_SYS(sched_yield),
                           SCMP_SYS(sched_getaffinity),
                           SCMP_SYS(set_robust_list),
                           SCMP_SYS(rseq),
                           SCMP_SYS(sigaltstack),
                           SCMP_SYS(getpid),
                           SCMP_SYS(gettid),
                           SCMP_SYS(getrandom),
                           SCMP_SYS(sysinfo),
                           SCMP_SYS(getrusage),
                           SCMP_SYS(clock_gettime),
                           SCMP_SYS(clock_getres),
                           SCMP_SYS(clock_nanosleep),
                           SCMP_SYS(nanosleep),
                           SCMP_SYS(gettimeofday),
                           SCMP_SYS(time),
                           SCMP_SYS(rt_sigaction),
                           SCMP_SYS(rt_sigprocmask),
                           SCMP_SYS(rt_sigreturn),
                           SCMP_SYS(restart_syscall),
                           SCMP_SYS(exit),
                           SCMP_SYS(exit_group)};

// Asked for by libraries that go on without.
constexpr int refused[] = {SCMP_SYS(open),
                           SCMP_SYS(openat),
                           SCMP_SYS(access),
                           SCMP_SYS(faccessat),
                           SCMP_SYS(faccessat2),
                           SCMP_SYS(stat),
                           SCMP_SYS(lstat),
                           SCMP_SYS(fstat),
                           SCMP_SYS(newfstatat),
                           SCMP_SYS(statx),
                           SCMP_SYS(readlink),
                           SCMP_SYS(getcwd),
                           SCMP_SYS(uname),
                           SCMP_SYS(fcntl),
                           SCMP_SYS(ioctl),
                           SCMP_SYS(prlimit64),
                           SCMP_SYS(sched_setscheduler),
                           SCMP_SYS(sched_getattr),
                           SCMP_SYS(sched_setattr),
                           SCMP_SYS(setpriority),
                           SCMP_SYS(mlock),
                           SCMP_SYS(membarrier),
                           SCMP_SYS(get_mempolicy),
                           SCMP_SYS(set_mempolicy),
                           SCMP_SYS(mbind)};

struct ReleaseFilter {
    void operator()(void* filter) const { seccomp_release(filter); }
};

}  // namespace

void limit_resources(std::size_t memory_max) {
    if (!is_sanitized) limit(RLIMIT_AS, memory_max);
    limit(RLIMIT_CPU, processor_seconds_max);
    limit(RLIMIT_NOFILE, open_files_max);
    limit(RLIMIT_FSIZE, written_bytes_max);
    limit(RLIMIT_CORE, 0);
}

bool filter_system_calls() {
    const std::unique_ptr<std::remove_pointer_t<scmp_filter_ctx>, ReleaseFilter> filter(
        seccomp_init(SCMP_ACT_KILL_PROCESS));
    if (filter == nullptr) return false;
    int faults = 0;
    for (const int call : allowed) faults |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
    for (const int call : refused) faults |= seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), call, 0);
    // Threads, yes; processes, no. clone3 hides its flags from filters; told that it does not exist, libc uses clone.
    faults |= seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    faults |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                               SCMP_A0_64(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
    faults |= seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, SCMP_A0_64(SCMP_CMP_EQ, PR_SET_NAME));
    faults |= seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1);
    return faults == 0 && seccomp_load(filter.get()) == 0;
}

}  // namespace fitview::media
