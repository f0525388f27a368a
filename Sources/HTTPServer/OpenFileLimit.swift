internal import Glibc

/// How many files and sockets this process may have open.
package enum OpenFileLimit {
    /// Takes all that the system allows: shells give 1024, and each connection needs one.
    package static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
