// Linux interfaces that the Glibc module leaves out, and variadic calls that Swift cannot make.
// Only headers that Glibc's own module does not define: two definitions of one type would clash.
#pragma once
#include <fcntl.h>
#include <resolv.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

// Declared by glibc only under _GNU_SOURCE, which would redefine types of the Glibc module.
extern int pipe2(int descriptors[2], int flags);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *folder);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

static inline int linux_pipe(int descriptors[2], int flags) { return pipe2(descriptors, flags); }

static inline int linux_spawn_in_folder(posix_spawn_file_actions_t *actions, const char *folder) {
    return posix_spawn_file_actions_addchdir_np(actions, folder);
}

static inline int linux_spawn_closing_from(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

// O_TMPFILE, which differs from processor to processor.
static inline int linux_open_unnamed(int folder, mode_t mode) {
    return openat(folder, ".", __O_TMPFILE | O_DIRECTORY | O_WRONLY | O_CLOEXEC, mode);
}

// glibc 2.36's wrapper is hidden behind _GNU_SOURCE; the system call is stable.
static inline int linux_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

static inline int linux_signal_on_parent_death(int signal) { return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0); }

static inline int linux_name_thread(const char *name) { return prctl(PR_SET_NAME, name, 0, 0, 0); }

// The resolver's state is a macro and a large struct. A person waits for the answer: two seconds, twice.
static inline int linux_dns_text(const char *name, unsigned char *answer, int size, int *reason) {
    struct __res_state state = {0};
    if (res_ninit(&state) != 0) return -1;
    state.retrans = 2;
    state.retry = 2;
    const int internet = 1, text = 16;
    int count = res_nquery(&state, name, internet, text, answer, size);
    *reason = state.res_h_errno;
    res_nclose(&state);
    return count < size ? count : size;
}
