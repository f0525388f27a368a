internal import Glibc
internal import Platform

/// What keeps a program from the rest of the machine.
package enum Isolation: String, Sendable {
    /// bwrap(1): no network, nothing of the file system but libraries and the job's folder, a user, processes and
    /// devices of its own, and a filter of system calls.
    case bubblewrap
    /// Limits and a cleared environment alone: the program sees the file system and the network.
    case none

    /// The words before a program that put it there.
    func wrapping(_ program: [String], in folder: JobFolder, _ limits: SandboxLimits) -> [String] {
        let limited = ["prlimit"] + limits.arguments + ["--"] + program
        switch self {
        case .bubblewrap:
            return ["nice", "-n", "10", "bwrap"] + namespaces + files(folder) + ["--"] + ownUser + limited
        case .none:
            return ["nice", "-n", "10"] + (ownUser.isEmpty ? ["setpriv", "--no-new-privs", "--"] : ownUser) + limited
        }
    }

    /// Where the filter of system calls is read from.
    static let filterDescriptor: Int32 = 4

    private var namespaces: [String] {
        let all =
            [
                "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
                "--die-with-parent", "--clearenv", "--cap-drop", "ALL",
            ] + (SystemCallFilter.program == nil ? [] : ["--seccomp", String(Self.filterDescriptor)])
        // Root makes the namespaces as root, and the program another user's: a user of a namespace would be root outside.
        return geteuid() == 0
            ? all + ["CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"].flatMap { ["--cap-add", $0] }
            : all + ["--unshare-user", "--disable-userns"]
    }

    private func files(_ folder: JobFolder) -> [String] {
        [
            "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--symlink", "usr/bin", "/bin", "--perms", "0755", "--dir", "/etc",
            // Which of several libraries is used; ffmpeg needs one of them.
            "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
            "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache", "--dev", "/dev",
            "--perms", "0755", "--dir", "/job", "--ro-bind", folder.input, "/job/in",
            "--bind", folder.output, "/job/out", "--remount-ro", "/", "--chdir", "/job/out",
        ] + SandboxedProgram.environment.sorted { $0.key < $1.key }.flatMap { ["--setenv", $0.key, $0.value] }
    }

    private var ownUser: [String] {
        guard geteuid() == 0 else { return [] }
        let user = String(JobFolder.user)
        return [
            "setpriv", "--reuid", user, "--regid", user, "--clear-groups", "--inh-caps=-all", "--bounding-set=-all",
            "--no-new-privs", "--",
        ]
    }
}

extension SandboxLimits {
    /// For prlimit(1).
    fileprivate var arguments: [String] {
        let seconds = max(1, processorTime.components.seconds)
        return [
            "--cpu=\(seconds):\(seconds + 2)", "--as=\(memoryBytes)", "--fsize=\(folderBytes)", "--core=0",
            "--nofile=\(openFiles)", "--nproc=\(processes)",
        ]
    }
}
