internal import CLinux
internal import Glibc

/// A program for the kernel (seccomp, classic BPF) that refuses the system calls which nobody needs who only reads and
/// writes files: sockets, tracing, mounting, namespaces, keys, kernel modules, and the interfaces that most ways out of a
/// sandbox went through.
public enum SystemCallFilter {
    /// What is given to the kernel, or to bwrap(1) with `--seccomp`: instructions of 8 bytes. Nil on a processor whose
    /// numbers of system calls are not known here.
    public static var program: [UInt8]? {
        guard let architecture else { return nil }
        var program: [Instruction] = [
            .load(offset: 4),  // seccomp_data.arch
            .init(jumpIfEqual, architecture, whenFalse: 1), .jump(over: 1), .give(kill),
            .load(offset: 0),  // seccomp_data.nr
            // The 32-bit numbers of x86-64 begin here; above are other ways to the same calls.
            .init(jumpIfAtLeast, 0x4000_0000, whenFalse: 1), .give(refuse(EPERM)),
        ]
        for call in refused { program += [.init(jumpIfEqual, UInt32(call), whenFalse: 1), .give(refuse(EPERM))] }
        // Its flags lie in memory, where a filter cannot look: glibc then uses clone.
        program += [.init(jumpIfEqual, UInt32(SYS_clone3), whenFalse: 1), .give(refuse(ENOSYS))]
        program += newNamespaces + terminalInput + [.give(allow)]
        return program.flatMap(\.bytes)
    }

    private static var refused: [Int32] {
        [
            SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_sendto, SYS_sendmsg,
            SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd,
            SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount, SYS_fsopen,
            SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_mount_setattr,
            SYS_unshare, SYS_setns, SYS_bpf, SYS_perf_event_open, SYS_userfaultfd,
            SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
            SYS_add_key, SYS_request_key, SYS_keyctl, SYS_init_module, SYS_finit_module, SYS_delete_module,
            SYS_kexec_load, SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_personality, SYS_acct, SYS_quotactl,
            SYS_reboot, SYS_swapon, SYS_swapoff, SYS_syslog, SYS_sethostname, SYS_setdomainname, SYS_settimeofday,
            SYS_clock_settime, SYS_adjtimex, SYS_fanotify_init, SYS_mknodat,
        ]
    }

    /// `clone` may make threads and processes, no namespaces.
    private static var newNamespaces: [Instruction] {
        let flags: UInt32 = 0x7E02_0000  // CLONE_NEWNS, …CGROUP, …UTS, …IPC, …USER, …PID, …NET
        return whenArgument(0, of: SYS_clone, [.init(jumpIfAnyBit, flags, whenFalse: 1), .give(refuse(EPERM))])
    }

    /// Whoever shares our terminal may not type into it.
    private static var terminalInput: [Instruction] {
        let typing: [UInt32] = [0x5412, 0x541C]  // TIOCSTI, TIOCLINUX
        return whenArgument(
            1, of: SYS_ioctl,
            typing.flatMap { [.init(jumpIfEqual, $0, whenFalse: 1), .give(refuse(EPERM))] })
    }

    /// Runs `body` with the lower half of a call's argument loaded, and then loads the call's number again.
    private static func whenArgument(_ index: UInt32, of call: Int32, _ body: [Instruction]) -> [Instruction] {
        let inside = [.load(offset: 16 + 8 * index)] + body + [.load(offset: 0)]
        return [.init(jumpIfEqual, UInt32(call), whenFalse: UInt8(inside.count))] + inside
    }

    // MARK: Instructions of classic BPF (linux/filter.h, linux/seccomp.h)

    private struct Instruction {
        var code: UInt16
        var whenTrue: UInt8 = 0
        var whenFalse: UInt8 = 0
        var value: UInt32

        init(_ code: UInt16, _ value: UInt32, whenFalse: UInt8 = 0) {
            (self.code, self.value, self.whenFalse) = (code, value, whenFalse)
        }

        static func load(offset: UInt32) -> Self { Self(0x20, offset) }
        static func jump(over count: UInt32) -> Self { Self(0x05, count) }
        static func give(_ answer: UInt32) -> Self { Self(0x06, answer) }

        var bytes: [UInt8] {
            withUnsafeBytes(of: code, Array.init) + [whenTrue, whenFalse] + withUnsafeBytes(of: value, Array.init)
        }
    }

    private static let jumpIfEqual: UInt16 = 0x15
    private static let jumpIfAtLeast: UInt16 = 0x35
    private static let jumpIfAnyBit: UInt16 = 0x45
    private static let allow: UInt32 = 0x7FFF_0000
    private static let kill: UInt32 = 0x8000_0000

    private static func refuse(_ code: Int32) -> UInt32 { 0x0005_0000 | UInt32(code) }

    private static var architecture: UInt32? {
        #if arch(x86_64)
            0xC000_003E
        #elseif arch(arm64)
            0xC000_00B7
        #else
            nil
        #endif
    }
}
